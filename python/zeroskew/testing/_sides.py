"""What an implementation makes of one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from zeroskew._frames import pandas_library
from zeroskew._pipeline import FittedPipeline
from zeroskew._policy import Policy
from zeroskew.errors import DataTypeError

RowFunction: TypeAlias = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Raised(str):
    """An exception in the place of an answer."""

    __slots__ = ()


def row_function(side: object, name: str) -> RowFunction:
    """A fitted pipeline, a policy, or a function of a row, as a function of a row."""
    fitted = side.pipeline if isinstance(side, Policy) else side
    if isinstance(fitted, FittedPipeline):
        return lambda row: fitted.transform_row(dict(row))
    if callable(side):
        return lambda row: side(dict(row))
    raise DataTypeError(
        "must be a fitted pipeline, a policy, or a function of a row", "testing.side", name
    )


def answer(side: RowFunction, row: Mapping[str, Any]) -> dict[str, Any] | Raised:
    try:
        made = side(row)
    except Exception as failure:
        return Raised(f"{type(failure).__name__}: {failure}")
    return {str(name): plain(value) for name, value in made.items()}


def plain(value: Any) -> Any:
    """NumPy's scalars and arrays as Python's."""
    return value.tolist() if hasattr(value, "tolist") else value


def of_frames(function: Callable[[Any], Any]) -> RowFunction:
    """A function of pandas frames as a function of a row. What pandas calls missing (NaN, NaT, NA)
    comes out as None, as pandas does not tell them apart."""
    pandas = pandas_library()

    def on_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
        made = function(pandas.DataFrame([dict(row)]))
        cells = {name: made[name].iloc[0] for name in made.columns}
        return {name: None if _missing(cell) else cell for name, cell in cells.items()}

    def _missing(cell: Any) -> bool:
        return bool(pandas.api.types.is_scalar(cell) and pandas.isna(cell))

    return on_row
