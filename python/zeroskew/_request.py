"""What a caller wants profiled, checked, as options of the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from zeroskew import _core
from zeroskew.errors import DataTypeError, DataValueError

Names = Literal["kept", "hashed"]
Cell: TypeAlias = bool | int | float | str | bytes
#: A column's name, a tuple of names (crossed), {name: values or None}, or a list of these.
Slices: TypeAlias = str | tuple[str, ...] | Mapping[str, Sequence[Cell] | None] | list[Any]
Pairs: TypeAlias = bool | Iterable[tuple[str, str]]

#: How many different values of a column are counted exactly, unless it is told to be fewer.
MOST_EXACT_VALUES = 65_536

_Slicing: TypeAlias = list[tuple[str, list[Cell]]]


class Request:
    """The options, and the columns that they need."""

    def __init__(
        self,
        weight: str | None,
        slices: Slices | None,
        threads: int | None,
        columns: Sequence[str] | None,
        names: Names,
        pairs: Pairs,
        max_slices: int,
        exact_values: int,
    ) -> None:
        chosen = _checked_columns(columns)
        if weight is not None and not isinstance(weight, str):
            raise DataTypeError(
                "the weight is the name of a column", "profile.bad_weight", repr(weight)
            )
        slicings = _slicings(slices)
        all_pairs = pairs is True
        named = [] if isinstance(pairs, bool) else [_checked_pair(pair) for pair in pairs]
        if isinstance(max_slices, bool) or not isinstance(max_slices, int) or max_slices < 1:
            raise DataValueError(
                "max_slices is a whole number from 1", "profile.bad_max_slices", repr(max_slices)
            )
        if (
            isinstance(exact_values, bool)
            or not isinstance(exact_values, int)
            or not 0 <= exact_values <= MOST_EXACT_VALUES
        ):
            raise DataValueError(
                f"exact_values is a whole number from 0 to {MOST_EXACT_VALUES}",
                "profile.bad_exact_values",
                repr(exact_values),
            )
        self.options = _core.stats.ProfileOptions(
            chosen,
            _checked_threads(threads),
            _keeps_names(names),
            weight,
            slicings,
            max_slices,
            named,
            all_pairs,
            exact_values,
        )
        needed = [name for slicing in slicings for name, _ in slicing] + [
            name for pair in named for name in pair
        ]
        #: A hint for readers: all that is looked at, or nothing if that is every column.
        self.columns = (
            [*chosen, *needed, *([weight] if weight is not None else [])] if chosen else []
        )


def _slicings(slices: Slices | None) -> list[_Slicing]:
    if slices is None:
        return []
    if isinstance(slices, list):
        return [_slicing(one) for one in slices]
    return [_slicing(slices)]


def _slicing(one: Any) -> _Slicing:
    if isinstance(one, str):
        return [(one, [])]
    if isinstance(one, tuple) and one and all(isinstance(name, str) for name in one):
        return [(name, []) for name in one]
    if isinstance(one, Mapping) and one:
        return [_feature(name, values) for name, values in one.items()]
    raise DataTypeError(
        "a slicing is a column's name, a tuple of names (crossed), or {name: values};"
        " a list has several",
        "profile.bad_slices",
        repr(one),
    )


def _feature(name: Any, values: Any) -> tuple[str, list[Cell]]:
    if not isinstance(name, str):
        raise DataTypeError("a column's name is a str", "profile.bad_slices", repr(name))
    if values is None:
        return name, []
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise DataTypeError("the values to slice by are a list", "profile.bad_slices", name)
    cells = [value.item() if hasattr(value, "item") else value for value in values]
    wrong = [cell for cell in cells if not isinstance(cell, bool | int | float | str | bytes)]
    wrong += [cell for cell in cells if type(cell) is int and not -(2**63) <= cell < 2**64]
    if wrong or not cells:
        what = (
            f"{wrong[0]!r} is no value of a column"
            if wrong
            else "no value is named; None stands for all"
        )
        raise DataValueError(what, "profile.bad_slices", name)
    return name, cells


def _checked_pair(pair: Any) -> tuple[str, str]:
    if (
        not isinstance(pair, tuple | list)
        or len(pair) != 2
        or not all(isinstance(name, str) for name in pair)
    ):
        raise DataTypeError(
            "pairs are True, or a list of pairs of names", "profile.bad_pairs", repr(pair)
        )
    return pair[0], pair[1]


def _checked_columns(columns: Sequence[str] | None) -> list[str]:
    if columns is None:
        return []
    if isinstance(columns, str) or not all(isinstance(name, str) for name in columns):
        raise DataTypeError("columns are a list of names", "profile.bad_columns", repr(columns))
    if not columns:
        raise DataValueError(
            "no column is named; leave columns out to profile all", "profile.bad_columns"
        )
    return list(columns)


def _checked_threads(threads: int | None) -> int:
    if threads is None:
        return 0
    if isinstance(threads, bool) or not isinstance(threads, int) or not 1 <= threads <= 1024:
        raise DataValueError(
            "threads are a whole number from 1 to 1024", "profile.bad_threads", repr(threads)
        )
    return threads


def _keeps_names(names: str) -> bool:
    if names not in ("kept", "hashed"):
        raise DataValueError(f"{names!r} is neither 'kept' nor 'hashed'", "profile.bad_names")
    return names == "kept"
