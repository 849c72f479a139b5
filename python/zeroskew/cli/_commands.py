"""What each command does; True means that anomalies or drift were found."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import zeroskew
from zeroskew._cell_text import shown
from zeroskew.cli import _convert, _data, _findings, _tables
from zeroskew.errors import DataValueError, FileError

Command: TypeAlias = Callable[[argparse.Namespace], bool]


def profile(options: argparse.Namespace) -> bool:
    made = _data.read(
        options.data,
        options.threads,
        options.columns,
        options.names,
        weight=options.weight,
        slices=[tuple(_data.names_of(one)) for one in options.slice or ()] or None,
        pairs=options.pairs,
    )
    if options.output:
        made.save(options.output)
    if options.json:
        write(options.json, json.dumps(made.to_dict(), indent=2, ensure_ascii=False) + "\n")
    if options.json != "-":
        _tables.show_profile(made)
    return False


def merge(options: argparse.Namespace) -> bool:
    merged = zeroskew.merge(
        _data.read(path, options.threads, options.columns) for path in options.data
    )
    merged.save(options.output)
    _tables.say(f"{merged.rows:,} rows, digest {merged.digest}")
    return False


def infer(options: argparse.Namespace) -> bool:
    made = _data.read_any(options.data, options.threads, options.columns, options.weight)
    schema = zeroskew.infer_schema(made, max_categories=options.max_categories)
    schema.save(options.output)
    _tables.say(f"schema of {len(made.columns):,} columns: {options.output}")
    return False


def check(options: argparse.Namespace) -> bool:
    schema = zeroskew.Schema.load(options.schema)
    sides = [
        _data.read_any(path, options.threads, options.columns, options.weight) if path else None
        for path in (options.data, options.reference, options.previous)
    ]
    data, reference, previous = sides
    assert data is not None
    anomalies = zeroskew.validate(
        data,
        schema,
        environment=options.environment,
        previous=previous,
        serving=reference,
        now=time.time(),
    )
    rows = _bad_rows(options, schema)
    found = _findings.findings(anomalies, rows)
    if options.json:
        write(options.json, anomalies.to_json() + "\n")
    if options.sarif:
        write(options.sarif, _findings.sarif(found, options.data))
    if options.junit:
        write(options.junit, _findings.junit(found, schema.features, options.data))
    if options.html:
        title = f"{Path(options.data).name} against {Path(options.schema).name}"
        behind = previous if reference is None else reference
        zeroskew.report(
            data,
            behind,
            anomalies,
            path=options.html,
            title=title,
        )
    if options.github:
        sys.stdout.write(_findings.github(found, options.data))
    if "-" not in (options.json, options.sarif, options.junit):
        _tables.show_rows(rows)
        _tables.show_anomalies(anomalies, int(data.rows))
    return any(one.severity == "ERROR" or options.severity == "warning" for one in found)


def _bad_rows(options: argparse.Namespace, schema: zeroskew.Schema) -> list[zeroskew.RowAnomaly]:
    """Faults of rows: all with --rows, else those of rules that columns cannot show. A saved
    profile has no rows."""
    if not _data.has_rows(options.data):
        if options.rows:
            raise DataValueError(
                "only a data file has rows to look at", "cli.no_rows", options.data
            )
        return []
    if not options.rows and not _has_row_rules(schema):
        return []
    batches = _data.rows_of(options.data, options.columns)
    found = zeroskew.validate_rows(batches, schema, options.environment, threads=options.threads)
    return [
        one
        for one in found
        if (options.rows or (not one.path and one.rule) or one.rule == "monotonic")
        and (one.path, one.type) != (options.weight, "SCHEMA_NEW_COLUMN")  # no column of the data
    ]


def _has_row_rules(schema: zeroskew.Schema) -> bool:
    return bool(schema.row_rules or schema.unique_key) or any(
        "monotonic" in schema.rules(name) for name in schema
    )


def compare(options: argparse.Namespace) -> bool:
    reference, current = (
        _data.read_any(path, options.threads, options.columns)
        for path in (options.reference, options.current)
    )
    rules = {"*": {"min_effect": options.min_effect}}
    drift = zeroskew.compare(reference, current, rules, options.correction, options.alpha)
    if options.json:
        write(options.json, drift.to_json() + "\n")
    if options.html:
        title = f"{Path(options.current).name} against {Path(options.reference).name}"
        zeroskew.report(
            current,
            reference,
            path=options.html,
            title=title,
        )
    if options.json != "-":
        _tables.show_drift(drift)
    return drift.drifted


def update(options: argparse.Namespace) -> bool:
    old = zeroskew.Schema.load(options.schema)
    data = _data.read_any(options.data, options.threads, options.columns, options.weight)
    zeroskew.update_schema(old, data).save(options.output)
    for anomaly in zeroskew.validate(data, old):
        _tables.say(str(anomaly.fix))
    return False


def diff(options: argparse.Namespace) -> bool:
    old, new = (zeroskew.Schema.load(path) for path in (options.old, options.new))
    changes = zeroskew.schema_diff(old, new)
    for change in changes:
        _tables.say(shown(str(change), 10_000))
    return bool(changes)


def report(options: argparse.Namespace) -> bool:
    data = _data.read_any(options.data, options.threads, options.columns)
    reference = (
        _data.read_any(options.reference, options.threads, options.columns)
        if options.reference
        else None
    )
    zeroskew.report(
        data,
        reference,
        schema=zeroskew.Schema.load(options.schema) if options.schema else None,
        environment=options.environment,
        path=options.output,
        title=options.title,
    )
    _tables.say(f"report: {options.output}")
    return False


def convert(options: argparse.Namespace) -> bool:
    _convert.convert(options.input, options.output)
    return False


def write(path: str, text: str) -> None:
    if path == "-":
        sys.stdout.write(text)
        return
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as failure:
        raise FileError(f"cannot be written: {failure.strerror}", "io.write", path) from failure
