"""The search for a row on which two implementations differ."""

from __future__ import annotations

import random
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from zeroskew._profile import Profile
from zeroskew.errors import DataValueError
from zeroskew.testing._hypothesis import hypothesis, strategies
from zeroskew.testing._rows import rows as rows_of
from zeroskew.testing._sides import Raised, RowFunction, answer, row_function
from zeroskew.testing._skews import Skew, Skews

_Rows: TypeAlias = strategies.SearchStrategy[dict[str, Any]]

_ABSENT = Raised("absent")
_ANSWER = Raised("an answer")
_WHOLE_ROW = ""


def find_skew(
    ours: object,
    theirs: object,
    rows: Profile | _Rows,
    *,
    outputs: Iterable[str] | None = None,
    rtol: float = 0.0,
    atol: float = 0.0,
    examples: int = 500,
    seed: int = 0,
) -> Skews:
    """Holds two implementations of the same features against each other.

    `ours` and `theirs`: fitted pipelines, policies, or functions of a row (a dict) that give a dict
    of outputs; `of_frames` makes one of a function of pandas frames. `rows`: the reference profile,
    or a strategy, such as `zeroskew.testing.rows` makes. `outputs`: those to compare; else all but
    columns of the row that ours hands through and theirs leaves out. Numbers are the same within
    `atol + rtol * abs(theirs)`; NaN is NaN, and None is None. Where both raise, they agree.

    For each output that differs on any of `examples` rows: a row as small as could be found. The
    same seed and code give the same answer.

    Raises: Error testing.side, testing.reference, testing.outputs, testing.examples.
    """
    mine, other = row_function(ours, "ours"), row_function(theirs, "theirs")
    wanted = None if outputs is None else set(outputs)
    if wanted is not None and not wanted:
        raise DataValueError("names no output to compare", "testing.outputs", "outputs")
    if examples < 1:
        raise DataValueError("at least one row", "testing.examples", str(examples))
    strategy = rows if isinstance(rows, strategies.SearchStrategy) else rows_of(rows)
    search = _Search(mine, other, wanted, rtol, atol)
    quiet = hypothesis.settings(
        database=None,
        deadline=None,
        max_examples=examples,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        suppress_health_check=list(hypothesis.HealthCheck),
        print_blob=False,
    )

    @hypothesis.seed(seed)
    @hypothesis.settings(quiet)
    @hypothesis.given(strategy)
    def look(row: dict[str, Any]) -> None:
        search.look(row)

    # What either side warns of on odd rows is not asked here, only what it answers.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        look()
        ordinary = _find(strategy, lambda _: True, quiet, seed)
        found = [
            search.skew(name, _smallest(search, strategy, name, quiet, seed), ordinary)
            for name in sorted(search.counts)
        ]
    return Skews(found, search.rows, sorted(search.outputs))


def assert_no_skew(
    ours: object,
    theirs: object,
    rows: Profile | _Rows,
    **options: Any,
) -> None:
    """Raises AssertionError with what `find_skew` found, in tests."""
    found = find_skew(ours, theirs, rows, **options)
    if found:
        raise AssertionError(repr(found))


class _Search:
    def __init__(
        self,
        ours: RowFunction,
        theirs: RowFunction,
        wanted: set[str] | None,
        rtol: float,
        atol: float,
    ) -> None:
        self._sides = ours, theirs
        self._wanted = wanted
        self._rtol, self._atol = rtol, atol
        self.rows = 0
        self.outputs: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.first: dict[str, dict[str, Any]] = {}

    def look(self, row: dict[str, Any]) -> None:
        self.rows += 1
        for name in self.differences(row):
            self.counts[name] += 1
            self.first.setdefault(name, row)

    def differences(self, row: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """(ours, theirs) of each output that differs."""
        ours, theirs = (answer(side, row) for side in self._sides)
        if isinstance(ours, Raised) or isinstance(theirs, Raised):
            both = isinstance(ours, Raised) and isinstance(theirs, Raised)
            return {} if both else {_WHOLE_ROW: (ours, theirs)}
        names = self._wanted or {*theirs, *(name for name in ours if name not in row)}
        self.outputs |= names
        pairs = {name: (ours.get(name, _ABSENT), theirs.get(name, _ABSENT)) for name in names}
        return {
            name: pair for name, pair in pairs.items() if not same(*pair, self._rtol, self._atol)
        }

    def skew(self, name: str, row: dict[str, Any], ordinary: dict[str, Any]) -> Skew:
        for key in row:  # each cell that does not matter becomes ordinary
            plainer = {**row, key: ordinary[key]}
            if name in self.differences(plainer):
                row = plainer
        ours, theirs = self.differences(row)[name]
        if name == _WHOLE_ROW:
            ours, theirs = (s if isinstance(s, Raised) else _ANSWER for s in (ours, theirs))
        cells = {key: cell for key, cell in row.items() if not same(cell, ordinary[key])}
        return Skew(name, self.counts[name], self.rows, row, cells, ours, theirs)


def same(a: Any, b: Any, rtol: float = 0.0, atol: float = 0.0) -> bool:
    """NaN is NaN; numbers within `atol + rtol * abs(b)`; lists and dicts part by part."""
    if isinstance(a, Raised) or isinstance(b, Raised):
        return a is b
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(
            same(one, two, rtol, atol) for one, two in zip(a, b, strict=True)
        )
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[name], b[name], rtol, atol) for name in a)
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a == b or (a != a and b != b) or abs(a - b) <= atol + rtol * abs(b)
    return bool(a == b)


def _smallest(
    search: _Search, strategy: _Rows, output: str, quiet: hypothesis.settings, seed: int
) -> dict[str, Any]:
    try:
        return _find(strategy, lambda row: output in search.differences(row), quiet, seed)
    except hypothesis.errors.NoSuchExample:  # rare, and met by other rows than before
        return search.first[output]


def _find(
    strategy: _Rows, wanted: Callable[[Any], bool], quiet: hypothesis.settings, seed: int
) -> dict[str, Any]:
    longer = hypothesis.settings(quiet, max_examples=10 * quiet.max_examples)
    return hypothesis.find(strategy, wanted, settings=longer, random=random.Random(seed))
