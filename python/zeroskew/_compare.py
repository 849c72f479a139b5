"""Did the data move, where, and by how much?"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

from zeroskew import _core
from zeroskew._distributions import columns
from zeroskew._imported import ImportedProfile
from zeroskew._profile import Profile, profile
from zeroskew.drift import Result, result_of
from zeroskew.errors import DataKeyError, EngineError

if TYPE_CHECKING:
    import pandas as pd

#: The rules that apply to every column that has none of its own.
EVERY_COLUMN = "*"


class Contributor(NamedTuple):
    """A value, or a range of values, whose share changed."""

    name: str
    reference: float
    current: float

    @property
    def change(self) -> float:
        """The current share less the reference's."""
        return self.current - self.reference


class Verdict(NamedTuple):
    """A word ("drifted", "stable" or "cannot compare") and a reason."""

    word: str
    reason: str

    def __str__(self) -> str:
        return f"{self.word}: {self.reason}"


@dataclass(frozen=True)
class ColumnDrift:
    """The verdict on one column.

    `pvalue` answers "did it move" (None where that cannot be said), `adjusted_pvalue` the same after the
    correction for many columns, `effect` "by how much", from 0 to 1. `drifted`: it moved, and by at least the
    smallest effect that matters (the rule's `min_effect`, 0.02 unless said otherwise).
    """

    name: str
    drifted: bool
    verdict: Verdict
    pvalue: float | None
    adjusted_pvalue: float | None
    effect: float
    tests: dict[str, Result]
    distances: dict[str, Result]
    contributors: list[Contributor]
    new_categories: list[Contributor]


def _column(core: _core.drift.ColumnDrift) -> ColumnDrift:
    return ColumnDrift(
        core.name,
        core.drifted,
        Verdict(core.verdict, core.reason),
        core.pvalue,
        core.adjusted_pvalue,
        core.effect,
        {one.name: result_of(one) for one in core.tests},
        {one.name: result_of(one) for one in core.distances},
        [Contributor(*one) for one in core.contributors],
        [Contributor(*one) for one in core.new_categories],
    )


class Drift:
    """The verdict on all columns; `drift["fare"]` is that on one."""

    def __init__(self, core: _core.drift.Drift) -> None:
        self.drifted: bool = core.drifted
        self.alpha: float = core.alpha
        self.correction: str = core.correction
        self.columns: dict[str, ColumnDrift] = {one.name: _column(one) for one in core.columns}

    def __getitem__(self, name: str) -> ColumnDrift:
        try:
            return self.columns[name]
        except KeyError:
            raise DataKeyError("no such column was compared", "drift.unknown_column", name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __repr__(self) -> str:
        lines = [f"Drift: {'drifted' if self.drifted else 'stable'} (alpha {self.alpha}, {self.correction})"]
        for one in self.columns.values():
            p = "-" if one.pvalue is None else f"{one.pvalue:.3g}"
            lines.append(
                f"  {one.name:<24} {one.verdict.word:<15} p {p:<9} effect {one.effect:.3f}  {one.verdict.reason}"
            )
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """Everything, as plain values that JSON can say; what is no number is None."""
        return {
            "drifted": self.drifted,
            "alpha": self.alpha,
            "correction": self.correction,
            "columns": [
                _plain(asdict(one) | {"verdict": one.verdict.word, "reason": one.verdict.reason})
                for one in self.columns.values()
            ],
        }

    def to_json(self) -> str:
        """`to_dict` as JSON."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def to_frame(self) -> pd.DataFrame:
        """One row a column. Raises: Error engine.missing without pandas."""
        try:
            import pandas as pd
        except ImportError:
            raise EngineError(
                "a frame needs pandas: pip install zeroskew[pandas]", "engine.missing", "pandas"
            ) from None
        rows = [
            {
                "column": one.name,
                "drifted": one.drifted,
                "verdict": one.verdict.word,
                "pvalue": one.pvalue,
                "adjusted_pvalue": one.adjusted_pvalue,
                "effect": one.effect,
                "reason": one.verdict.reason,
                **{name: distance.statistic for name, distance in one.distances.items()},
            }
            for one in self.columns.values()
        ]
        return pd.DataFrame(rows)


def _plain(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def compare(
    reference: object,
    current: object,
    rules: Mapping[str, Mapping[str, object]] | None = None,
    correction: str = "bh",
    alpha: float = 0.05,
) -> Drift:
    """Compare two profiles, or two data sets, column by column.

    Without drift a column has drifted with chance `alpha` at most. `rules` maps a column's name (or "*" for
    all others) to any of `test` (a measure's name), `min_effect` (the smallest effect that matters, 0.02) and
    `distances` (names). `correction`: "bh" (Benjamini-Hochberg), "holm", "bonferroni" or "none".

    Statistics that another tool wrote know a histogram's buckets only: what happens within a bucket
    cannot be seen.

    Raises: Error drift.bad_rule, drift.unknown_measure, and what reading data raises.
    """
    before, after = _side(reference), _side(current)
    own = {name: dict(rule) for name, rule in (rules or {}).items()}
    every = own.pop(EVERY_COLUMN, {})
    if isinstance(before, Profile) and isinstance(after, Profile):
        return Drift(_core.drift.compare(before._core, after._core, every, own, correction, alpha))
    return Drift(_core.drift.compare(columns(before), columns(after), every, own, correction, alpha))


def _side(data: object) -> Profile | ImportedProfile:
    return data if isinstance(data, (Profile, ImportedProfile)) else profile(data)
