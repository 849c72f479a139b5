"""Files of the TFX layout: statistics, schema and anomalies, one directory a split."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from zeroskew import _core
from zeroskew._anomalies import Anomalies
from zeroskew._imported import ImportedProfile, imported
from zeroskew._profile import Profile
from zeroskew._schema import Schema
from zeroskew.errors import DataValueError, Error, FileError, FileMissingError
from zeroskew.tfx._profiles import merged, profile_to_proto
from zeroskew.tfx._protos import as_json, from_bytes, parsed, printed
from zeroskew.tfx._records import looks_like_records, read_records, write_records
from zeroskew.tfx._schemas import (
    anomalies_from_proto,
    anomalies_to_proto,
    schema_from_proto,
    schema_to_proto,
)

FilePath: TypeAlias = "str | os.PathLike[str]"

STATISTICS, SCHEMA, ANOMALIES = "FeatureStats.pb", "schema.pbtxt", "SchemaDiff.pb"
_SPLIT = "Split-"


def save_statistics(
    profile: Profile | ImportedProfile,
    path: FilePath,
    *,
    schema: Schema | None = None,
    state: bool = False,
) -> None:
    """Writes a DatasetFeatureStatisticsList: .pbtxt (text), .json, .tfrecord (one record), else
    binary.

    A save that fails leaves the old file. `schema`, `state`: see `profile_to_proto`.
    """
    _write(Path(path), profile_to_proto(profile, schema=schema, state=state))


def load_statistics(path: FilePath) -> ImportedProfile:
    """Reads statistics in any of these forms, whatever the name: binary, text, TFRecord, also with
    gzip. The records of a TFRecord are shards of one list.

    Raises: Error io.*, tfx.*, schema.* and statistics.*, with the file.
    """
    place = Path(path)
    data = _read(place)
    try:
        if looks_like_records(data):
            records = list(read_records(data))
            if len(records) == 1:
                return imported(records[0])
            lists = [from_bytes("DatasetFeatureStatisticsList", one) for one in records]
            return imported(merged(lists).SerializeToString(deterministic=True))
        suffix = place.suffix.lower()
        form = "text" if suffix == ".pbtxt" else "json" if suffix == ".json" else "binary"
        return imported(data, form)
    except Error as failure:
        raise _placed(failure, place) from failure


def save_schema(schema: Schema, path: FilePath) -> None:
    """Writes a schema: .json, .pbtxt (text), else binary."""
    place = Path(path)
    if place.suffix.lower() in (".json", ".pbtxt"):
        _directory(place.parent)
        schema.save(place)
    else:
        _write(place, schema_to_proto(schema))


def load_schema(path: FilePath) -> Schema:
    """Reads a schema: .json, .pbtxt (text), else binary.

    Raises: Error io.*, tfx.* and schema.*, with the file.
    """
    place = Path(path)
    if place.suffix.lower() in (".json", ".pbtxt"):
        return Schema.load(place)
    try:
        return schema_from_proto(from_bytes("Schema", _read(place)))
    except Error as failure:
        raise _placed(failure, place) from failure


def save_anomalies(anomalies: Anomalies, path: FilePath) -> None:
    """Writes a tensorflow.metadata.v0.Anomalies: .pbtxt (text), .json, else binary."""
    place = Path(path)
    if place.suffix.lower() == ".json":
        _write_bytes(place, (anomalies.to_json() + "\n").encode())
    else:
        _write(place, anomalies_to_proto(anomalies))


def load_anomalies(path: FilePath) -> Anomalies:
    """Reads anomalies: .pbtxt (text), .json, else binary. They have no fixes.

    Raises: Error io.*, tfx.* and schema.*, with the file.
    """
    place = Path(path)
    data = _read(place)
    try:
        if place.suffix.lower() == ".json":
            return Anomalies.from_json(_text(data))
        text = place.suffix.lower() == ".pbtxt"
        message = parsed("Anomalies", _text(data)) if text else from_bytes("Anomalies", data)
        return anomalies_from_proto(message)
    except Error as failure:
        raise _placed(failure, place) from failure


def write_statistics(
    root: FilePath, splits: Mapping[str, Profile | ImportedProfile], *, schema: Schema | None = None
) -> None:
    """Writes `root`/Split-<name>/FeatureStats.pb for each split, as StatisticsGen does."""
    for split, profile in splits.items():
        save_statistics(profile, split_path(root, split, STATISTICS), schema=schema)


def read_statistics(root: FilePath) -> dict[str, ImportedProfile]:
    """The statistics of every split below `root`, by its name, sorted.

    Raises: Error io.not_found where there is no split.
    """
    return {split: load_statistics(path) for split, path in _splits(root, STATISTICS).items()}


def write_schema(root: FilePath, schema: Schema) -> None:
    """Writes `root`/schema.pbtxt, as SchemaGen does."""
    save_schema(schema, Path(root) / SCHEMA)


def read_schema(root: FilePath) -> Schema:
    return Schema.load(Path(root) / SCHEMA)


def write_anomalies(root: FilePath, splits: Mapping[str, Anomalies]) -> None:
    """Writes `root`/Split-<name>/SchemaDiff.pb for each split, as ExampleValidator does."""
    for split, anomalies in splits.items():
        save_anomalies(anomalies, split_path(root, split, ANOMALIES))


def read_anomalies(root: FilePath) -> dict[str, Anomalies]:
    """The anomalies of every split below `root`, by its name, sorted.

    Raises: Error io.not_found where there is no split.
    """
    return {split: load_anomalies(path) for split, path in _splits(root, ANOMALIES).items()}


def split_path(root: FilePath, split: str, file: str) -> Path:
    """Where the file of a split stands.

    Raises: Error tfx.bad_split for a name that is no directory's.
    """
    if not split or Path(split).name != split:
        raise DataValueError("a split has a plain name", "tfx.bad_split", repr(split))
    return Path(root) / f"{_SPLIT}{split}" / file


def _splits(root: FilePath, file: str) -> dict[str, Path]:
    found = sorted(Path(root).glob(f"{_SPLIT}*/{file}"))
    if not found:
        raise FileMissingError(f"there is no {_SPLIT}<name>/{file}", "io.not_found", str(root))
    return {path.parent.name.removeprefix(_SPLIT): path for path in found}


def _write(place: Path, message: Any) -> None:
    suffix = place.suffix.lower()
    if suffix in (".pbtxt", ".json"):
        _write_bytes(place, (printed(message) if suffix == ".pbtxt" else as_json(message)).encode())
        return
    data = bytes(message.SerializeToString(deterministic=True))
    _write_bytes(place, write_records([data]) if suffix == ".tfrecord" else data)


def _write_bytes(place: Path, data: bytes) -> None:
    _directory(place.parent)
    _core.schema.write_file(os.fsencode(place), data)


def _directory(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise FileError(f"cannot be made: {failure.strerror}", "io.write", str(place)) from failure


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        raise FileMissingError("there is no such file", "io.not_found", str(place)) from None
    except OSError as failure:
        raise FileError(f"cannot be read: {failure.strerror}", "io.read", str(place)) from failure


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as failure:
        raise DataValueError(f"not UTF-8: {failure}", "tfx.bad_text") from None


def _placed(failure: Error, place: Path) -> Error:
    where = f"{place}: {failure.where}" if failure.where else str(place)
    return type(failure)(failure.message, failure.id, where)
