"""Did the data move, where, and by how much?"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from zeroskew import _core
from zeroskew._distributions import columns
from zeroskew._frames import pandas_library
from zeroskew._imported import ImportedProfile
from zeroskew._profile import Profile, profile
from zeroskew._request import Pairs
from zeroskew.drift._result import Result, result_of
from zeroskew.errors import DataKeyError, DataTypeError

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


class _Judged:
    """What a verdict says of whatever it is on."""

    def __init__(self, core: _core.drift.ColumnDrift | _core.drift.PairDrift) -> None:
        self.drifted: bool = core.drifted
        self.verdict = Verdict(core.verdict, _readable(core.reason))
        self.pvalue: float | None = core.pvalue
        self.adjusted_pvalue: float | None = core.adjusted_pvalue
        self.effect: float = core.effect

    def _to_dict(self) -> dict[str, object]:
        return {
            "drifted": self.drifted,
            "verdict": self.verdict.word,
            "pvalue": self.pvalue,
            "adjusted_pvalue": self.adjusted_pvalue,
            "effect": self.effect,
            "reason": self.verdict.reason,
        }


class ColumnDrift(_Judged):
    """The verdict on one column.

    `pvalue` answers "did it move" (None where that cannot be said), `adjusted_pvalue` the same
    after the correction for many columns, `effect` "by how much", from 0 to 1. `drifted`: it
    moved, and by at least the smallest effect that matters (the rule's `min_effect`, 0.02 unless
    said otherwise). `distances`,
    `contributors` and `new_categories` are computed when they are asked for.
    """

    def __init__(
        self,
        core: _core.drift.ColumnDrift,
        details: Callable[[], _core.drift.ColumnDetails] | None = None,
    ) -> None:
        super().__init__(core)
        self.name: str = core.name
        self.tests: dict[str, Result] = {one.name: result_of(one) for one in core.tests}
        self._ask = details or (lambda: core.details)

    @cached_property
    def _details(self) -> _core.drift.ColumnDetails:
        return self._ask()

    @cached_property
    def distances(self) -> dict[str, Result]:
        """The rule's distances by name."""
        return {one.name: result_of(one) for one in self._details.distances}

    @cached_property
    def contributors(self) -> list[Contributor]:
        """The values or ranges whose shares changed most, ten at the most."""
        return [Contributor(*one) for one in self._details.contributors]

    @cached_property
    def new_categories(self) -> list[Contributor]:
        """Values that the reference does not have, the most frequent first."""
        return [Contributor(*one) for one in self._details.new_categories]

    def to_dict(self) -> dict[str, object]:
        """Everything, as plain values."""
        return {
            "name": self.name,
            **self._to_dict(),
            "tests": {name: asdict(one) for name, one in self.tests.items()},
            "distances": {name: asdict(one) for name, one in self.distances.items()},
            "contributors": [list(one) for one in self.contributors],
            "new_categories": [list(one) for one in self.new_categories],
        }


class PairDrift(_Judged):
    """The verdict on how two columns go together, beyond what each does by itself.

    `reference` and `current` are Pearson's correlation of numbers, Cramer's V of categories.
    `effect`: the change of the correlation, or the share of the current rows in other combinations
    than the reference's rows, weighted to the current side's columns, would be in.
    `contributors`: those combinations, the largest changes first.
    """

    def __init__(self, core: _core.drift.PairDrift) -> None:
        super().__init__(core)
        self.first: str = core.first
        self.second: str = core.second
        self.reference: float = core.reference
        self.current: float = core.current
        self.test: Result = result_of(core.test)
        self.contributors = [Contributor(*one) for one in core.contributors]

    def __repr__(self) -> str:
        return f"PairDrift({self.first!r}, {self.second!r}: {self.verdict})"

    def to_dict(self) -> dict[str, object]:
        """Everything, as plain values."""
        return {
            "first": self.first,
            "second": self.second,
            **self._to_dict(),
            "reference": self.reference,
            "current": self.current,
            "test": asdict(self.test),
            "contributors": [list(one) for one in self.contributors],
        }


def _readable(text: str) -> str:
    """Bytes that are no text (lone surrogates) as escapes, so that any encoder takes it."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class _Columns(Mapping[str, ColumnDrift]):
    """The columns' verdicts, each made when it is asked for."""

    def __init__(
        self, core: _core.drift.Drift, details: Callable[[str], _core.drift.ColumnDetails] | None
    ) -> None:
        self._core = core
        self._details = details
        self._places = {name: place for place, name in enumerate(core.names)}
        self._made: dict[str, ColumnDrift] = {}

    def __getitem__(self, name: str) -> ColumnDrift:
        if name not in self._made:
            ask = None if self._details is None else partial(self._details, name)
            self._made[name] = ColumnDrift(self._core.at(self._places[name]), ask)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Drift:
    """The verdict on all columns; `drift["fare"]` is that on one.

    `pairs`: by two names, sorted, how columns go together, where both profiles have pairs.
    """

    def __init__(
        self,
        core: _core.drift.Drift,
        details: Callable[[str], _core.drift.ColumnDetails] | None = None,
    ) -> None:
        self.drifted: bool = core.drifted
        self.alpha: float = core.alpha
        self.correction: str = core.correction
        self.columns: Mapping[str, ColumnDrift] = _Columns(core, details)
        self.pairs: Mapping[tuple[str, str], PairDrift] = {
            (one.first, one.second): PairDrift(one) for one in core.pairs
        }

    def __getitem__(self, name: str) -> ColumnDrift:
        try:
            return self.columns[name]
        except KeyError:
            raise DataKeyError(
                "no such column was compared", "drift.unknown_column", name
            ) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __repr__(self) -> str:
        word = "drifted" if self.drifted else "stable"
        lines = [f"Drift: {word} (alpha {self.alpha}, {self.correction})"]
        for one in self.columns.values():
            p = "-" if one.pvalue is None else f"{one.pvalue:.3g}"
            lines.append(
                f"  {one.name:<24} {one.verdict.word:<15} p {p:<9} effect {one.effect:.3f}"
                f"  {one.verdict.reason}"
            )
        lines += [
            f"  {one.first} with {one.second}: {one.verdict}"
            for one in self.pairs.values()
            if one.drifted
        ]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """Everything, as plain values that JSON can say; what is no number is None."""
        return {
            "drifted": self.drifted,
            "alpha": self.alpha,
            "correction": self.correction,
            "columns": [_plain(one.to_dict()) for one in self.columns.values()],
            "pairs": [_plain(one.to_dict()) for one in self.pairs.values()],
        }

    def to_json(self) -> str:
        """`to_dict` as JSON."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def to_frame(self) -> pd.DataFrame:
        """One row a column. Raises: Error python.package_missing without pandas."""
        rows = [
            {
                "column": one.name,
                **one._to_dict(),
                **{name: distance.statistic for name, distance in one.distances.items()},
            }
            for one in self.columns.values()
        ]
        return pandas_library().DataFrame(rows)


def _plain(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return _readable(value)
    if isinstance(value, Mapping):
        return {_readable(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def compare(
    reference: object,
    current: object,
    rules: Mapping[str, Mapping[str, object]] | None = None,
    correction: str = "bh",
    alpha: float = 0.05,
    *,
    pairs: Pairs = False,
    min_pair_effect: float = 0.05,
) -> Drift:
    """Compare two profiles, or two data sets, column by column.

    Without drift a column has drifted with chance `alpha` at most. `rules` maps a column's name
    (or "*" for all others) to any of `test` (a measure's name), `min_effect` (the smallest effect
    that matters, 0.02) and
    `distances` (names). `correction`: "bh" (Benjamini-Hochberg), "e-bh" (however the columns depend
    on each other), "holm", "bonferroni" or "none".

    `pairs`, of data: True for all pairs of columns, or a list of them; profiles have those that
    they were made with. A pair drifts if its columns go together in another way, whether each of
    them drifts or not, by `min_pair_effect` or more.

    Statistics that another tool wrote know a histogram's buckets only: what happens within a bucket
    cannot be seen.

    Raises: Error drift.bad_rule, drift.unknown_measure, and what reading data raises.
    """
    before, after = _side(reference, pairs), _side(current, pairs)
    own = _rules(rules)
    every = own.pop(EVERY_COLUMN, {})
    if not isinstance(before, Profile) or not isinstance(after, Profile):
        return Drift(
            _core.drift.compare(
                columns(before), columns(after), every, own, str(correction), float(alpha)
            )
        )
    # Profiles change by taking another core, so these two stay what was compared.
    sides = before._core, after._core

    def details(name: str) -> _core.drift.ColumnDetails:
        return _core.drift.compare_details(*sides, name, {**every, **own.get(name, {})})

    found = _core.drift.compare(
        *sides, every, own, str(correction), float(alpha), float(min_pair_effect)
    )
    return Drift(found, details)


def _rules(rules: Mapping[str, Mapping[str, object]] | None) -> dict[str, dict[str, object]]:
    if rules is not None and not isinstance(rules, Mapping):
        raise DataTypeError("rules are a dict by column", "drift.bad_rule", "rules")
    own = {}
    for name, rule in (rules or {}).items():
        if not isinstance(rule, Mapping):
            raise DataTypeError(
                "a rule is a dict of 'test', 'min_effect' and 'distances'", "drift.bad_rule", name
            )
        own[name] = dict(rule)
    return own


def _side(data: object, pairs: Pairs) -> Profile | ImportedProfile:
    if isinstance(data, (Profile, ImportedProfile)):
        return data
    return profile(data, pairs=pairs)
