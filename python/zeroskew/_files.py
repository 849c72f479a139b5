"""Files as streams of Arrow batches; memory stays bounded wherever the format allows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from zeroskew.errors import DataValueError, Error, FileError, FileMissingError

Batches = Iterator[pa.RecordBatch]

_ROWS = 1 << 17
_CSV_BLOCK = 16 << 20
_WHOLE_CSV = 256 << 20  # a smaller file is read at once, by all cores


def open_file(path: Path, columns: Sequence[str]) -> tuple[pa.Schema, Batches]:
    """The schema and the batches of a file; of the named columns only where the format can skip others."""
    if path.is_dir():
        raise FileError("is a directory; name one file in it", "io.is_directory", str(path))
    if not path.exists():
        raise FileMissingError("there is no such file", "io.not_found", str(path))
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        known = " ".join(_READERS)
        raise DataValueError(
            f"the suffix {suffix!r} names no format that is read; known are {known}",
            "io.unknown_format",
            str(path),
        )
    try:
        schema, batches = reader(path, columns)
    except (pa.ArrowException, OSError, ValueError) as failure:
        raise _broken(path, failure) from failure
    return schema, _guarded(path, batches)


def _guarded(path: Path, batches: Batches) -> Batches:
    try:
        yield from batches
    except (pa.ArrowException, OSError, ValueError) as failure:
        raise _broken(path, failure) from failure


def _broken(path: Path, failure: Exception) -> Error:
    if isinstance(failure, Error):
        return failure
    text = str(failure)
    if "Expected" in text and "columns, got" in text:
        return DataValueError(f"rows of different lengths: {text}", "io.csv_ragged", str(path))
    if "Empty CSV file" in text:
        return DataValueError("an empty file; a CSV file starts with its header", "io.csv_empty", str(path))
    if isinstance(failure, OSError) and failure.errno is not None:
        return FileError(f"cannot be read: {failure.strerror}", "io.read", str(path))
    return DataValueError(f"not a readable {path.suffix.lower()} file: {text}", "io.malformed", str(path))


def _parquet(path: Path, columns: Sequence[str]) -> tuple[pa.Schema, Batches]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path, memory_map=True)
    schema = file.schema_arrow
    # A name that is not there is reported where names are looked up, beside those that are.
    wanted = list(dict.fromkeys(columns)) if columns and set(columns) <= set(schema.names) else None
    if wanted is not None:
        schema = pa.schema([schema.field(name) for name in wanted])
    return schema, file.iter_batches(_ROWS, columns=wanted)


def _ipc(path: Path, columns: Sequence[str]) -> tuple[pa.Schema, Batches]:
    source = pa.memory_map(str(path)) if path.stat().st_size else pa.BufferReader(b"")
    if source.read(6) == b"ARROW1":
        file = pa.ipc.open_file(source)
        return file.schema, (file.get_batch(i) for i in range(file.num_record_batches))
    source.seek(0)
    stream = pa.ipc.open_stream(source)
    return stream.schema, iter(stream)


def _csv(path: Path, columns: Sequence[str]) -> tuple[pa.Schema, Batches]:
    from pyarrow import csv

    read = csv.ReadOptions(block_size=_CSV_BLOCK)
    parse = csv.ParseOptions(newlines_in_values=True)

    def convert(types: dict[str, pa.DataType]) -> csv.ConvertOptions:
        return csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False, column_types=types)

    if path.stat().st_size <= _WHOLE_CSV:
        table = csv.read_csv(path, read, parse, convert({}))
        return table.schema, iter(table.to_batches(_ROWS))

    def stream(types: dict[str, pa.DataType]) -> csv.CSVStreamingReader:
        return csv.open_csv(path, read, parse, convert(types))

    types = _types_of_all_blocks(stream)
    reader = stream(types)
    return reader.schema, iter(reader)


def _types_of_all_blocks(
    stream: Callable[[dict[str, pa.DataType]], pa.RecordBatchReader],
) -> dict[str, pa.DataType]:
    """Types that every block fits: those of the first block, widened wherever a later block needs it."""
    schema = stream({}).schema
    types = dict(zip(schema.names, schema.types, strict=True))
    while True:
        try:
            for _ in stream(types):
                pass
            return types
        except pa.ArrowInvalid as failure:
            column = re.match(r"In CSV column #(\d+)", str(failure))
            name = schema.names[int(column[1])] if column else None
            if name is None or types[name] not in _WIDER:
                raise
            types[name] = _WIDER[types[name]]


_WIDER: dict[pa.DataType, pa.DataType] = {
    pa.null(): pa.int64(),
    pa.int64(): pa.float64(),
    pa.float64(): pa.string(),
    pa.bool_(): pa.string(),
    pa.date32(): pa.timestamp("s"),
    pa.time32("s"): pa.string(),
    pa.timestamp("s"): pa.timestamp("ns"),
    pa.timestamp("ns"): pa.string(),
    pa.string(): pa.binary(),
}

_READERS: dict[str, Callable[[Path, Sequence[str]], tuple[pa.Schema, Batches]]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".arrow": _ipc,
    ".feather": _ipc,
}
