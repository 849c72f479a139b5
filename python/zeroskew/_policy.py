"""Policies: the one file from the notebook to the server, its monitor and its audit log."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from zeroskew import _core
from zeroskew._core import policy as room
from zeroskew._data import Data, batches
from zeroskew._profile import Profile
from zeroskew._schema import Schema
from zeroskew._streams import of_array
from zeroskew.errors import DataTypeError, DataValueError

if TYPE_CHECKING:
    from zeroskew._pipeline import FittedPipeline


class PolicyChange(NamedTuple):
    """What differs between two policies: the part, the place in it, and what it was and is."""

    part: str
    where: str
    message: str

    def __str__(self) -> str:
        return (
            f"{self.part}: {self.where}: {self.message}"
            if self.where
            else f"{self.part}: {self.message}"
        )


class AuditEntry(NamedTuple):
    """One line of an audit log."""

    number: int
    when: str
    who: str
    action: str
    policy: str
    note: str
    previous: str
    hash: str


class Policy:
    """Schema, fitted pipeline, baseline, rules, guards and golden rows: what a team deploys. Never
    changes.

    `rules`: {"column": "fare", "measure": "psi", "threshold": 0.2}, one a dict; a column "*", or
    none, is every column; what is not "column" or "measure" is a parameter of the measure.
    `guards`: {"measure": "failed_share", "limit": 0.01, "action": "error"}; actions are "pass",
    "warn", "error". `fallback`: {"action": "pass_through", "budget": 0.1}: what a server answers
    when more rows than that share fail; actions are "reject" (an error), "pass_through" (the row as
    it came), "last_good" (the policy before); also min_rows, window and pause in seconds, trials.
    `sample`: rows to take golden rows from; others are made of the baseline's extremes and frequent
    values. `parent`: the policy that this one replaces, or its digest. `data`: names and digests of
    what it was made from.
    """

    def __init__(
        self,
        *,
        schema: Schema | None = None,
        pipeline: FittedPipeline | None = None,
        baseline: Profile | None = None,
        rules: Iterable[Mapping[str, Any]] | None = None,
        guards: Iterable[Mapping[str, Any]] | None = None,
        fallback: Mapping[str, Any] | None = None,
        sample: Data | None = None,
        golden_rows: int = 32,
        who: str = "",
        when: str | None = None,
        data: Mapping[str, str] | None = None,
        code_version: str | None = None,
        parent: Policy | str | None = None,
    ) -> None:
        _check("schema", schema, Schema)
        _check("baseline", baseline, Profile)
        if pipeline is not None and not hasattr(pipeline, "transform"):
            raise DataTypeError(
                "is a fitted pipeline: what Pipeline.fit returns", "policy.part", "pipeline"
            )
        provenance = {
            "who": who,
            "when": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            if when is None
            else when,
            "data": dict(data or {}),
            "code_version": _core.version if code_version is None else code_version,
            "parent": parent.digest if isinstance(parent, Policy) else parent or "",
        }
        self._core = room.Policy(
            (schema or Schema())._core,
            None if pipeline is None else pipeline.to_json(),
            (baseline or Profile())._core,
            [_rule(rule) for rule in rules or ()],
            [_guard(guard) for guard in guards or ()],
            _fallback(fallback),
            provenance,
            [] if sample is None else list(batches(sample)),
            golden_rows,
        )

    @classmethod
    def _of(cls, core: room.Policy) -> Policy:
        policy = cls.__new__(cls)
        policy._core = core
        return policy

    @classmethod
    def load(cls, path: str | os.PathLike[str], public_key: str | None = None) -> Policy:
        """Checks everything, replays the golden rows, and only then returns.

        With an Ed25519 `public_key` (PEM) the policy must be signed by its owner.
        """
        return cls._of(room.Policy.load(os.fsencode(path), public_key or ""))

    @classmethod
    def from_json(cls, text: str, public_key: str | None = None) -> Policy:
        return cls._of(room.Policy.from_json(text, public_key or ""))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes canonical JSON; a save that fails leaves the old file."""
        self._core.save(os.fsencode(path))

    def to_json(self) -> str:
        return self._core.to_json()

    def verify(self, public_key: str | None = None) -> None:
        """Raises unless the policy reads back as itself, to the bit, golden rows and signature
        included.
        """
        self._core.verify(public_key or "")

    def signed(self, private_key: str) -> Policy:
        """The same policy with a signature by an Ed25519 private key (PEM). The digest stays."""
        copy = self._core.copy()
        copy.sign(private_key)
        return Policy._of(copy)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical content, 64 hex digits."""
        return self._core.digest

    @property
    def signature(self) -> str:
        """Base64; "" if nobody signed it."""
        return self._core.signature

    @property
    def schema(self) -> Schema:
        return Schema._of(self._core.schema)

    @property
    def pipeline(self) -> FittedPipeline:
        from zeroskew._pipeline import FittedPipeline

        return FittedPipeline.from_json(self._core.pipeline)

    @property
    def baseline(self) -> Profile:
        return Profile._of(self._core.baseline)

    @property
    def rules(self) -> list[dict[str, Any]]:
        return [
            {"column": column, "measure": name, **more} for column, name, more in self._core.rules
        ]

    @property
    def guards(self) -> list[dict[str, Any]]:
        return [
            {"measure": name, "limit": limit, "action": action}
            for name, limit, action in self._core.guards
        ]

    @property
    def fallback(self) -> dict[str, Any]:
        return dict(self._core.fallback)

    @property
    def provenance(self) -> dict[str, Any]:
        return self._core.provenance

    def monitor(
        self,
        *,
        alpha: float = 0.05,
        bins: int = 10,
        max_labels: int = 100,
        min_effect: float = 0.1,
        min_rows: int = 100,
    ) -> Monitor:
        """Watches rows against the baseline."""
        return Monitor._of(self._core.monitor(alpha, bins, max_labels, min_effect, min_rows))

    def diff(self, other: Policy) -> list[PolicyChange]:
        """What changes when `other` takes the place of this policy."""
        _check("other", other, Policy)
        return [PolicyChange(*change) for change in room.diff(self._core, other._core)]

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Policy) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        return Policy.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        rows, golden = self._core.baseline.rows, self._core.golden_rows
        return (
            f"<zeroskew.Policy {self.digest[:12]}: baseline of {rows:,} rows, {golden} golden rows>"
        )

    _core: room.Policy


class Monitor:
    """What a server sees, against the baseline of its policy. Safe from any thread."""

    _core: room.Monitor

    def __init__(self) -> None:
        raise DataTypeError("comes from Policy.monitor", "policy.monitor", "Monitor")

    @classmethod
    def _of(cls, core: room.Monitor) -> Monitor:
        monitor = cls.__new__(cls)
        monitor._core = core
        return monitor

    @property
    def features(self) -> list[str]:
        return self._core.features

    def record(self, data: Data) -> None:
        """A table, or a row as a dict of cells."""
        if isinstance(data, Mapping) and not any(_is_column(cell) for cell in data.values()):
            self._core.record(of_array(_row(data)))
            return
        for batch in batches(data):
            self._core.record(batch)

    def failed(self, rows: int = 1) -> None:
        """Rows that could not be transformed."""
        self._core.failed(rows)

    def report(self) -> MonitorReport:
        """Compares all that was recorded so far with the baseline. May be asked for as often as one
        likes.
        """
        return MonitorReport(self._core.report())

    def snapshot(self) -> str:
        """All counts so far as JSON: those of many servers can be absorbed by one monitor."""
        return self._core.snapshot()

    def absorb(self, snapshot: str) -> None:
        """Counts what another monitor of the same policy counted. In any order: the counts are
        exact.
        """
        self._core.absorb(snapshot)


class MonitorReport:
    """What a monitor says, feature by feature: `report["fare"]["drifted"]`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._data: dict[str, Any] = json.loads(text)
        self._features = {feature["name"]: feature for feature in self._data["features"]}

    @property
    def drifted(self) -> bool:
        drifted: bool = self._data["drifted"]
        return drifted

    @property
    def rows(self) -> int:
        return int(self._data["rows"])

    @property
    def failed(self) -> int:
        return int(self._data["failed"])

    @property
    def policy(self) -> str:
        """The digest of the policy."""
        return str(self._data["policy"])

    @property
    def action(self) -> str:
        """The worst action of the guards that are broken: "pass", "warn" or "error"."""
        return str(self._data["action"])

    @property
    def features(self) -> list[dict[str, Any]]:
        return list(self._features.values())

    @property
    def guards(self) -> list[dict[str, Any]]:
        return list(self._data["guards"])

    def __getitem__(self, name: str) -> dict[str, Any]:
        feature: dict[str, Any] = self._features[name]
        return feature

    def __bool__(self) -> bool:
        return self.drifted

    def to_json(self) -> str:
        return self._text

    def __repr__(self) -> str:
        moved = [name for name, feature in self._features.items() if feature["drifted"]]
        names = ", ".join(moved) or "nothing"
        return f"<zeroskew.MonitorReport of {self.rows:,} rows: {names} drifted>"


class AuditLog:
    """A file of JSON lines that only grows; each carries the hash of the one before."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._core = room.AuditLog(os.fsencode(path))

    def append(
        self,
        action: str,
        policy: Policy | str,
        *,
        who: str = "",
        note: str = "",
        when: str | None = None,
    ) -> AuditEntry:
        """Adds an entry, and waits until it is on the disk."""
        return AuditEntry(*self._core.append(action, _digest(policy), who, note, when or ""))

    def rollback(self, policy: Policy | str, *, who: str = "", note: str = "") -> AuditEntry:
        """Goes back to a policy that was deployed before."""
        return AuditEntry(*self._core.rollback(_digest(policy), who, note))

    @property
    def entries(self) -> list[AuditEntry]:
        """All entries; raises with the line where the chain is broken."""
        return [AuditEntry(*entry) for entry in self._core.entries()]

    @property
    def current(self) -> str:
        """The digest that the last "deploy" or "rollback" names; "" if there is none."""
        return self._core.current()

    def verify(self) -> None:
        """Raises with the line where the chain is broken."""
        self._core.entries()


class PolicyStore:
    """A folder with every policy that was deployed, and the audit log that says which one serves.

    With an Ed25519 `public_key` (PEM) only policies that its owner signed are read.
    """

    def __init__(self, folder: str | os.PathLike[str], public_key: str | None = None) -> None:
        self._core = room.PolicyStore(os.fsencode(folder), public_key or "")
        self._folder = os.fspath(folder)

    def deploy(self, policy: Policy, *, who: str = "", note: str = "") -> AuditEntry:
        """Keeps the policy, and says in the log that it serves from now on."""
        _check("policy", policy, Policy)
        return AuditEntry(*self._core.deploy(policy._core, who, note))

    def rollback(self, digest: str = "", *, who: str = "", note: str = "") -> AuditEntry:
        """Goes back to a policy that was deployed before: this one, or else the one before the
        current one.
        """
        return AuditEntry(*self._core.rollback(digest, who, note))

    def load(self, digest: str = "") -> Policy:
        """The policy of this digest, or else the current one."""
        return Policy._of(self._core.load(digest or self.current))

    @property
    def current(self) -> str:
        """The digest of the policy that serves; "" if none was deployed."""
        return self._core.current()

    @property
    def previous(self) -> str:
        """The digest of the one before; "" if there is none."""
        return self._core.previous()

    @property
    def log(self) -> AuditLog:
        return AuditLog(Path(self._folder) / "audit.jsonl")


def _digest(policy: Policy | str) -> str:
    return policy.digest if isinstance(policy, Policy) else policy


def _check(name: str, value: object, kind: type) -> None:
    if value is not None and not isinstance(value, kind):
        raise DataTypeError(
            f"is a {kind.__name__}, not {type(value).__name__!r}", "policy.part", name
        )


def _rule(rule: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    if not isinstance(rule, Mapping) or not isinstance(rule.get("measure"), str):
        raise DataTypeError('a rule is a dict with a "measure"', "policy.rule", repr(rule))
    more = {name: value for name, value in rule.items() if name not in ("column", "measure")}
    return rule.get("column", "*"), rule["measure"], more


def _guard(guard: Mapping[str, Any]) -> tuple[str, float, str]:
    names = {"measure", "limit", "action"}
    if not isinstance(guard, Mapping) or not {"measure", "limit"} <= set(guard) <= names:
        raise DataTypeError(
            'a guard is a dict with "measure", "limit" and "action"', "policy.guard", repr(guard)
        )
    return guard["measure"], float(guard["limit"]), guard.get("action", "error")


def _fallback(rule: Mapping[str, Any] | None) -> dict[str, Any]:
    if rule is not None and not isinstance(rule, Mapping):
        raise DataTypeError(
            'a fallback is a dict such as {"action": "reject"}', "policy.fallback", repr(rule)
        )
    return dict(rule or {})


def _is_column(cell: Any) -> bool:
    return isinstance(cell, Iterable) and not isinstance(cell, str | bytes)


def _row(cells: Mapping[str, Any]) -> pa.RecordBatch:
    try:
        return pa.RecordBatch.from_pydict({name: [cell] for name, cell in cells.items()})
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as failure:
        raise DataValueError(
            f"cannot be turned into Arrow data: {failure}", "data.unconvertible"
        ) from failure
