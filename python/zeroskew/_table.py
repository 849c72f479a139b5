"""Tables that come out of pipelines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zeroskew._core import transform as core
from zeroskew._core.column import Batch
from zeroskew.errors import DataKeyError, DataTypeError, EngineError


class _Exported:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[Any, Any]:
        return core.export_batch(self._batch)


class Table:
    """Named columns of equal length. Exports Arrow, so that pandas, polars, pyarrow and duckdb take
    it as it is.
    """

    def __init__(self, batches: Sequence[Batch]) -> None:
        filled = [batch for batch in batches if batch.rows] or list(batches[:1])
        self._table = pa.Table.from_batches([pa.record_batch(_Exported(batch)) for batch in filled])

    @property
    def columns(self) -> list[str]:
        return list(self._table.column_names)

    @property
    def rows(self) -> int:
        return int(self._table.num_rows)

    def __len__(self) -> int:
        return self.rows

    def __contains__(self, name: object) -> bool:
        return name in self._table.column_names

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A column as a numpy array; a number that is missing is NaN, anything else that is missing
        None.
        """
        if name not in self:
            raise DataKeyError(
                f"there is no such column; there are {', '.join(self.columns)}",
                "table.column",
                str(name),
            )
        return np.asarray(self._table.column(name).to_numpy())

    def __eq__(self, other: object) -> bool:
        """Columns, types, values: NaN equals NaN."""
        if not isinstance(other, Table):
            return NotImplemented
        if self._table.schema != other._table.schema or self.rows != other.rows:
            return False
        pairs = zip(self._table.columns, other._table.columns, strict=True)
        return all(_same(a.combine_chunks(), b.combine_chunks()) for a, b in pairs)

    __hash__ = None  # type: ignore[assignment]

    def to_arrow(self) -> Any:
        """A pyarrow.Table."""
        return self._table

    def to_pandas(self) -> Any:
        try:
            return self._table.to_pandas()
        except ImportError as failure:
            raise EngineError(
                "to_pandas needs pandas: pip install zeroskew[pandas]", "table.pandas"
            ) from failure

    def to_polars(self) -> Any:
        try:
            import polars
        except ImportError as failure:
            raise EngineError(
                "to_polars needs polars: pip install zeroskew[polars]", "table.polars"
            ) from failure
        return polars.from_arrow(self._table)

    def to_numpy(self) -> NDArray[Any]:
        """A row a row: float64 where every column is a number or a bool (missing is NaN), else
        objects.
        """
        numeric = all(_is_number(column.type) for column in self._table.columns)
        result = np.empty((self.rows, len(self.columns)), dtype=np.float64 if numeric else object)
        for i, column in enumerate(self._table.columns):
            result[:, i] = column.to_numpy()
        return result

    def __dlpack__(self, **options: Any) -> Any:
        """The matrix of `to_numpy` for PyTorch, JAX and others: `torch.from_dlpack(table)`."""
        matrix = self.to_numpy()
        if matrix.dtype == object:
            raise DataTypeError("only numbers and bools have a matrix", "table.dlpack")
        return matrix.__dlpack__(**options)

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)  # kDLCPU

    def to_dict(self) -> dict[str, list[Any]]:
        """Lists of Python's values."""
        result: dict[str, list[Any]] = self._table.to_pydict()
        return result

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> Any:
        return self._table.schema.__arrow_c_schema__()

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        """All rows as one record batch."""
        batches = self._table.combine_chunks().to_batches()
        batch = batches[0] if batches else pa.RecordBatch.from_pylist([], schema=self._table.schema)
        return batch.__arrow_c_array__(requested_schema)

    def __reduce__(self) -> tuple[Any, ...]:
        return _of_arrow, (self._table,)

    def __repr__(self) -> str:
        columns = ", ".join(f"{field.name}: {field.type}" for field in self._table.schema)
        return f"Table of {self.rows:,} rows ({columns})"


def _of_arrow(table: Any) -> Table:
    result = Table.__new__(Table)
    result._table = table
    return result


def _is_number(type_: Any) -> bool:
    types = pa.types
    return bool(
        types.is_integer(type_)
        or types.is_floating(type_)
        or types.is_boolean(type_)
        or types.is_null(type_)
    )


def _same(a: Any, b: Any) -> bool:
    if not pa.types.is_floating(a.type):
        return bool(a.equals(b))
    if not a.is_null().equals(b.is_null()):
        return False
    left, right = (x.fill_null(0).to_numpy(zero_copy_only=False) for x in (a, b))
    return bool(np.array_equal(left, right, equal_nan=True))
