"""Small charts out of profiles: shares in bins that are frozen on the reference, drawn as SVG
paths.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from zeroskew._column_profile import ColumnProfile
from zeroskew._imported import ImportedColumn
from zeroskew._numbers import Numbers

Column: TypeAlias = ColumnProfile | ImportedColumn
Numbered: TypeAlias = Column | Numbers

WIDTH, HEIGHT = 300, 72
_TAIL, _GAP = 9, 5  # of the bars for values outside the bins
_BINS = 28
_MOST_WHOLE = 40  # whole numbers of a smaller range get a bin each


class Chart(NamedTuple):
    """A histogram of the current data, over that of the reference if there is one."""

    current: str  # SVG paths
    reference: str
    low: float
    high: float
    below: bool  # some values are below the bins, in a bar of their own
    above: bool
    peak: float  # the share that the highest bar stands for


class Bar(NamedTuple):
    """A value and its shares of the cells that are there; None: the profile does not list it."""

    value: object
    current: float | None
    reference: float | None


def histogram(current: Numbered | None, reference: Numbered | None, whole: bool) -> Chart | None:
    """None where there is no finite number to draw."""
    edges = None
    for side in (reference, current):
        edges = edges or (_edges(side, whole) if side is not None else None)
    if edges is None:
        return None
    ours, theirs = (
        _shares(side, edges) if side is not None else None for side in (current, reference)
    )
    sides = [side for side in (ours, theirs) if side is not None]
    below = any(side[0] > 0 for side in sides)
    above = any(side[-1] > 0 for side in sides)
    peak = max((max(side) for side in sides), default=0.0)
    if not peak > 0:
        return None
    left, right = (_TAIL + _GAP if below else 0), WIDTH - (_TAIL + _GAP if above else 0)
    low, high = (edges[0], edges[-1]) if not whole else (math.ceil(edges[0]), math.floor(edges[-1]))
    return Chart(
        _path(ours, left, right, peak) if ours else "",
        _path(theirs, left, right, peak) if theirs else "",
        low,
        high,
        below,
        above,
        peak,
    )


def bars(current: Column | None, reference: Column | None, most: int) -> list[Bar]:
    """The most frequent values of either side, the most frequent first."""
    sides = [_listed(current), _listed(reference)]
    values: dict[object, float] = {}
    for listed, _ in sides:
        for value, share in list(listed.items())[:most]:
            values[value] = max(share, values.get(value, 0.0))
    chosen = sorted(values, key=lambda value: -values[value])[:most]
    found = []
    for value in chosen:
        shares = [listed.get(value, 0.0 if complete else None) for listed, complete in sides]
        found.append(Bar(value, shares[0], shares[1]))
    return found


_LISTED = 500  # values of which the share is known here


def _listed(column: Column | None) -> tuple[dict[object, float], bool]:
    """Shares by value, and whether that is all values."""
    if column is None or not column.count:
        return {}, True
    top = column.top(_LISTED)
    return {value: count / column.count for value, count in top}, len(top) < _LISTED


def _edges(numbers: Numbered, whole: bool) -> list[float] | None:
    """Of bins of equal width; far tails are left outside."""
    if not numbers.count:
        return None
    least, most = _number(numbers.min), _number(numbers.max)
    low, high = (_number(numbers.quantile(q)) for q in (0.005, 0.995))
    if low != low:  # no histogram
        return None
    if math.isfinite(most - least) and (most - least <= 1.6 * (high - low) or low == high):
        low, high = least, most
    if not math.isfinite(high - low):
        return None
    if whole:
        width = max(
            1, math.ceil((high - low + 1) / (_MOST_WHOLE if high - low < _MOST_WHOLE else _BINS))
        )
        start = math.floor(low) - 0.5
        bins = max(1, math.ceil((high + 0.5 - start) / width))
        edges = [start + i * width for i in range(bins + 1)]
    elif low == high:
        edges = [low - 0.5, low + 0.5]
    else:
        edges = [low + (high - low) * i / _BINS for i in range(_BINS)] + [high]
    return edges if all(a < b for a, b in pairwise(edges)) else None


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def _shares(numbers: Numbered, edges: Sequence[float]) -> list[float] | None:
    """Below the first edge, in each bin, above the last edge. A bin has its upper edge, the first
    one both.
    """
    if not numbers.count:
        return None
    at = [_cdf(numbers, x) for x in (math.nextafter(edges[0], -math.inf), *edges[1:])]
    if any(share != share for share in at):
        return None
    steps = [max(0.0, b - a) for a, b in pairwise(at)]
    return [at[0], *steps, max(0.0, 1.0 - at[-1])]


def _cdf(numbers: Numbered, x: float) -> float:
    bounds = numbers.cdf_bounds(x)
    assert bounds is not None
    return (bounds[0] + bounds[1]) / 2


def _path(shares: Sequence[float], left: float, right: float, peak: float) -> str:
    """A skyline; the tails stand apart."""

    def y(share: float) -> str:
        height = 0.0 if share <= 0 else max(1.0, share / peak * (HEIGHT - 2))
        return f"{HEIGHT - height:.1f}".removesuffix(".0")

    inner = shares[1:-1]
    if len(inner) == 1:  # one value is a bar, not a wall
        left, right = (left + right) / 2 - WIDTH / 20, (left + right) / 2 + WIDTH / 20
    width = (right - left) / len(inner)
    path = [f"M{left:g} {HEIGHT}"]
    for i, share in enumerate(inner):
        path.append(f"V{y(share)}H{left + (i + 1) * width:.1f}".removesuffix(".0"))
    path.append(f"V{HEIGHT}")
    if shares[0] > 0:
        path.append(f"M0 {HEIGHT}V{y(shares[0])}H{_TAIL}V{HEIGHT}")
    if shares[-1] > 0:
        path.append(f"M{WIDTH - _TAIL} {HEIGHT}V{y(shares[-1])}H{WIDTH}V{HEIGHT}")
    return "".join(path)
