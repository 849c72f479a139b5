"""Fitted pipelines compiled for rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from zeroskew._core import transform as core
from zeroskew.errors import DataTypeError, DataValueError

_TEMPORAL = ("date", "time", "timestamp", "duration")


class Plan:
    """A fitted pipeline compiled for dicts of given columns in a given order."""

    def __init__(self, pipeline: core.FittedPipeline, columns: tuple[str, ...]) -> None:
        for name in columns:
            if not isinstance(name, str):
                raise DataTypeError("a column's name is a str", "data.bad_name", repr(name))
        self._core = core.DictPlan(pipeline, columns)
        self._columns = columns
        self._into = temporal_types(pipeline.inputs, set(columns))
        self._out_of = temporal_types(self._core.outputs)

    @property
    def columns(self) -> list[str]:
        return list(self._columns)

    def __call__(
        self, row: dict[str, Any], key: int | str = 0, epoch: int = 0, training: bool = False
    ) -> dict[str, Any]:
        if tuple(row) != self._columns:
            raise DataValueError(
                f"the plan is for rows of {', '.join(self._columns)}", "transform.row"
            )
        if self._into:
            row = {
                **row,
                **{name: ticks_of(row[name], type_, name) for name, type_ in self._into.items()},
            }
        result = self._core.apply(row, key, epoch, training)
        for name, type_ in self._out_of.items():
            if isinstance(result[name], int):
                result[name] = pa.scalar(result[name], pa.int64()).cast(type_).as_py()
        return result


def temporal_types(
    fields: Iterable[tuple[str, str]], among: set[str] | None = None
) -> dict[str, Any]:
    """Arrow's types of the temporal ones."""
    return {
        name: _arrow_type(type_)
        for name, type_ in fields
        if type_.startswith(_TEMPORAL) and (among is None or name in among)
    }


def _arrow_type(text: str) -> Any:
    kind, _, rest = text.partition("[")
    unit, _, zone = rest.rstrip("]").partition(", ")
    if kind == "date":
        return pa.date32() if unit in ("", "day") else pa.date64()
    if kind == "time":
        return pa.time32(unit) if unit in ("s", "ms") else pa.time64(unit)
    return pa.duration(unit) if kind == "duration" else pa.timestamp(unit, zone or None)


def ticks_of(value: Any, type_: Any, name: str) -> Any:
    """A date or time as the core counts it; whole numbers are taken as counted already."""
    if value is None or isinstance(value, int):
        return value
    try:
        ticks = pa.array([value], type_, from_pandas=True)
        return ticks.cast(pa.int32() if type_.bit_width == 32 else pa.int64())[0].as_py()
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as failure:
        raise DataTypeError(f"{value!r} is no {type_}", "transform.wrong_type", name) from failure
