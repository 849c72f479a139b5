"""Anything that has a distribution, as the core's Distribution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zeroskew import _core
from zeroskew._column_profile import ColumnProfile
from zeroskew._imported import ImportedColumn, ImportedProfile
from zeroskew._profile import Profile
from zeroskew.errors import DataTypeError

Distribution = _core.drift.Distribution
#: Raw values (numbers, strings, bools; None is missing), counts by value, or a column of a profile.
Sample: TypeAlias = object


def numbers(values: object, what: str) -> NDArray[np.float64]:
    """Raw numbers as doubles; None becomes NaN."""
    if isinstance(values, (str, bytes, bytearray)):
        raise DataTypeError(
            "numbers are needed here, one a row, not a text", "drift.not_numbers", what
        )
    try:
        array = np.asarray(values)
        if array.dtype == object:
            array = np.array([np.nan if x is None else x for x in array.ravel()])
        if array.dtype.kind not in "biuf":
            raise TypeError(f"values of type {array.dtype}")
        return np.ascontiguousarray(array, dtype=np.float64).ravel()
    except (TypeError, ValueError) as error:
        raise DataTypeError(
            f"numbers are needed here, one a row: {error}", "drift.not_numbers", what
        ) from None


def _counts(counts: Mapping[object, object]) -> Distribution:
    pairs = [(_name(key), float(str(count))) for key, count in counts.items() if key is not None]
    result = Distribution.of_counts(pairs)
    result.missing = float(str(counts.get(None, 0)))
    return result


def _name(value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    return str(value)


def _arrow(values: object, what: str) -> pa.Array | pa.ChunkedArray:
    try:
        if hasattr(values, "__arrow_c_stream__"):
            return pa.chunked_array(values)
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, TypeError) as error:
        raise DataTypeError(
            "an array of numbers, strings or bools, a dict of counts or a column of a profile is"
            f" needed: {error}",
            "drift.not_values",
            what,
        ) from None


def distribution(sample: Sample, what: str = "sample") -> Distribution:
    """How the values of a sample are spread."""
    if isinstance(sample, Distribution):
        return sample
    if isinstance(sample, ColumnProfile):
        return Distribution.of_profile(sample._core)
    if isinstance(sample, ImportedColumn):
        return sample.distribution
    if isinstance(sample, Mapping):
        return _counts(sample)
    if isinstance(sample, (str, bytes, bytearray)):
        raise DataTypeError(
            "a text is no sample, though it has letters; hand in a list of values",
            "drift.not_values",
            what,
        )
    if isinstance(sample, np.ndarray) and sample.dtype.kind in "iuf":
        return Distribution.of_values(numbers(sample, what))
    values = _arrow(sample, what)
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    kind = values.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_null(kind):
        present = values.drop_null()
        as_doubles = present.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        if isinstance(values, pa.ChunkedArray):
            as_doubles = present.cast(pa.float64(), safe=False).to_numpy()
        return Distribution.of_values(numbers(as_doubles, what), values.null_count)
    if (
        pa.types.is_boolean(kind)
        or pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or (pa.types.is_string_view(kind))
    ):
        if pa.types.is_string_view(kind):
            values = values.cast(pa.large_string())
        found = values.drop_null().value_counts()
        result = Distribution.of_counts(
            [(_name(entry["values"]), float(entry["counts"])) for entry in found.to_pylist()]
        )
        result.missing = float(values.null_count)
        return result
    raise DataTypeError(
        f"values of type {kind} have no measure; profile them instead", "drift.not_values", what
    )


#: What other tools call a column's type.
_PLAIN = {
    "float": "float",
    "decimal": "float",
    "string": "string",
    "bytes": "bytes",
    "struct": "struct",
}
_WHOLE = ("bool", "int", "date", "time", "timestamp", "duration")


def columns(profile: Profile | ImportedProfile) -> list[_core.drift.ColumnDistribution]:
    """The columns of a side, in the types that other tools know."""
    if isinstance(profile, ImportedProfile):
        core = profile._core
        return [
            _side(name, kind, core.count([name]) > 0, core.distribution([name]))
            for name, kind in core.columns
        ]
    found = []
    for name in profile.columns:
        column = profile[name]
        kind = "int" if column.type in _WHOLE else _PLAIN.get(column.type, column.type)
        values = Distribution.of_profile(column._core)
        if column.type == "bool":
            values = _points(column, values)
        found.append(_side(name, kind, column.count > 0, values))
    return found


def _side(
    name: str, kind: str, has_cells: bool, values: Distribution
) -> _core.drift.ColumnDistribution:
    return _core.drift.ColumnDistribution(name, kind, kind in ("int", "float"), has_cells, values)


def _points(column: ColumnProfile, labels: Distribution) -> Distribution:
    # Other tools count bools as 0 and 1.
    no = float(column.zeros or 0)
    points = Distribution.of_cells([(0.0, 0.0, no), (1.0, 1.0, column.count - no)])
    points.missing = labels.missing
    return points
