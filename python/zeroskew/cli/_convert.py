"""From one form of a schema, of statistics or of anomalies to another."""

from __future__ import annotations

from pathlib import Path

import zeroskew
from zeroskew.cli import _data
from zeroskew.cli._file_kind import BINARY, TEXT, kind_of, suffix_of
from zeroskew.errors import DataValueError


def convert(source: str, target: str) -> None:
    """Writes what `source` holds in the form that the suffix of `target` names."""
    kind = kind_of(source)
    to = Path(target)
    if suffix_of(to) not in BINARY + TEXT:
        known = " ".join(TEXT + BINARY)
        raise DataValueError(
            f"no form is known by the suffix; known are {known}", "cli.convert", target
        )
    if kind == "anomalies":
        zeroskew.tfx.save_anomalies(zeroskew.tfx.load_anomalies(source), to)
    elif kind == "schema":
        zeroskew.tfx.save_schema(zeroskew.tfx.load_schema(source), to)
    elif kind == "statistics":
        zeroskew.tfx.save_statistics(zeroskew.tfx.load_statistics(source), to)
    else:
        zeroskew.tfx.save_statistics(_data.read(source), to)
