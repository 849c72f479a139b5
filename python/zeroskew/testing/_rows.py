"""Rows as the reference data have them, at their edges and past them."""

from __future__ import annotations

import datetime
import decimal
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from zeroskew._column_profile import ColumnProfile
from zeroskew._profile import Profile
from zeroskew.errors import DataKeyError, DataTypeError
from zeroskew.testing._hypothesis import strategies as st

_QUANTILES = (0.5, 0.25, 0.75, 0.05, 0.95, 0.01, 0.99)
_MOST_FREQUENT = 20
_DOUBLES = (0.0, -0.0, 1e-300, 1e300, math.inf, -math.inf, math.nan)
_INTEGERS = (0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63))
_EPOCH = datetime.datetime(1970, 1, 1)


def rows(
    reference: Profile, columns: Iterable[str] | None = None, *, hostile: bool = True
) -> st.SearchStrategy[dict[str, Any]]:
    """A Hypothesis strategy for rows (a dict of Python cells) of the reference's columns.

    The first choice for each cell is its commonest or middle value, and examples shrink towards it:
    what is left in a small example is what matters. `hostile` adds what the reference never had:
    nulls, NaN and infinities, zeros of either sign, the largest integers, values past both ends,
    unseen, empty, padded and re-cased strings. Lists and structs are made of their parts.

    Raises: Error testing.reference (not a profile), testing.column (unknown).
    """
    if not isinstance(reference, Profile):
        raise DataTypeError(
            "rows are made from a Profile", "testing.reference", type(reference).__name__
        )
    chosen = list(reference.columns if columns is None else columns)
    for name in chosen:
        if name not in reference.columns:
            raise DataKeyError("the reference has no such column", "testing.column", name)
    return st.fixed_dictionaries({name: _cell(reference[name], hostile) for name in chosen})


def _cell(column: ColumnProfile, hostile: bool) -> st.SearchStrategy[Any]:
    known = [value for value, _ in column.top(_MOST_FREQUENT)] if column.distinct else []
    parts = _KINDS.get(column.type, _nothing)(column, known, hostile)
    if hostile or column.missing:
        parts.append(_NULL)
    return st.one_of(parts)


# Hypothesis takes what needs fewer choices for simpler: a null must need as many as a value.
_NULL = st.sampled_from([None, None])


_Parts = list[st.SearchStrategy[Any]]


def _nothing(_column: ColumnProfile, _known: Sequence[Any], _hostile: bool) -> _Parts:
    return [_NULL]


def _floats(column: ColumnProfile, known: Sequence[Any], hostile: bool) -> _Parts:
    ends = _ends(column)
    parts = _sampled([*_middles(column), *known, *ends])
    if ends:
        parts.append(st.floats(*ends))
    if hostile:
        parts.append(st.sampled_from(_DOUBLES))
        past = [f for end, side in zip(ends, (-1, 1), strict=False) for f in _past(end, side)]
        parts += _sampled(past)
    return parts


def _past(end: float, side: int) -> tuple[float, float]:
    return math.nextafter(end, side * math.inf), end + side * (abs(end) + 1.0)


def _integers(column: ColumnProfile, known: Sequence[Any], hostile: bool) -> _Parts:
    ends = [int(end) for end in _ends(column)]
    parts = _sampled([*(round(q) for q in _middles(column)), *known, *ends])
    if ends:
        parts.append(st.integers(ends[0], ends[1]))
    if hostile:
        past = [end + side for end, side in zip(ends, (-1, 1), strict=False)]
        parts.append(st.sampled_from([*past, *_INTEGERS]))
    return parts


def _texts(_column: ColumnProfile, known: Sequence[Any], hostile: bool) -> _Parts:
    parts = _sampled(known)
    if hostile:
        texts = [value for value in known if isinstance(value, str)]
        spelt = [change(text) for text in texts for change in _SPELLINGS]
        parts += _sampled([text for text in ["", *spelt] if text not in texts])
        parts.append(st.text(max_size=20))
    return parts or [st.text(max_size=20)]


_SPELLINGS: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    lambda text: f" {text}",
    lambda text: f"{text} ",
)


def _bytes(_column: ColumnProfile, known: Sequence[Any], hostile: bool) -> _Parts:
    parts = _sampled(known)
    return [*parts, st.binary(max_size=20)] if hostile or not parts else parts


def _booleans(_column: ColumnProfile, known: Sequence[Any], hostile: bool) -> _Parts:
    return [st.booleans()] if hostile or not known else _sampled(known)


def _decimals(column: ColumnProfile, known: Sequence[Any], hostile: bool) -> _Parts:
    ends = [decimal.Decimal(repr(end)) for end in _ends(column)]
    values = [decimal.Decimal(str(value)) for value in known]
    extra = [decimal.Decimal(0)] if hostile else []
    return _sampled([*values, *ends, *extra])


def _moments(column: ColumnProfile, known: Sequence[Any], hostile: bool) -> _Parts:
    """Whole numbers of the column's unit as dates, times, timestamps and durations."""
    ends = [int(end) for end in _ends(column)]
    counts = [*(round(q) for q in _middles(column)), *known, *ends]
    if hostile:
        counts += [0, *(end + side for end, side in zip(ends, (-1, 1), strict=False))]
    made = [_moment(column, count) for count in counts]
    return _sampled([moment for moment in made if moment is not None])


_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def _moment(column: ColumnProfile, count: int) -> Any:
    """None past what Python's types hold."""
    try:
        if column.unit == "day":
            return (_EPOCH + datetime.timedelta(days=count)).date()
        scale = _PER_SECOND[column.unit or "s"]
        passed = datetime.timedelta(
            seconds=count // scale, microseconds=count % scale * 10**6 // scale
        )
        if column.type == "duration":
            return passed
        moment = _EPOCH + passed
    except OverflowError:
        return None
    if column.type == "time":
        return moment.time() if moment.date() == _EPOCH.date() else None
    return moment.replace(tzinfo=datetime.timezone.utc) if column.timezone else moment


def _lists(column: ColumnProfile, _known: Sequence[Any], hostile: bool) -> _Parts:
    longest = column.length.max if column.length is not None and column.length.max else 0
    child = next(iter(column.children.values()), None)
    if child is None:
        return [st.just([])]
    most = min(int(longest) + hostile, 20)
    return [st.lists(_cell(child, hostile), min_size=0, max_size=most)]


def _structs(column: ColumnProfile, _known: Sequence[Any], hostile: bool) -> _Parts:
    parts = {name: _cell(child, hostile) for name, child in column.children.items()}
    return [st.fixed_dictionaries(parts)]


_KINDS: dict[str, Callable[[ColumnProfile, Sequence[Any], bool], _Parts]] = {
    "float": _floats,
    "int": _integers,
    "bool": _booleans,
    "string": _texts,
    "bytes": _bytes,
    "decimal": _decimals,
    "date": _moments,
    "time": _moments,
    "timestamp": _moments,
    "duration": _moments,
    "list": _lists,
    "struct": _structs,
}


def _sampled(values: Sequence[Any]) -> _Parts:
    return [st.sampled_from(list(values))] if values else []


def _ends(column: ColumnProfile) -> list[float]:
    ends = [end for end in (column.min, column.max) if end is not None and math.isfinite(end)]
    return ends if len(ends) == 2 else []


def _middles(column: ColumnProfile) -> list[float]:
    found = column.quantile(_QUANTILES)
    return [] if found is None else [float(q) for q in found if math.isfinite(q)]
