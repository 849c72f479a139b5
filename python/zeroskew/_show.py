"""Profiles as people and other programs read them."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from zeroskew._frames import frame_library

if TYPE_CHECKING:
    from zeroskew._column_profile import ColumnProfile
    from zeroskew._numbers import Numbers
    from zeroskew._profile import Profile
    from zeroskew._values import Estimate
    from zeroskew._weighted import Weighted

_QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
_NUMERIC = ("count", "sum", "mean", "variance", "std", "min", "max", "zeros", "nan", "infinities")
HEADER = (
    "column",
    "type",
    "missing",
    "distinct",
    "mean ± std, or most frequent",
    "min",
    "median",
    "max",
)
_WHOLE = (
    "distinct",
    "top_count",
    "zeros",
    "nan",
    "infinities",
)  # in the frame, where a column has them
_LEFT = (0, 1, 4)  # the left-aligned columns of the header
_MOST_LINES = 60


def profile_dict(profile: Profile) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "rows": profile.rows,
        "columns": {name: column_dict(profile[name]) for name in profile.columns},
    }
    if profile.weighted_rows is not None:
        facts["weighted_rows"] = _plain(profile.weighted_rows)
    if profile.slices:
        facts["slices"] = {_plain(name): profile_dict(one) for name, one in profile.slices.items()}
    if profile.pairs:
        facts["pairs"] = [
            {
                "columns": [a, b],
                **{name: _plain(value) for name, value in profile.pair(a, b)._asdict().items()},
            }
            for a, b in profile.pairs
        ]
    return facts


def column_dict(column: ColumnProfile) -> dict[str, Any]:
    facts: dict[str, Any] = {"type": column.type, "count": column.count, "missing": column.missing}
    for name in ("unit", "timezone", "invalid_utf8"):
        if (value := getattr(column, name)) is not None:
            facts[name] = value
    if column.mean is not None:
        facts |= _numbers_dict(column, _NUMERIC[1:])
    if column.distinct is not None:
        facts["distinct"] = column.distinct._asdict()
        facts["top"] = [
            {"value": _plain(value), "count": count._asdict()}
            for value, count in column.top_bounds()
        ]
    if column.length is not None:
        facts["length"] = _numbers_dict(column.length, _NUMERIC)
    if column.levels:
        facts["levels"] = [
            dict(zip(level._fields[:4], level, strict=False)) for level in column.levels
        ]
    if column.weighted is not None:
        facts["weighted"] = _weighted_dict(column.weighted)
    if column.children:
        facts["children"] = {name: column_dict(child) for name, child in column.children.items()}
    return facts


def _weighted_dict(weighted: Weighted) -> dict[str, Any]:
    names = ("count", "missing", "sum", "mean", "variance", "std", "median")
    facts = {
        name: _plain(value) for name in names if (value := getattr(weighted, name)) is not None
    }
    top = [
        {"value": _plain(value), "weight": _plain_estimate(weight)}
        for value, weight in weighted.top_bounds()
    ]
    return facts | ({"top": top} if top else {})


def _plain_estimate(estimate: Estimate) -> dict[str, Any]:
    return {name: _plain(value) for name, value in estimate._asdict().items()}


def _numbers_dict(numbers: ColumnProfile | Numbers, names: Sequence[str]) -> dict[str, Any]:
    facts = {name: _plain(getattr(numbers, name)) for name in names}
    quantiles = numbers.quantile(_QUANTILES)
    bounds = numbers.quantile_bounds(_QUANTILES)
    assert quantiles is not None
    assert bounds is not None
    facts["quantiles"] = [
        {"q": q, "value": _plain(float(value)), "lo": _plain(lo), "hi": _plain(hi)}
        for q, value, (lo, hi) in zip(_QUANTILES, quantiles, bounds, strict=True)
    ]
    facts["histogram"] = [
        {name: _plain(value) for name, value in bin._asdict().items()}
        for bin in numbers.histogram() or []
    ]
    return facts


def _plain(value: Any) -> Any:
    """As JSON can say it."""
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def profile_frame(profile: Profile) -> Any:
    rows = [_frame_row(profile[name]) for name in profile.columns]
    library = frame_library()
    frame = library.DataFrame(rows)
    if library.__name__ == "polars":
        return frame
    return frame.astype(dict.fromkeys(_WHOLE, "Int64") if rows else {})


def _frame_row(column: ColumnProfile) -> dict[str, Any]:
    top = column.top(1)
    return {
        "column": column.name,
        "type": column.type,
        "count": column.count,
        "missing": column.missing,
        "distinct": None if column.distinct is None else int(column.distinct),
        "top": cell_text(top[0][0]) if top else None,
        "top_count": top[0][1] if top else None,
        "zeros": column.zeros,
        "nan": column.nan,
        "infinities": column.infinities,
        **{name: _float(getattr(column, name)) for name in ("mean", "std", "min", "median", "max")},
        "length_mean": column.length.mean if column.length else None,
        "length_max": _float(column.length.max) if column.length else None,
    }


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def profile_lines(profile: Profile) -> list[tuple[str, ...]]:
    """The table's lines: a line a column, as far as a person reads."""
    return [_line(profile[name], profile.rows) for name in profile.columns[:_MOST_LINES]]


def profile_text(profile: Profile) -> str:
    lines = profile_lines(profile)
    widths = [max(map(len, cells)) for cells in zip(HEADER, *lines, strict=True)]
    texts = [_title(profile)]
    for line in (HEADER, *lines) if lines else ():
        cells = (
            cell.ljust(width) if i in _LEFT else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        texts.append("  ".join(cells).rstrip())
    if (rest := len(profile) - len(lines)) > 0:
        texts.append(f"... and {rest:,} more")
    return "\n".join(texts)


def profile_html(profile: Profile) -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        sides = ("left" if i in _LEFT else "right" for i in range(len(cells)))
        shown = (
            f'<{tag} style="text-align: {side}">{html.escape(cell)}</{tag}>'
            for cell, side in zip(cells, sides, strict=True)
        )
        return f"<tr>{''.join(shown)}</tr>"

    lines = profile_lines(profile)
    rest = len(profile) - len(lines)
    more = f"<p>... and {rest:,} more</p>" if rest > 0 else ""
    body = "".join(row(line, "td") for line in lines)
    table = (
        f"<table><thead>{row(HEADER, 'th')}</thead><tbody>{body}</tbody></table>" if lines else ""
    )
    return f"<div><p>{html.escape(_title(profile))}</p>{table}{more}</div>"


def slices_text(slices: Mapping[str, Profile]) -> str:
    names = [shown(name, 60) for name in list(slices)[:_MOST_LINES]]
    width = max(map(len, names), default=0)
    lines = [
        f"  {name.ljust(width)}  {one.rows:,} rows"
        for name, one in zip(names, slices.values(), strict=False)
    ]
    more = [f"  ... and {rest:,} more"] if (rest := len(slices) - len(lines)) > 0 else []
    return "\n".join([f"{len(slices):,} slices", *lines, *more])


def _title(profile: Profile) -> str:
    return f"Profile of {profile.rows:,} rows, {len(profile):,} columns"


def _line(column: ColumnProfile, rows: int) -> tuple[str, ...]:
    missing = share_text(column.missing, rows) if column.missing else "0"
    distinct = (
        ""
        if column.distinct is None
        else f"{'' if column.distinct.exact else '~'}{int(column.distinct):,}"
    )
    if column.type in ("int", "float", "decimal"):
        middle = f"{number_text(column.mean)} ± {number_text(column.std)}" if column.count else ""
    else:
        middle = _frequent(column)
    extremes = () if column.type == "bool" else (column.min, column.median, column.max)
    numbers = [value_text(column, value) for value in extremes] or ["", "", ""]
    return (shown(column.name, 40), type_text(column), missing, distinct, middle, *numbers)


def type_text(column: ColumnProfile) -> str:
    return column.type + (f"[{column.unit}]" if column.unit else "")


def _frequent(column: ColumnProfile) -> str:
    if column.length is not None and column.type == "list":
        return f"{number_text(column.length.mean)} items on average" if column.count else ""
    if column.type == "struct":
        names = list(column.children)
        return ", ".join(shown(name, 20) for name in names[:4]) + (
            ", ..." if len(names) > 4 else ""
        )
    counted = column.count or 1
    top = column.top(3)
    # Values that are all rare say less than the room that they take.
    wanted = top if not top or top[0][1] / counted >= 0.01 else top[:1]
    return ", ".join(
        f"{shown(value_text(column, value), 30)} {share_text(n, counted, 0)}" for value, n in wanted
    )


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
    return str(_plain(value))


def shown(text: str, most: int) -> str:
    text = "".join(c if c.isprintable() else repr(c)[1:-1] for c in cell_text(text))
    return text if len(text) <= most else text[: most - 1] + "…"


def number_text(value: float | None) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    return f"{value:.6g}"
