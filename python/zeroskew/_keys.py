"""Keys of rows, as callers give them and as the core hashes them."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zeroskew._core import transform as core
from zeroskew._streams import of_array
from zeroskew.errors import DataTypeError

#: The name of a column, or a whole number or a text for each row.
Keys: TypeAlias = Any


def key_array(keys: Keys) -> NDArray[np.uint64]:
    try:
        array = pa.array(keys)
        array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as failure:
        raise DataTypeError(
            f"keys are whole numbers or texts: {failure}", "transform.keys", "keys"
        ) from failure
    return core.row_keys(of_array(pa.record_batch({"keys": array})), "keys")
