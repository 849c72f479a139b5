"""Keys of rows, as callers give them and as the core hashes them."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zeroskew._core import transform as core
from zeroskew._core.column import Batch
from zeroskew._streams import of_array
from zeroskew.errors import DataTypeError, DataValueError

#: The name of a column, or a whole number or a text for each row.
Keys: TypeAlias = Any


def keys_of(data: list[Batch], keys: Keys) -> NDArray[np.uint64] | None:
    """One key for each row of all batches; None: rows are numbered."""
    if isinstance(keys, str):
        named = [core.row_keys(batch, keys) for batch in data]
        return np.concatenate(named) if named else None
    return None if keys is None else key_array(keys)


def whole(name: str, value: Any) -> int:
    """A whole number that fits."""
    try:
        number = value.__index__()
    except AttributeError:
        number = -1
    if isinstance(value, bool) or not 0 <= number < (2**32 if name == "threads" else 2**64):
        raise DataValueError(
            f"{name} is a whole number that is not negative, not {value!r}",
            "transform.number",
            name,
        )
    return int(number)


def key_array(keys: Keys) -> NDArray[np.uint64]:
    try:
        array = pa.array(keys)
        array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as failure:
        raise DataTypeError(
            f"keys are whole numbers or texts: {failure}", "transform.keys", "keys"
        ) from failure
    return core.row_keys(of_array(pa.record_batch({"keys": array})), "keys")
