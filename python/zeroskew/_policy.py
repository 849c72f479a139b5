"""Policies: the one file from the notebook to the server."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

from zeroskew import _core
from zeroskew._budgets import BudgetReport, guard_of, guard_to_dict, report_of, warn
from zeroskew._core import policy as room
from zeroskew._data import Data, batches
from zeroskew._keys import Keys, keys_of, whole
from zeroskew._monitor import Monitor
from zeroskew._profile import Profile
from zeroskew._schema import Schema
from zeroskew._table import Table
from zeroskew.errors import DataTypeError

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


class Policy:
    """Schema, fitted pipeline, baseline, rules, guards and golden rows: what a team deploys. Never
    changes.

    `rules`: {"column": "fare", "measure": "psi", "threshold": 0.2}, one a dict; a column "*", or
    none, is every column; what is not "column" or "measure" is a parameter of the measure.
    `guards`: {"measure": "failed_share", "limit": 0.01, "action": "error"}; actions are "pass",
    "warn", "error". With a "column" a guard is a drift budget, how far augmentation may move it:
    {"column": "fare", "measure": "psi", "limit": 0.1, "action": "warn"}; any measure of `zs.drift`
    that takes profiles ("linf", "psi", "ks", ...) with its parameters, and "*" for every column.
    `fallback`: {"action": "pass_through", "budget": 0.1}: what a server answers
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
        checked_part("schema", schema, Schema)
        checked_part("baseline", baseline, Profile)
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
            [guard_of(guard) for guard in guards or ()],
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
        return [guard_to_dict(guard) for guard in self._core.guards]

    @property
    def fallback(self) -> dict[str, Any]:
        return dict(self._core.fallback)

    @property
    def provenance(self) -> dict[str, Any]:
        return self._core.provenance

    def transform(
        self,
        data: Data,
        keys: Keys = None,
        epoch: int = 0,
        training: bool = False,
        threads: int | None = None,
    ) -> Table:
        """What the pipeline makes of a table, held to the drift budgets among the guards.

        As `FittedPipeline.transform`; where augmenting steps act, a budget that is used up is the
        error policy.drift_budget, a `BudgetWarning`, or nothing, as its action says.
        """
        made, report = self._transformed(data, keys, epoch, training, threads, True)
        warn(report, 2)
        return made

    def drift_budget(self, data: Data, keys: Keys = None, epoch: int = 0) -> BudgetReport:
        """How far training would move the columns that have a budget. Refuses nothing."""
        return report_of(self._transformed(data, keys, epoch, True, None, False)[1])

    def _transformed(
        self,
        data: Data,
        keys: Keys,
        epoch: int,
        training: bool,
        threads: int | None,
        enforce: bool,
    ) -> tuple[Table, room.BudgetReport]:
        given = list(batches(data))
        made, report = room.transform(
            self._core,
            given,
            keys_of(given, keys),
            whole("epoch", epoch),
            bool(training),
            0 if threads is None else whole("threads", threads),
            enforce,
        )
        return Table(made), report

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
        checked_part("other", other, Policy)
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


def checked_part(name: str, value: object, kind: type) -> None:
    if value is not None and not isinstance(value, kind):
        raise DataTypeError(
            f"is a {kind.__name__}, not {type(value).__name__!r}", "policy.part", name
        )


def _rule(rule: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    if not isinstance(rule, Mapping) or not isinstance(rule.get("measure"), str):
        raise DataTypeError('a rule is a dict with a "measure"', "policy.rule", repr(rule))
    more = {name: value for name, value in rule.items() if name not in ("column", "measure")}
    return rule.get("column", "*"), rule["measure"], more


def _fallback(rule: Mapping[str, Any] | None) -> dict[str, Any]:
    if rule is not None and not isinstance(rule, Mapping):
        raise DataTypeError(
            'a fallback is a dict such as {"action": "reject"}', "policy.fallback", repr(rule)
        )
    return dict(rule or {})
