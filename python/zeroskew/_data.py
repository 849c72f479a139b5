"""Data in: whatever a caller has, as batches of the core. Every entry point that takes data comes
here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from zeroskew import _files
from zeroskew._core.column import Batch
from zeroskew._streams import of_array, of_stream
from zeroskew.errors import DataTypeError, DataValueError, EngineError

#: A path (.csv .parquet .arrow .feather .jsonl .ndjson), anything that exports Arrow (pandas,
#: polars, pyarrow, duckdb), a PyArrow dataset, a dict of arrays, a structured array, or an iterable
#: of any of these.
Data: TypeAlias = Any


def batches(data: Data, columns: Sequence[str] = ()) -> Iterator[Batch]:
    """The batches of any data; the first one comes even if there are no rows, and names the
    columns.

    `columns` is a hint: where others can be skipped, they are not even converted.
    """
    if isinstance(data, str | os.PathLike):
        yield from _files.batches(Path(data), columns)
    elif isinstance(data, Batch):
        yield data
    elif _is_of("pandas", "DataFrame", data):
        yield from of_stream(_from_pandas(data, columns))
    elif _is_of("pandas", "Series", data):
        yield from of_stream(
            _from_pandas(data.to_frame("" if data.name is None else data.name), ())
        )
    elif _is_of("polars", "LazyFrame", data):
        yield from of_stream(_without_objects(_from_lazy(data, columns)))
    elif _is_of("polars", "DataFrame", data) or _is_of("polars", "Series", data):
        yield from of_stream(_without_objects(data))
    elif _is_of("pyarrow.dataset", "Dataset", data) or _is_of("pyarrow.dataset", "Scanner", data):
        yield from of_stream(_from_dataset(data, columns))
    elif isinstance(data, Mapping):
        yield from of_stream(_from_mapping(data, columns))
    elif isinstance(data, np.ndarray):
        yield from of_stream(_from_structured(data, columns))
    elif hasattr(data, "__arrow_c_stream__"):
        yield from of_stream(data)
    elif hasattr(data, "__arrow_c_array__"):
        yield of_array(data)
    elif isinstance(data, Iterable) and not isinstance(data, bytes | bytearray | memoryview):
        for part in data:
            if isinstance(part, str | bytes | int | float | bool) or part is None:
                raise _unsupported(part)
            yield from batches(part, columns)
    else:
        raise _unsupported(data)


def _unsupported(data: object) -> DataTypeError:
    return DataTypeError(
        f"an object of type {type(data).__name__!r} is no table; hand in a path, a pandas, "
        "polars, pyarrow or duckdb table, a dict of arrays, or an iterable of these",
        "data.unsupported",
    )


def _is_of(package: str, name: str, data: object) -> bool:
    """True for an instance of a package's class; the package is not imported for the question."""
    cls = getattr(sys.modules.get(package), name, None)
    return cls is not None and isinstance(data, cls)


def _unconvertible(failure: Exception, where: str = "") -> DataValueError:
    return DataValueError(
        f"cannot be turned into Arrow data: {failure}; a column's values need one type that Arrow"
        " has",
        "data.unconvertible",
        where,
    )


def _chosen(names: Iterable[str], columns: Sequence[str]) -> list[str] | None:
    """The columns to take; None for all. A name that is not there is reported later, beside those
    that are.
    """
    return list(dict.fromkeys(columns)) if columns and set(columns) <= set(names) else None


_CONVERSION = (pa.ArrowException, TypeError, ValueError, OverflowError)


def _from_pandas(frame: Any, columns: Sequence[str]) -> pa.Table:
    """NaN is missing in pandas; the index is no column."""
    if not frame.columns.is_unique:
        twice = str(frame.columns[frame.columns.duplicated()][0])
        raise DataValueError(
            "two columns have this name; rename one", "column.duplicate_name", twice
        )
    wanted = _chosen(frame.columns, columns)
    if wanted is not None:
        frame = frame[wanted]
    sparse = {name: kind.subtype for name, kind in frame.dtypes.items() if _is_sparse(kind)}
    if sparse:
        frame = frame.astype(sparse)
    try:
        return pa.Table.from_pandas(frame, preserve_index=False)
    except _CONVERSION as failure:
        raise _unconvertible(failure, _culprit(frame)) from failure


def _is_sparse(kind: Any) -> bool:
    return _is_of("pandas", "SparseDtype", kind)


def _culprit(frame: Any) -> str:
    """The first column of a frame that is not convertible."""
    for name in frame.columns:
        try:
            pa.array(frame[name], from_pandas=True)
        except _CONVERSION:
            return str(name)
    return ""


def _from_lazy(frame: Any, columns: Sequence[str]) -> Any:
    try:
        wanted = _chosen(frame.collect_schema().names(), columns)
        return (frame if wanted is None else frame.select(wanted)).collect()
    except Exception as failure:  # the query is the caller's, and so is what it throws
        raise EngineError(f"the query failed: {failure}", "data.producer") from failure


def _without_objects(data: Any) -> Any:
    """Polars exports Python objects as their addresses."""
    schema = data.schema if hasattr(data, "schema") else {data.name: data.dtype}
    for name, kind in schema.items():
        if kind == sys.modules["polars"].Object:
            raise DataTypeError(
                "a column of Python objects; cast it to a type that Arrow has",
                "data.unsupported",
                name,
            )
    return data


def _from_dataset(data: Any, columns: Sequence[str]) -> pa.RecordBatchReader:
    """A scan that reads little ahead, so that memory stays bounded."""
    if hasattr(data, "scanner"):
        data = data.scanner(
            columns=_chosen(data.schema.names, columns),
            batch_size=_files.ROWS,
            batch_readahead=1,
            fragment_readahead=1,
        )
    return data.to_reader()


def _from_mapping(data: Mapping[Any, Any], columns: Sequence[str]) -> pa.Table:
    for key in data:
        if not isinstance(key, str):
            raise DataTypeError("a column's name is a str", "data.bad_name", repr(key))
    wanted = _chosen(data, columns)
    arrays = {name: _column(name, data[name]) for name in (data if wanted is None else wanted)}
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name}: {length}" for name, length in list(lengths.items())[:8])
        raise DataValueError(f"columns of different lengths ({shown})", "data.ragged")
    return pa.table(arrays)


def _column(name: str, values: Any) -> Any:
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise DataTypeError(
            f"a column is an array or a list, not {type(values).__name__!r}; for rows use"
            " pyarrow.Table.from_pylist",
            "data.unsupported",
            name,
        )
    try:
        if isinstance(values, pa.Array | pa.ChunkedArray):
            return values
        if _is_of("pandas", "Series", values) or _is_of("pandas", "Index", values):
            return pa.array(values, from_pandas=True)
        if hasattr(values, "__arrow_c_stream__"):
            return pa.chunked_array(values)
        if isinstance(values, np.ndarray):
            return pa.array(
                values if values.dtype.isnative else values.astype(values.dtype.newbyteorder("="))
            )
        if hasattr(values, "__array__") and not isinstance(values, list | tuple):
            return pa.array(np.asarray(values))
        return pa.array(values if isinstance(values, Sequence) else list(values))
    except _CONVERSION as failure:
        raise _unconvertible(failure, name) from failure


def _from_structured(array: np.ndarray[Any, Any], columns: Sequence[str]) -> pa.Table:
    if array.dtype.names is None:
        raise DataTypeError(
            "an array without named fields; hand in a dict of arrays, one a column",
            "data.unsupported",
        )
    return _from_mapping({name: array[name] for name in array.dtype.names}, columns)
