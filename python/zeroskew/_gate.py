"""May a policy serve these data? Checks with a table and a verdict, for continuous integration."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from zeroskew._anomalies import validate
from zeroskew._compare import compare
from zeroskew._data import Data, batches
from zeroskew._pipeline import FittedPipeline
from zeroskew._policy import Policy, PolicyChange
from zeroskew._profile import Profile, profile
from zeroskew._table import Table
from zeroskew.errors import DataKeyError, Error

_SAMPLE = 100_000  # rows that are transformed; all rows are profiled and monitored
_TIMED = 2_000
_SMALLEST_GROUP = 30


class GateCheck(NamedTuple):
    """One line of a gate's table."""

    name: str
    found: str
    allowed: str
    passed: bool


class Gate:
    """What a gate found: true when every check passed."""

    def __init__(self, checks: list[GateCheck], changes: list[PolicyChange]) -> None:
        self.checks = checks
        #: What changes against the current policy; for reading, it decides nothing.
        self.changes = changes

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    def __bool__(self) -> bool:
        return self.passed

    def __iter__(self) -> Iterator[GateCheck]:
        return iter(self.checks)

    def to_json(self) -> str:
        """{"passed", "checks": [{"name", "found", "allowed", "passed"}], "changes": [...]}"""
        checks = [check._asdict() for check in self.checks]
        changes = [change._asdict() for change in self.changes]
        return json.dumps(
            {"passed": self.passed, "checks": checks, "changes": changes},
            indent=2,
            ensure_ascii=False,
        )

    def __repr__(self) -> str:
        failed = [check.name for check in self.checks if not check.passed]
        return f"<zeroskew.Gate: {'failed ' + ', '.join(failed) if failed else 'passed'}>"


def gate(
    candidate: Policy,
    data: Data,
    current: Policy | None = None,
    *,
    environment: str | None = None,
    group: str | None = None,
    max_introduced: float = 0.1,
    max_gap: float = 0.1,
    max_latency: float | None = None,
) -> Gate:
    """Holds a candidate against data that it would serve, and tells what changes against the
    current policy.

    The golden rows come out to the bit; the data have no anomaly of severity ERROR under the
    candidate's schema, unless a guard on "anomalies" allows for it; they have not drifted from its
    baseline, unless a guard on "drifted" or "drifted_share" allows for it; no guard whose action is
    "error" is broken, drift budgets of the augmentation among them; the pipeline refuses no row,
    unless a guard on "failed_share" allows for it.

    Drift that the candidate introduces: against `current`, no output column's effect (0: as before,
    1: nothing in common) is above `max_introduced`, on the same rows. Fairness: with a column
    `group`, no group of at least 30 rows is refused more often than all rows are, nor changed more
    by the candidate than all rows are, by more than `max_gap`. Latency: with `max_latency`
    (microseconds), the 99th percentile of a row's transform stays below it. The transforms see the
    first 100,000 rows.
    """
    candidate.verify()
    checks = [GateCheck("golden rows", "the same bits", "the same bits", True)]
    seen = Profile()
    monitor = candidate.monitor()
    kept: list[Any] = []
    rows = 0
    for batch in batches(data):
        seen.update(batch)
        monitor.record(batch)
        if rows < _SAMPLE:
            kept.append(batch)
        rows += batch.rows
    sample = Table(kept).to_arrow().slice(0, _SAMPLE)
    after = _Outcome(candidate.pipeline, sample)
    monitor.failed(after.refused)
    errors = [
        one
        for one in validate(seen, candidate.schema, environment=environment)
        if one.severity == "ERROR"
    ]
    report = monitor.report()
    moved = [feature["name"] for feature in report.features if feature["drifted"]]
    limited = {guard["measure"] for guard in report.guards}
    named = f": {errors[0].path or 'the data'}: {errors[0].message}" if errors else ""
    if "anomalies" not in limited:
        checks.append(GateCheck("anomalies", f"{len(errors)}{named}", "0", not errors))
    if not limited & {"drifted", "drifted_share"}:
        checks.append(GateCheck("drift", ", ".join(moved) or "none", "none", not moved))
    if "failed_share" not in limited:
        checks.append(GateCheck("refused rows", after.refused_text, "0", not after.refused))
    for guard in report.guards:
        found, broken = f"{float(guard['value']):.4g}", guard["broken"]
        if guard["measure"] == "anomalies":  # which the monitor cannot count
            found, broken = f"{len(errors)}{named}", len(errors) > guard["limit"]
        allowed = f"{guard['limit']:g}, else {guard['action']}"
        kept_to = not broken or guard["action"] != "error"
        checks.append(GateCheck(guard["measure"], found, allowed, kept_to))
    checks.extend(_budgets(candidate, sample, after.taken))
    before = None if current is None else _Outcome(current.pipeline, sample)
    if before is not None:
        checks.append(_introduced(before.outputs, after.outputs, max_introduced))
    if group is not None:
        checks.extend(_fairness(sample, group, before, after, max_gap))
    if max_latency is not None:
        checks.append(_latency(candidate.pipeline, sample, max_latency))
    return Gate(checks, [] if current is None else current.diff(candidate))


class _Outcome:
    """What a pipeline makes of a sample: its outputs, row for row, and which rows it refuses."""

    def __init__(self, pipeline: FittedPipeline, sample: pa.Table) -> None:
        self.first = ""
        try:
            outputs = pipeline.transform(sample).to_arrow()
            self.taken = [True] * sample.num_rows
        except Error as failure:
            self.first = str(failure)
            parts = []
            self.taken = []
            for at in range(sample.num_rows if _fits(pipeline, sample) else 0):
                try:
                    parts.append(pipeline.transform(sample.slice(at, 1), keys=[at]).to_arrow())
                    self.taken.append(True)
                except Error:
                    self.taken.append(False)
            self.taken = self.taken or [False] * sample.num_rows
            outputs = pa.concat_tables(parts) if parts else sample.slice(0, 0)
        # Columns that pass through say nothing about the pipeline.
        same = [
            name
            for name in outputs.column_names
            if name in sample.column_names and _same(name, outputs, sample)
        ]
        self.outputs = outputs.drop_columns(same)

    @property
    def refused(self) -> int:
        return len(self.taken) - sum(self.taken)

    @property
    def refused_text(self) -> str:
        return f"{self.refused}: {self.first}" if self.refused else "0"

    def of(self, chosen: list[bool]) -> pa.Table:
        """The outputs of the chosen rows."""
        return self.outputs.filter(
            pa.array([c for c, taken in zip(chosen, self.taken, strict=True) if taken])
        )


def _budgets(candidate: Policy, sample: pa.Table, taken: list[bool]) -> Iterator[GateCheck]:
    """What training on the rows that the pipeline takes would move."""
    if not any("column" in guard for guard in candidate.guards) or not any(taken):
        return
    keys = [at for at, one in enumerate(taken) if one]
    for one in candidate.drift_budget(sample.take(keys), keys=keys).measured:
        yield GateCheck(
            f"drift budget: {one.measure} of {one.column}",
            one.result.reason or f"{one.value:.4g}",
            f"{one.limit:g}, else {one.action}",
            one.within or one.action != "error",
        )


def _fits(pipeline: FittedPipeline, sample: pa.Table) -> bool:
    try:
        pipeline.transform(sample.slice(0, 0))
    except Error:
        return False
    return True


def _same(name: str, outputs: pa.Table, sample: pa.Table) -> bool:
    return bool(
        outputs.num_rows == sample.num_rows and outputs.column(name).equals(sample.column(name))
    )


def _effects(before: pa.Table, after: pa.Table) -> dict[str, float]:
    """The effect of the change on each output; a column that only one side has is a change of
    everything.
    """
    effects = dict.fromkeys(set(before.column_names) ^ set(after.column_names), 1.0)
    common = [name for name in before.column_names if name in after.column_names]
    if common and before.num_rows and after.num_rows:
        drift = compare(profile(before.select(common)), profile(after.select(common)))
        effects |= {name: float(one.effect or 0.0) for name, one in drift.columns.items()}
    return effects


def _introduced(before: pa.Table, after: pa.Table, limit: float) -> GateCheck:
    effects = _effects(before, after)
    worst = max(effects, key=lambda name: (effects[name], name), default="")
    found = f"{effects[worst]:.3f} ({worst})" if worst else "no outputs"
    return GateCheck("drift introduced", found, f"{limit:g}", effects.get(worst, 0.0) <= limit)


def _fairness(
    sample: pa.Table, group: str, before: _Outcome | None, after: _Outcome, limit: float
) -> Iterator[GateCheck]:
    if group not in sample.column_names:
        raise DataKeyError("there is no such column to group by", "gate.group", group)
    labels = sample.column(group).to_pylist()
    sizes: dict[Any, int] = {}
    for label in labels:
        sizes[label] = sizes.get(label, 0) + 1
    groups = [label for label, size in sizes.items() if size >= _SMALLEST_GROUP]
    overall = after.refused / max(1, sample.num_rows)
    refused: dict[Any, float] = {}
    changed: dict[Any, float] = {}
    whole = max(_effects(before.outputs, after.outputs).values(), default=0.0) if before else 0.0
    for label in groups:
        chosen = [one == label for one in labels]
        taken = sum(t for t, c in zip(after.taken, chosen, strict=True) if c)
        refused[label] = 1.0 - taken / sizes[label] - overall
        if before is not None:
            changed[label] = (
                max(_effects(before.of(chosen), after.of(chosen)).values(), default=0.0) - whole
            )
    yield _gap(f"fairness: refused by {group}", refused, limit)
    if before is not None:
        yield _gap(f"fairness: changed by {group}", changed, limit)


def _gap(name: str, gaps: dict[Any, float], limit: float) -> GateCheck:
    if not gaps:
        return GateCheck(name, f"no group of {_SMALLEST_GROUP} rows", f"{limit:g}", False)
    worst = max(gaps, key=lambda label: gaps[label])
    return GateCheck(name, f"{gaps[worst]:+.3f} ({worst})", f"+{limit:g}", gaps[worst] <= limit)


def _latency(pipeline: FittedPipeline, sample: pa.Table, limit: float) -> GateCheck:
    plan = pipeline.plan(sample.column_names)
    taken = []
    for row in sample.slice(0, _TIMED).to_pylist():
        start = time.perf_counter_ns()
        try:
            plan(row)
        except Error:
            continue  # counted elsewhere
        taken.append((time.perf_counter_ns() - start) / 1000)
    if not taken:
        return GateCheck("latency", "no row", f"{limit:g} us", False)
    taken.sort()
    p99 = taken[min(len(taken) - 1, len(taken) * 99 // 100)]
    return GateCheck("latency", f"p99 {p99:.1f} us", f"{limit:g} us", p99 <= limit)
