"""The commands about policies, and fitting and applying; True means that something was found."""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from pathlib import Path
from typing import Any

import zeroskew
from zeroskew import _files
from zeroskew._budgets import BudgetWarning
from zeroskew.cli import _policy_tables, _tables
from zeroskew.cli._commands import write
from zeroskew.errors import DataValueError, FileError, FileMissingError


def fit(options: argparse.Namespace) -> bool:
    pipeline = zeroskew.Pipeline.load(options.pipeline)
    baseline = zeroskew.profile(options.data)
    fitted = pipeline.fit(options.data)
    settings = _settings(options.settings)
    policy = zeroskew.Policy(
        schema=zeroskew.Schema.load(options.schema)
        if options.schema
        else zeroskew.infer_schema(baseline),
        pipeline=fitted,
        baseline=baseline,
        sample=options.data,
        who=options.who,
        when=options.when,
        data={Path(options.data).name: baseline.digest},
        parent=zeroskew.Policy.load(options.parent) if options.parent else None,
        **settings,
    )
    if options.sign:
        policy = policy.signed(_text(options.sign))
    policy.save(options.output)
    _tables.say(f"{options.output}: policy {policy.digest}, fitted on {baseline.rows:,} rows")
    return False


def apply(options: argparse.Namespace) -> bool:
    policy = _load(options.policy, options)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", BudgetWarning)
        table = policy.transform(
            options.data, keys=options.keys, epoch=options.epoch, training=options.training
        )
    for one in caught:
        print(f"zeroskew: warning: {one.message}", file=sys.stderr)
    _save_table(table, options.output)
    _tables.say(f"{options.output}: {table.rows:,} rows, {len(table.columns):,} columns")
    return False


def verify(options: argparse.Namespace) -> bool:
    policy = _load(options.policy, options)
    policy.verify(_key(options))
    if options.json:
        described: dict[str, Any] = {"digest": policy.digest, "signed": bool(policy.signature)}
        write(
            options.json, json.dumps(described | {"provenance": policy.provenance}, indent=2) + "\n"
        )
    if options.json != "-":
        _policy_tables.show_policy(policy)
    return False


def diff(options: argparse.Namespace) -> bool:
    before, after = _load(options.before, options), _load(options.after, options)
    changes = before.diff(after)
    if options.json:
        write(
            options.json,
            json.dumps([one._asdict() for one in changes], indent=2, ensure_ascii=False) + "\n",
        )
    if options.json != "-":
        _policy_tables.show_changes(changes)
    return bool(changes)


def gate(options: argparse.Namespace) -> bool:
    result = zeroskew.gate(
        _load(options.candidate, options),
        options.data,
        _load(options.current, options) if options.current else None,
        environment=options.environment,
        group=options.group,
        max_introduced=options.max_introduced,
        max_gap=options.max_gap,
        max_latency=options.max_latency,
    )
    if options.json:
        write(options.json, result.to_json() + "\n")
    if options.json != "-":
        _policy_tables.show_gate(result)
    return not result.passed


def deploy(options: argparse.Namespace) -> bool:
    entry = _store(options).deploy(
        _load(options.policy, options), who=options.who, note=options.note
    )
    _tables.say(f"deployed {entry.policy}")
    return False


def rollback(options: argparse.Namespace) -> bool:
    entry = _store(options).rollback(options.digest or "", who=options.who, note=options.note)
    _tables.say(f"rolled back to {entry.policy}")
    return False


def log(options: argparse.Namespace) -> bool:
    path = Path(options.log)
    entries = zeroskew.AuditLog(path / "audit.jsonl" if path.is_dir() else path).entries
    if not entries and not path.exists():
        raise FileMissingError("there is no such log or folder", "io.not_found", str(path))
    if options.json:
        write(
            options.json,
            json.dumps([one._asdict() for one in entries], indent=2, ensure_ascii=False) + "\n",
        )
    if options.json != "-":
        _policy_tables.show_log(entries)
    return False


def _load(path: str, options: argparse.Namespace) -> zeroskew.Policy:
    return zeroskew.Policy.load(path, _key(options))


def _store(options: argparse.Namespace) -> zeroskew.PolicyStore:
    return zeroskew.PolicyStore(options.store, _key(options))


def _key(options: argparse.Namespace) -> str | None:
    return _text(options.public_key) if options.public_key else None


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        raise FileError(f"cannot be read: {failure}", "io.read", path) from failure


def _settings(path: str | None) -> dict[str, Any]:
    """Rules, guards and the fallback: what is no part of the pipeline."""
    if path is None:
        return {}
    known = ("rules", "guards", "fallback")
    try:
        settings = json.loads(_text(path))
    except (ValueError, RecursionError) as failure:
        raise DataValueError(f"not JSON: {failure}", "cli.settings", path) from failure
    if not isinstance(settings, dict) or not set(settings) <= set(known):
        raise DataValueError(f"an object with any of {', '.join(known)}", "cli.settings", path)
    return settings


def _save_table(table: zeroskew.Table, path: str) -> None:
    import pyarrow as pa
    from pyarrow import csv, feather, parquet

    suffix = Path(path).suffix.lower()
    arrow = table.to_arrow()
    try:
        if suffix == ".csv":
            csv.write_csv(arrow, path)
        elif suffix == ".parquet":
            parquet.write_table(arrow, path)
        elif suffix in (".arrow", ".feather"):
            feather.write_feather(arrow, path, compression="uncompressed")
        elif suffix in (".jsonl", ".ndjson"):
            lines = (json.dumps(row, ensure_ascii=False, default=str) for row in arrow.to_pylist())
            write(path, "".join(line + "\n" for line in lines))
        else:
            known = " ".join(_files.SUFFIXES)
            raise DataValueError(
                f"the suffix names no format that is written; known are {known}", "cli.format", path
            )
    except (OSError, pa.ArrowException) as failure:
        raise FileError(f"cannot be written: {failure}", "io.write", path) from failure
