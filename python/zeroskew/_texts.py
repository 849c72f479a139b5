"""Numbers, shares and values as a reader sees them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from zeroskew._cell_text import cell_text, shown
from zeroskew._column_profile import ColumnProfile
from zeroskew._imported import ImportedColumn

#: What the schema calls its distances: a name to show, and the definition.
MEASURES = {
    "infinity_norm": ("L-infinity", "largest difference between the shares of one value"),
    "jensen_shannon_divergence": (
        "Jensen-Shannon",
        "divergence, base 2: 0 for equal distributions, 1 for disjoint ones",
    ),
    "normalized_abs_difference": (
        "normalised difference",
        "largest difference of counts, over the sum of all counts",
    ),
}

_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def number(value: Any) -> str:
    if value is None or value != value:
        return "–"
    if abs(value) < 1e15 and value == int(value):
        return f"{int(value):,}" if abs(value) >= 10_000 else str(int(value))
    return (
        f"{value:,.2f}"
        if 10_000 <= abs(value) < 1e7
        else f"{value:.2f}"
        if 100 <= abs(value) < 10_000
        else f"{value:.4g}"
    )


def counted(n: int, one: str) -> str:
    """1 error, 2 errors."""
    return f"{n:,} {one}{'' if n == 1 else 's'}"


def complaint(message: str, fix: str) -> str:
    """An anomaly's message without the fix at its end, where the fix is shown on its own."""
    return message.removesuffix(f" To accept it: {fix}.")


def percent(share: float | None) -> str:
    """Small shares stay visible: nothing but zero is shown as 0."""
    if share is None or share != share:
        return "–"
    if share in (0, 1):
        return f"{share:.0%}"
    return "<0.1%" if share < 0.001 else ">99.9%" if share > 0.999 else f"{share:.1%}"


def value_text(column: ColumnProfile | ImportedColumn, value: Any, most: int = 32) -> str:
    """A value of a column: days and instants as dates."""
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and column.type in ("date", "timestamp")
    ):
        return _moment(value, column)
    if isinstance(value, str | bytes | bool):
        return shown(cell_text(value), most) if value != "" else "(empty)"
    return number(value)


def _moment(value: float, column: ColumnProfile | ImportedColumn) -> str:
    try:
        if column.unit == "day":
            return str((_EPOCH + timedelta(days=value)).date())
        seconds = value / _PER_SECOND[column.unit or "s"]
        return (_EPOCH + timedelta(seconds=round(seconds))).isoformat(" ").removesuffix("+00:00")
    except (OverflowError, ValueError, KeyError):
        return number(value)
