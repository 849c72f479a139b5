"""Guards of transforms: how far they may move a column, whom they treat differently, and noise that
follows drift.

A budget bounds L-infinity, PSI, KS or another distance between a baseline and what the transforms
make; an audit compares what they make of groups; a rule moves one parameter of one step with what
was measured, inside bounds, and leaves a log entry.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from zeroskew import _core, drift
from zeroskew._audit import AuditLog
from zeroskew._budgets import BudgetReport, BudgetWarning, Measured, guard_of, report_of, warn
from zeroskew._core import policy as room
from zeroskew._data import Data, batches
from zeroskew._pipeline import Pipeline
from zeroskew._policy import Policy
from zeroskew._profile import Profile, profile
from zeroskew._table import Table
from zeroskew.errors import DataKeyError, DataTypeError, DataValueError

#: What a budget can limit and a parameter can follow: the measures that take profiles.
MEASURES: tuple[str, ...] = tuple(
    str(one["name"]) for one in _core.drift.registry() if one["intervals"]
)


def _profiled(data: Data | Profile | Table) -> Profile:
    return data if isinstance(data, Profile) else profile(data)


def _number(value: float | None) -> float:
    """A statistic that categories do not have is NaN here."""
    return math.nan if value is None else value


def drift_budget(
    baseline: Data | Profile,
    transformed: Data | Profile,
    limits: Mapping[str, Mapping[str, float]],
    action: Literal["error", "warn", "pass"] = "error",
) -> BudgetReport:
    """Holds transformed data to a budget: {"fare": {"ks": 0.05, "psi": 0.1, "linf": 0.02}}.

    Limits are of any measure that takes profiles (`MEASURES`). Where one is used up, beyond what
    chance explains, "error" raises policy.drift_budget and "warn" warns (BudgetWarning). A policy
    keeps such budgets among its guards, and holds its pipeline to them: `Policy.transform`.
    """
    before, after = _profiled(baseline), _profiled(transformed)
    budgets = []
    for column, by_measure in limits.items():
        for side, name in ((before, "baseline"), (after, "transformed data")):
            if column not in side.columns:
                raise DataKeyError(
                    f"the {name} has no such column", "transform.unknown_column", column
                )
        for measure, limit in by_measure.items():
            written = {"measure": measure, "limit": limit, "action": action, "column": column}
            budgets.append((guard_of(written), before[column]._core, after[column]._core))
    report = room.hold(budgets)
    report.enforce()
    warn(report, 2)
    return report_of(report)


@dataclass(frozen=True)
class GroupMeasure:
    """How a column of one group differs from that of all others."""

    group: str
    column: str
    rows: int
    missing_share: float
    mean: float
    ks: float
    psi: float
    shift: (
        float  #: difference of the means in standard deviations of all others; NaN for categories
    )


@dataclass(frozen=True)
class AuditReport:
    """What `fairness_audit` measured, group by group."""

    measured: tuple[GroupMeasure, ...]

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([asdict(one) for one in self.measured])

    def worst(self, measure: Literal["ks", "psi", "shift"] = "ks") -> GroupMeasure:
        """The group and column that are farthest from the others."""
        return max(self.measured, key=lambda one: abs(getattr(one, measure)))


def fairness_audit(
    transformed: Data, by: str, columns: Iterable[str] | None = None, least_rows: int = 30
) -> AuditReport:
    """Compares the transformed distributions of each value of `by` with those of all other rows.

    Groups of fewer than `least_rows` rows, and rows without a group, are left out: chance alone
    moves them.
    """
    pieces = [pa.record_batch(Table([batch])) for batch in batches(transformed)]
    table = pa.Table.from_batches(pieces).combine_chunks()
    wanted = (
        [name for name in table.column_names if name != by] if columns is None else list(columns)
    )
    for name in (by, *wanted):
        if name not in table.column_names:
            raise DataKeyError("there is no such column", "transform.unknown_column", name)
    measured = []
    for group in sorted(pc.unique(table[by]).drop_null().to_pylist(), key=str):
        mask = pc.fill_null(pc.equal(table[by], pa.scalar(group, table[by].type)), False)
        inside, outside = table.filter(mask), table.filter(pc.invert(mask))
        if inside.num_rows < least_rows or outside.num_rows < least_rows:
            continue
        here, there = profile(inside.select(wanted)), profile(outside.select(wanted))
        for name in wanted:
            a, b = here[name], there[name]
            mean, other, spread = _number(a.mean), _number(b.mean), _number(b.std)
            measured.append(
                GroupMeasure(
                    str(group),
                    name,
                    inside.num_rows,
                    a.missing / inside.num_rows,
                    mean,
                    float(drift.ks_2samp(b, a).statistic) if math.isfinite(mean) else math.nan,
                    float(drift.psi(b, a).statistic),
                    (mean - other) / spread if spread > 0 else math.nan,
                )
            )
    return AuditReport(tuple(measured))


@dataclass(frozen=True)
class FollowDrift:
    """Moves one parameter of a step with what is measured of its column, inside bounds.

    The parameter becomes `base` times the measure, held in [low, high]. Measures: "spread" is the
    current standard deviation over the reference's; any of `MEASURES` is 1 plus the distance.
    Nothing moves by itself: `apply` gives a new pipeline and the entry of the log.
    """

    step: int
    parameter: str
    base: float
    low: float
    high: float
    measure: str = "spread"

    def __post_init__(self) -> None:
        numbers = (self.base, self.low, self.high)
        if not all(math.isfinite(x) for x in numbers) or not self.low <= self.high:
            raise DataValueError(
                "base, low and high are numbers, low at most high", "transform.follow_drift"
            )
        if self.measure != "spread" and self.measure not in MEASURES:
            known = ", ".join(("spread", *MEASURES))
            raise DataValueError(
                f"there is no measure {self.measure!r}; there are {known}",
                "transform.follow_drift",
                "measure",
            )

    def apply(
        self,
        pipeline: Pipeline,
        reference: Data | Profile,
        current: Data | Profile,
        *,
        log: AuditLog | None = None,
        policy: Policy | str | None = None,
        who: str = "",
    ) -> tuple[Pipeline, dict[str, Any]]:
        """The pipeline with the parameter moved, and what was measured, wanted and set.

        With an audit log that entry is the note of a "follow_drift" there, beside the `policy` (or
        its digest) whose pipeline it is.
        """
        written = json.loads(pipeline.to_json())
        stages = written["steps"]
        if not 0 <= self.step < len(stages) or "step" not in stages[self.step]:
            raise DataKeyError(
                f"stage {self.step} of the pipeline is no step", "transform.follow_drift", "step"
            )
        stage = stages[self.step]
        columns = stage["columns"]
        if len(columns) != 1:
            raise DataValueError(
                "the step works on several columns; write one for each", "transform.follow_drift"
            )
        old = stage.get(self.parameter)
        if isinstance(old, bool) or not isinstance(old, int | float):
            raise DataTypeError(
                f"{self.parameter} is {old!r}, no number", "transform.follow_drift", stage["step"]
            )
        before, after = _profiled(reference)[columns[0]], _profiled(current)[columns[0]]
        if self.measure == "spread":
            spread = _number(before.std)
            value = _number(after.std) / spread if spread > 0 else math.nan
        else:
            value = 1.0 + drift.measure(self.measure, before, after).statistic
        if not math.isfinite(value):
            raise DataValueError(
                f"the {self.measure} of '{columns[0]}' is {value}",
                "transform.follow_drift",
                columns[0],
            )
        wanted = self.base * value
        new = min(max(wanted, self.low), self.high)
        stage[self.parameter] = new
        entry = {
            "step": stage["step"],
            "column": columns[0],
            "parameter": self.parameter,
            "measure": self.measure,
            "measured": value,
            "old": old,
            "wanted": wanted,
            "new": new,
            "held": new != wanted,
            "rule": asdict(self),
        }
        moved = Pipeline.from_json(json.dumps(written))
        if log is not None:
            if policy is None:
                raise DataTypeError(
                    "a log names the policy whose pipeline it is",
                    "transform.follow_drift",
                    "policy",
                )
            log.append("follow_drift", policy, who=who, note=json.dumps(entry))
        return moved, entry


__all__ = [
    "MEASURES",
    "AuditReport",
    "BudgetReport",
    "BudgetWarning",
    "FollowDrift",
    "GroupMeasure",
    "Measured",
    "drift_budget",
    "fairness_audit",
]
