"""Interchange with TensorFlow Extended: its schema, statistics and anomalies, in its own files.

`pip install 'zeroskew[tfx]'` brings the messages (tensorflow-metadata, without TensorFlow). What
another tool has counted is read without them: `load_statistics` of a binary file or a TFRecord
gives a read-only profile that `zeroskew.validate`, `infer_schema`, `update_schema` and `compare`
take.
"""

from zeroskew._imported import ImportedColumn, ImportedProfile
from zeroskew.tfx._files import (
    load_anomalies,
    load_schema,
    load_statistics,
    read_anomalies,
    read_schema,
    read_statistics,
    save_anomalies,
    save_schema,
    save_statistics,
    split_path,
    write_anomalies,
    write_schema,
    write_statistics,
)
from zeroskew.tfx._profiles import profile_from_proto, profile_to_proto
from zeroskew.tfx._records import read_records, write_records
from zeroskew.tfx._schemas import (
    anomalies_from_proto,
    anomalies_to_proto,
    schema_from_proto,
    schema_to_proto,
)

__all__ = [
    "ImportedColumn",
    "ImportedProfile",
    "anomalies_from_proto",
    "anomalies_to_proto",
    "load_anomalies",
    "load_schema",
    "load_statistics",
    "profile_from_proto",
    "profile_to_proto",
    "read_anomalies",
    "read_records",
    "read_schema",
    "read_statistics",
    "save_anomalies",
    "save_schema",
    "save_statistics",
    "schema_from_proto",
    "schema_to_proto",
    "split_path",
    "write_anomalies",
    "write_records",
    "write_schema",
    "write_statistics",
]
