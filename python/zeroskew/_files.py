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

ROWS = 1 << 17  # of a batch
_BLOCK = 16 << 20  # bytes of JSON lines that are parsed at once
_CSV_BLOCK = 1 << 20  # bytes of CSV that are; PyArrow reads some 32 of them ahead
_PAGES = 1 << 20  # bytes of a Parquet column that are read at once


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

    # Neither mapped nor read ahead, and a column page by page: memory is that of a batch, whatever
    # the size of the file or of its row groups.
    file = pq.ParquetFile(path, pre_buffer=False, buffer_size=_PAGES)
    schema = file.schema_arrow
    # A name that is not there is reported where names are looked up, beside those that are.
    wanted = list(dict.fromkeys(columns)) if columns and set(columns) <= set(schema.names) else None
    if wanted is not None:
        schema = pa.schema([schema.field(name) for name in wanted])
    groups = _row_groups([file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)])
    return schema, (part for group in groups for part in file.iter_batches(ROWS, group, wanted))


def _row_groups(rows: Sequence[int]) -> Iterator[list[int]]:
    """Row groups to read together: small ones are joined to a batch, large ones stand alone."""
    group: list[int] = []
    waiting = 0
    for i, count in enumerate(rows):
        group.append(i)
        waiting += count
        if waiting >= ROWS or i + 1 == len(rows):
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

    read = csv.ReadOptions(block_size=_CSV_BLOCK)
    parse = csv.ParseOptions(newlines_in_values=True)

    def stream(types: dict[str, pa.DataType], source: object = path) -> csv.CSVStreamingReader:
        convert = csv.ConvertOptions(
            strings_can_be_null=True, quoted_strings_can_be_null=False, column_types=types
        )
        return csv.open_csv(source, read, parse, convert)

    reader = stream(_types_of_all_blocks(stream))
    return reader.schema, iter(reader)


def _types_of_all_blocks(stream: Callable[..., pa.RecordBatchReader]) -> dict[str, pa.DataType]:
    """The types that PyArrow infers of a whole table: those of the first block, and wherever a
    later cell does not fit, the next one that it fits.
    """
    schema = stream({}).schema
    types = dict(zip(schema.names, schema.types, strict=True))
    while True:
        try:
            for _ in stream(types):
                pass
            return types
        except pa.ArrowInvalid as failure:
            found = re.match(
                r"In CSV column #(\d+): .*?(?:invalid value '(.*)')?$", str(failure), re.S
            )
            name = schema.names[int(found[1])] if found else None
            if found is None or name is None or types[name] == _CSV_TYPES[-1]:
                raise
            types[name] = _next_type(stream, types[name], found[2])


def _next_type(
    stream: Callable[..., pa.RecordBatchReader], type: pa.DataType, cell: str | None
) -> pa.DataType:
    wider = _CSV_TYPES[_CSV_TYPES.index(type) + 1 :]
    quoted = "" if cell is None else cell.replace('"', '""')
    for candidate in wider if cell is not None else ():
        one = pa.BufferReader(f'x\n"{quoted}"\n'.encode("utf-8", "surrogateescape"))
        try:
            for _ in stream({"x": candidate}, one):
                pass
            return candidate
        except pa.ArrowInvalid:
            continue
    return wider[0]


#: In the order in which PyArrow tries them.
_CSV_TYPES = [
    pa.null(), pa.int64(), pa.bool_(), pa.date32(), pa.time32("s"), pa.timestamp("s"),
    pa.timestamp("s", "UTC"), pa.timestamp("ns"), pa.timestamp("ns", "UTC"), pa.float64(),
    pa.string(), pa.binary(),
]  # fmt: skip


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
