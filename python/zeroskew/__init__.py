"""Profiles, schemas, drift and transforms with the same bits in the notebook and in the server."""

from zeroskew import drift, errors
from zeroskew._anomalies import Anomalies, Anomaly, AnomalyType, Fix, Measurement, Severity, validate
from zeroskew._column_profile import ColumnProfile
from zeroskew._compare import ColumnDrift, Drift, compare
from zeroskew._core import version as __version__
from zeroskew._numbers import Numbers
from zeroskew._profile import Profile, merge, profile
from zeroskew._report import report
from zeroskew._schema import Schema, SchemaChange, infer_schema, schema_diff, update_schema
from zeroskew._values import Bin, Estimate
from zeroskew.errors import Error

__all__ = [
    "Anomalies",
    "Anomaly",
    "AnomalyType",
    "Bin",
    "ColumnDrift",
    "ColumnProfile",
    "Drift",
    "Error",
    "Estimate",
    "Fix",
    "Measurement",
    "Numbers",
    "Profile",
    "Schema",
    "SchemaChange",
    "Severity",
    "__version__",
    "compare",
    "drift",
    "errors",
    "infer_schema",
    "merge",
    "profile",
    "report",
    "schema_diff",
    "update_schema",
    "validate",
]
