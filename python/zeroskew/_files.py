"""Files as streams of Arrow batches; memory stays bounded wherever the format allows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from zeroskew._core.column import Batch, Fields, infer_json_lines, read_json_lines
from zeroskew._streams import of_array, of_stream
from zeroskew.errors import DataValueError, Error, FileError, FileMissingError

_Arrow = tuple[pa.Schema, Iterator[pa.RecordBatch]]

_ROWS = 1 << 17
_BLOCK = 16 << 20  # bytes of text that are parsed at once
_WHOLE_CSV = 256 << 20  # a smaller file is read at once, by all cores


def batches(path: Path, columns: Sequence[str]) -> Iterator[Batch]:
    """The batches of a file, the first one without rows; only the named columns where the format
    can skip others.
    """
    if path.is_dir():
        raise FileError("is a directory; name one file in it", "io.is_directory", str(path))
    if not path.exists():
        raise FileMissingError("there is no such file", "io.not_found", str(path))
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        known = " ".join(SUFFIXES)
        raise DataValueError(
            f"the suffix {suffix!r} names no format that is read; known are {known}",
            "io.unknown_format",
            str(path),
        )
    parts = reader(path, columns)
    while True:
        try:
            part = next(parts, None)
        except Error as failure:
            raise type(failure)(failure.message, failure.id, _place(path, failure)) from failure
        except (pa.ArrowException, OSError, ValueError, EOFError) as failure:
            raise _broken(path, failure) from failure
        if part is None:
            return
        yield part


def _place(path: Path, failure: Error) -> str:
    return f"{path}: {failure.where}" if failure.where else str(path)


def _broken(path: Path, failure: Exception) -> Error:
    text = str(failure)
    if "Expected" in text and "columns, got" in text:
        return DataValueError(f"rows of different lengths: {text}", "io.csv_ragged", str(path))
    if "Empty CSV file" in text:
        return DataValueError(
            "an empty file; a CSV file starts with its header", "io.csv_empty", str(path)
        )
    if isinstance(failure, OSError) and failure.errno is not None:
        return FileError(f"cannot be read: {failure.strerror}", "io.read", str(path))
    return DataValueError(
        f"not a readable {path.suffix.lower()} file: {text}", "io.malformed", str(path)
    )


def _of_arrow(
    read: Callable[[Path, Sequence[str]], _Arrow],
) -> Callable[[Path, Sequence[str]], Iterator[Batch]]:
    def batches_of(path: Path, columns: Sequence[str]) -> Iterator[Batch]:
        schema, parts = read(path, columns)
        yield from of_stream(schema.empty_table())
        yield from map(of_array, parts)

    return batches_of


def _parquet(path: Path, columns: Sequence[str]) -> _Arrow:
    import pyarrow.parquet as pq

    # Neither mapped nor read ahead: memory is that of some row groups, whatever the size of the
    # file.
    file = pq.ParquetFile(path, pre_buffer=False)
    schema = file.schema_arrow
    # A name that is not there is reported where names are looked up, beside those that are.
    wanted = list(dict.fromkeys(columns)) if columns and set(columns) <= set(schema.names) else None
    if wanted is not None:
        schema = pa.schema([schema.field(name) for name in wanted])
    groups = _row_groups([file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)])
    return schema, (part for group in groups for part in file.iter_batches(_ROWS, group, wanted))


def _row_groups(rows: Sequence[int]) -> Iterator[list[int]]:
    """Row groups to read together: small ones are joined to a batch, large ones stand alone."""
    group: list[int] = []
    waiting = 0
    for i, count in enumerate(rows):
        group.append(i)
        waiting += count
        if waiting >= _ROWS or i + 1 == len(rows):
            yield group
            group, waiting = [], 0


def _ipc(path: Path, columns: Sequence[str]) -> _Arrow:
    source = pa.memory_map(str(path)) if path.stat().st_size else pa.BufferReader(b"")
    if source.read(6) == b"ARROW1":
        file = pa.ipc.open_file(source)
        return file.schema, (file.get_batch(i) for i in range(file.num_record_batches))
    source.seek(0)
    stream = pa.ipc.open_stream(source)
    return stream.schema, iter(stream)


def _csv(path: Path, columns: Sequence[str]) -> _Arrow:
    from pyarrow import csv

    read = csv.ReadOptions(block_size=_BLOCK)
    parse = csv.ParseOptions(newlines_in_values=True)

    def convert(types: dict[str, pa.DataType]) -> csv.ConvertOptions:
        return csv.ConvertOptions(
            strings_can_be_null=True, quoted_strings_can_be_null=False, column_types=types
        )

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
    """Types that every block fits: those of the first block, widened wherever a later block needs
    it.
    """
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


def _json_lines(path: Path, columns: Sequence[str]) -> Iterator[Batch]:
    fields = Fields()
    for text, line in _blocks_of_lines(path):
        fields = infer_json_lines(text, fields, line)
    yield read_json_lines(b"", fields, 1)
    for text, line in _blocks_of_lines(path):
        yield read_json_lines(text, fields, line)


def _blocks_of_lines(path: Path) -> Iterator[tuple[bytes, int]]:
    """Whole lines, many at once, and the number of the first one."""
    line = 1
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            block += file.readline()
            yield block, line
            line += block.count(b"\n")


_READERS: dict[str, Callable[[Path, Sequence[str]], Iterator[Batch]]] = {
    ".csv": _of_arrow(_csv),
    ".parquet": _of_arrow(_parquet),
    ".arrow": _of_arrow(_ipc),
    ".feather": _of_arrow(_ipc),
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
}

#: Of the files that are data.
SUFFIXES = tuple(_READERS)
