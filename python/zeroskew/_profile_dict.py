"""Profiles as plain values and as frames, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zeroskew._cell_text import cell_text, plain
from zeroskew._frames import frame_library

if TYPE_CHECKING:
    from zeroskew._column_profile import ColumnProfile
    from zeroskew._numbers import Numbers
    from zeroskew._profile import Profile
    from zeroskew._values import Estimate
    from zeroskew._weighted import Weighted

_QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
_NUMERIC = ("count", "sum", "mean", "variance", "std", "min", "max", "zeros", "nan", "infinities")
_WHOLE = (
    "distinct",
    "top_count",
    "zeros",
    "nan",
    "infinities",
)  # in the frame, where a column has them


def profile_dict(profile: Profile) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "rows": profile.rows,
        "columns": {name: column_dict(profile[name]) for name in profile.columns},
    }
    if profile.weighted_rows is not None:
        facts["weighted_rows"] = plain(profile.weighted_rows)
    if profile.slices:
        facts["slices"] = {plain(name): profile_dict(one) for name, one in profile.slices.items()}
    if profile.pairs:
        facts["pairs"] = [
            {
                "columns": [a, b],
                **{name: plain(value) for name, value in profile.pair(a, b)._asdict().items()},
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
            {"value": plain(value), "count": count._asdict()}
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
    facts = {name: plain(value) for name in names if (value := getattr(weighted, name)) is not None}
    top = [
        {"value": plain(value), "weight": _plain_estimate(weight)}
        for value, weight in weighted.top_bounds()
    ]
    return facts | ({"top": top} if top else {})


def _plain_estimate(estimate: Estimate) -> dict[str, Any]:
    return {name: plain(value) for name, value in estimate._asdict().items()}


def _numbers_dict(numbers: ColumnProfile | Numbers, names: Sequence[str]) -> dict[str, Any]:
    facts = {name: plain(getattr(numbers, name)) for name in names}
    quantiles = numbers.quantile(_QUANTILES)
    bounds = numbers.quantile_bounds(_QUANTILES)
    assert quantiles is not None
    assert bounds is not None
    facts["quantiles"] = [
        {"q": q, "value": plain(float(value)), "lo": plain(lo), "hi": plain(hi)}
        for q, value, (lo, hi) in zip(_QUANTILES, quantiles, bounds, strict=True)
    ]
    facts["histogram"] = [
        {name: plain(value) for name, value in bin._asdict().items()}
        for bin in numbers.histogram() or []
    ]
    return facts


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
