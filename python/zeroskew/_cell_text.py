"""Single values as people and other programs read them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from zeroskew._column_profile import ColumnProfile


def plain(value: Any) -> Any:
    """As JSON can say it."""
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def type_text(column: ColumnProfile) -> str:
    return column.type + (f"[{column.unit}]" if column.unit else "")


def share_text(part: float, whole: float, digits: int = 1) -> str:
    """A percentage that is 0 or 100 only where that is the truth."""
    share = part / whole if whole else 0.0
    least = 10.0 ** -(digits + 2)
    if 0.0 < share < least:
        return f"<{least:.{digits}%}"
    if 1.0 - least < share < 1.0:
        return f">{1.0 - least:.{digits}%}"
    return f"{share:.{digits}%}"


def value_text(column: ColumnProfile, value: Any) -> str:
    """A cell as people read it: dates and times in their own form."""
    if value is None or value != value:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if column.type in ("date", "timestamp", "time") and math.isfinite(value):
            return _time_text(column, round(value))
        return number_text(value)
    return cell_text(value)


_NUMPY_UNITS = {"day": "D", "s": "s", "ms": "ms", "us": "us", "ns": "ns"}


def _time_text(column: ColumnProfile, value: int) -> str:
    unit = _NUMPY_UNITS[column.unit or "day"]
    text = str(np.array(value).astype(f"datetime64[{unit}]"))
    if column.type == "date":
        return text.partition("T")[0]
    text = text.partition("T")[2] if column.type == "time" else text.replace("T", " ")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text + ("Z" if column.timezone else "")


def cell_text(value: Any) -> str:
    return str(plain(value))


def shown(text: str, most: int) -> str:
    text = "".join(c if c.isprintable() else repr(c)[1:-1] for c in cell_text(text))
    return text if len(text) <= most else text[: most - 1] + "…"


def number_text(value: float | None) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    return f"{value:.6g}"
