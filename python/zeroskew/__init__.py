"""Profiles, schemas, drift and transforms with the same bits in the notebook and in the server."""

from importlib import import_module as _import_module
from types import ModuleType as _ModuleType

from zeroskew import drift, errors, monitor, steps
from zeroskew._anomalies import (
    Anomalies,
    Anomaly,
    AnomalyType,
    Fix,
    Measurement,
    Severity,
    validate,
    validate_slices,
)
from zeroskew._audit import AuditEntry, AuditLog, PolicyStore
from zeroskew._column_profile import ColumnProfile
from zeroskew._compare import ColumnDrift, Drift, PairDrift, compare
from zeroskew._composition import OneOf, Sequence, SomeOf
from zeroskew._core import version as __version__
from zeroskew._dataset import Dataset, dataset
from zeroskew._formats import Format, formats
from zeroskew._gate import Gate, GateCheck, gate
from zeroskew._infer import infer_schema, update_schema
from zeroskew._levels import Level
from zeroskew._monitor import Monitor, MonitorReport
from zeroskew._numbers import Numbers
from zeroskew._pair import Pair
from zeroskew._pipeline import FittedPipeline, Pipeline
from zeroskew._policy import Policy, PolicyChange
from zeroskew._profile import Profile, merge, profile
from zeroskew._report import report
from zeroskew._rows import RowAnomalies, RowAnomaly, RowSample, validate_rows
from zeroskew._schema import RowRule, Schema
from zeroskew._schema_diff import SchemaChange, schema_diff
from zeroskew._suggest import Suggestion, suggest_rules
from zeroskew._table import Table
from zeroskew._values import Bin, Estimate
from zeroskew._weighted import Weighted
from zeroskew.errors import Error
from zeroskew.steps import *  # noqa: F403


def __getattr__(name: str) -> _ModuleType:
    """Modules that few need, or that need other packages, are imported when they are asked for."""
    if name in ("guards", "image", "sklearn", "testing", "tfx", "windows"):
        return _import_module(f"zeroskew.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Anomalies",
    "Anomaly",
    "AnomalyType",
    "AuditEntry",
    "AuditLog",
    "Bin",
    "ColumnDrift",
    "ColumnProfile",
    "Dataset",
    "Drift",
    "Error",
    "Estimate",
    "FittedPipeline",
    "Fix",
    "Format",
    "Gate",
    "GateCheck",
    "Level",
    "Measurement",
    "Monitor",
    "MonitorReport",
    "Numbers",
    "OneOf",
    "Pair",
    "PairDrift",
    "Pipeline",
    "Policy",
    "PolicyChange",
    "PolicyStore",
    "Profile",
    "RowAnomalies",
    "RowAnomaly",
    "RowRule",
    "RowSample",
    "Schema",
    "SchemaChange",
    "Sequence",
    "Severity",
    "SomeOf",
    "Suggestion",
    "Table",
    "Weighted",
    "__version__",
    "compare",
    "dataset",
    "drift",
    "errors",
    "formats",
    "gate",
    "infer_schema",
    "merge",
    "monitor",
    "profile",
    "report",
    "schema_diff",
    "steps",
    "suggest_rules",
    "update_schema",
    "validate",
    "validate_rows",
    "validate_slices",
]
__all__ += steps.__all__
