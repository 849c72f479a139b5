"""What a file of TensorFlow's tools holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

Kind = Literal["schema", "statistics", "anomalies"]

_RECORDS = (".tfrecord", ".tfrecords")
BINARY = (".pb", ".binpb", *_RECORDS)
TEXT = (".pbtxt", ".json")
_ANOMALIES = {
    "baseline",
    "anomaly_info",
    "anomaly_name_format",
    "data_missing",
    "drift_skew_info",
    "dataset_anomaly_info",
}


def kind_of(path: str) -> Kind | None:
    """What a file of TensorFlow's tools holds: by its top-level fields, or by its name where it is
    binary. None for all other files.
    """
    place = Path(path)
    suffix = suffix_of(place)
    if suffix in BINARY:
        name = place.name.lower()
        if "schemadiff" in name or "anomal" in name:
            return "anomalies"
        return "schema" if "schema" in name else "statistics"
    if suffix not in TEXT:
        return None
    try:
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return "schema"  # whose reader says what is wrong
    names = (
        _json_names(text) if suffix == ".json" else set(re.findall(r"^(\w+)", text, re.MULTILINE))
    )
    if "datasets" in names:
        return "statistics"
    return "anomalies" if names & _ANOMALIES else "schema"


def suffix_of(place: Path) -> str:
    name = place.with_suffix("") if place.suffix.lower() == ".gz" else place
    return name.suffix.lower()


def _json_names(text: str) -> set[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return set()
    # JSON may spell names the other way: anomalyInfo.
    return (
        {re.sub(r"[A-Z]", lambda c: "_" + c[0].lower(), name) for name in found}
        if isinstance(found, dict)
        else set()
    )
