"""TFRecord: a length, its checksum, the bytes, their checksum; one record after the other."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterable, Iterator

from zeroskew._core.schema import masked_crc32c
from zeroskew.errors import DataValueError

_LENGTH = struct.Struct("<Q")
_CHECKSUM = struct.Struct("<I")
_HEAD = _LENGTH.size + _CHECKSUM.size
_GZIP = b"\x1f\x8b"


def write_records(records: Iterable[bytes]) -> bytes:
    """The bytes of a TFRecord file."""
    parts: list[bytes] = []
    for record in records:
        length = _LENGTH.pack(len(record))
        parts += [
            length,
            _CHECKSUM.pack(masked_crc32c(length)),
            record,
            _CHECKSUM.pack(masked_crc32c(record)),
        ]
    return b"".join(parts)


def read_records(data: bytes) -> Iterator[bytes]:
    """The records of a TFRecord file, which may be compressed by gzip. Every checksum is checked.

    Raises: Error tfx.bad_record, with the offset.
    """
    if data[:2] == _GZIP:
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as failure:
            raise DataValueError(
                f"not a gzip file: {failure}", "tfx.bad_record", "byte 0"
            ) from None
    at = 0
    while at < len(data):
        head = data[at : at + _HEAD]
        if len(head) < _HEAD:
            raise _bad(at, "the file is cut off within the head of a record")
        if _CHECKSUM.unpack(head[_LENGTH.size :])[0] != masked_crc32c(head[: _LENGTH.size]):
            raise _bad(at, "the checksum of a length is wrong: no TFRecord file, or a damaged one")
        size = _LENGTH.unpack(head[: _LENGTH.size])[0]
        end = at + _HEAD + size
        if end + _CHECKSUM.size > len(data):
            raise _bad(at, f"the file is cut off within a record of {size} bytes")
        record = data[at + _HEAD : end]
        if _CHECKSUM.unpack(data[end : end + _CHECKSUM.size])[0] != masked_crc32c(record):
            raise _bad(at, "the checksum of a record is wrong: the file is damaged")
        yield record
        at = end + _CHECKSUM.size


def looks_like_records(data: bytes) -> bool:
    """Does it begin as a TFRecord file does?"""
    head = data[:_HEAD]
    if data[:2] == _GZIP:
        return True
    return len(head) == _HEAD and head[_LENGTH.size :] == _CHECKSUM.pack(
        masked_crc32c(head[: _LENGTH.size])
    )


def _bad(at: int, what: str) -> DataValueError:
    return DataValueError(what, "tfx.bad_record", f"byte {at}")
