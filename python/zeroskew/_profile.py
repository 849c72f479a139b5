"""Profiles of data sets: made, merged, saved, asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from zeroskew import _core, _profile_dict, _show
from zeroskew._column_profile import ColumnProfile
from zeroskew._core.column import Batch
from zeroskew._data import Data, batches
from zeroskew._pair import Pair
from zeroskew._progress import Progress, reporting
from zeroskew._request import MOST_EXACT_VALUES, Pairs, Request, Slices
from zeroskew._request import Names as Names
from zeroskew.errors import DataTypeError

#: No more rows than this are taken at once: between two steps an interrupt is heard.
_STEP = 4_000_000
#: The same where progress is reported.
_REPORTED_STEP = 1_000_000


class Profile:
    """Everything known of a data set: a pure function of the multiset of its rows.

    Order, batches, threads and merging leave no trace: equal rows give equal profiles, bytes and
    digests.
    """

    def __init__(self) -> None:
        """The profile of no rows."""
        # Never changed in place: columns that were handed out look into it, also from other
        # threads.
        self._core = _core.stats.Profile()

    @classmethod
    def _of(cls, core: _core.stats.Profile) -> Profile:
        profile = cls()
        profile._core = core
        return profile

    def update(
        self,
        data: Data,
        *,
        weight: str | None = None,
        slices: Slices | None = None,
        threads: int | None = None,
        columns: Sequence[str] | None = None,
        names: Names = "kept",
        pairs: Pairs = False,
        max_slices: int = 1000,
        exact_values: int = MOST_EXACT_VALUES,
        progress: Progress = None,
    ) -> None:
        """Adds rows. An update that fails, is interrupted, or whose `progress` raises, leaves the
        profile as it was.

        A profile keeps the weight, slices and pairs that it began with: hand in the same ones. Of
        several `exact_values` the least one holds.
        """
        request = Request(weight, slices, threads, columns, names, pairs, max_slices, exact_values)
        core = self._core.copy()
        rows = 0
        with reporting(progress, data) as report:
            for batch in batches(data, request.columns):
                for part in _parts(batch, _REPORTED_STEP if report else _STEP):
                    core.absorb(part, request.options)
                    rows += part.rows
                    if report and part.rows:
                        report(rows)
        self._core = core
        self.__dict__.pop("slices", None)

    @property
    def rows(self) -> int:
        return self._core.rows

    @property
    def columns(self) -> list[str]:
        """Names, in the order of the data."""
        return self._core.columns

    def __getitem__(self, name: str) -> ColumnProfile:
        """A column by name, or by path: "a.b" is field b of structure a, "a[]" are the items of
        list a.
        """
        if not isinstance(name, str):
            raise DataTypeError(
                f"a column is asked for by its name, not by {name!r}", "profile.bad_name"
            )
        return ColumnProfile(name, self._core.column(name), self._core)

    @property
    def weighted_rows(self) -> float | None:
        """The sum of all weights; None if rows have none."""
        return self._core.weighted_rows

    @cached_property
    def slices(self) -> SliceProfiles:
        """Profiles of the slices by name: "state_TX", "month_1_state_TX" (columns sorted, each with
        its value).
        """
        return SliceProfiles(
            {name: Profile._of(core) for name, core in self._core.slices().items()}
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs that there are statistics of."""
        return self._core.pairs()

    def pair(self, a: str, b: str) -> Pair:
        """What two columns have to do with each other, in either order."""
        return Pair.of(self._core.pair(a, b))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._core.contains(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        """The number of columns."""
        return len(self.columns)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Profile):
            return NotImplemented
        return self._core.equals(other._core)

    __hash__ = None  # type: ignore[assignment]

    def __add__(self, other: Profile) -> Profile:
        return merge([self, other]) if isinstance(other, Profile) else NotImplemented

    def __iadd__(self, other: Profile) -> Profile:
        if not isinstance(other, Profile):
            return NotImplemented
        self._core = merge([self, other])._core
        self.__dict__.pop("slices", None)
        return self

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical state, 64 hex digits."""
        return self._core.digest()

    def to_bytes(self) -> bytes:
        return self._core.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Profile:
        """Everything that is read is checked; bytes that no profile wrote are an Error."""
        return cls._of(_core.stats.Profile.from_bytes(bytes(data)))

    def save(self, path: str | os.PathLike[str]) -> None:
        """A save that fails leaves the old file."""
        self._core.save(os.fsencode(path))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Profile:
        return cls._of(_core.stats.Profile.load(os.fsencode(path)))

    def to_dict(self) -> dict[str, Any]:
        """Every statistic, as JSON can say it: NaN is None, infinities are "Infinity" and
        "-Infinity".
        """
        return _profile_dict.profile_dict(self)

    def to_frame(self) -> Any:
        """A pandas (else polars) frame: a row a column."""
        return _profile_dict.profile_frame(self)

    def __copy__(self) -> Profile:
        return self._of(self._core)

    def __deepcopy__(self, memo: object) -> Profile:
        return self._of(self._core)

    def __reduce__(self) -> tuple[Any, ...]:
        return Profile.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        return _show.profile_text(self)

    def _repr_html_(self) -> str:
        return _show.profile_html(self)


class SliceProfiles(dict[str, Profile]):
    """Profiles by the names of slices; shown as a line a slice."""

    def __repr__(self) -> str:
        return _show.slices_text(self)


def profile(
    data: Data,
    weight: str | None = None,
    slices: Slices | None = None,
    threads: int | None = None,
    columns: Sequence[str] | None = None,
    names: Names = "kept",
    pairs: Pairs = False,
    max_slices: int = 1000,
    exact_values: int = MOST_EXACT_VALUES,
    progress: Progress = None,
) -> Profile:
    """Profiles a data set: a path (.csv .parquet .arrow .feather .jsonl), anything that exports
    Arrow (pandas, polars, pyarrow, duckdb), a dict of arrays, or an iterable of these.

    `columns`: these only. `threads`: as many as there are cores unless told. `names="hashed"`: no
    raw string stays in the profile (personal data); what is counted, and the digest, stay the same.

    `weight`: a column of finite numbers >= 0 that rows count by too (`profile["x"].weighted`); it
    is not profiled itself unless `columns` names it. `slices`: a column's name (a slice a value), a
    tuple of names (crossed), {name: values}, or a list of these; at most `max_slices` in all.
    `pairs`: True for all pairs of columns, or a list of them.

    `exact_values`: a column's values (and lengths) are counted exactly up to so many different
    ones, then sketched; fewer take less memory and smaller files. `progress`: True for a bar on the
    terminal, or a function that is called with the rows taken in so far; what it raises stops the
    profiling.
    """
    result = Profile()
    result.update(
        data,
        weight=weight,
        slices=slices,
        threads=threads,
        columns=columns,
        names=names,
        pairs=pairs,
        max_slices=max_slices,
        exact_values=exact_values,
        progress=progress,
    )
    return result


def merge(profiles: Iterable[Profile]) -> Profile:
    """The profile of all their rows together; the order makes no difference."""
    core = _core.stats.Profile()
    for one in profiles:
        if not isinstance(one, Profile):
            raise DataTypeError(
                f"only profiles merge, not a {type(one).__name__!r}", "profile.not_a_profile"
            )
        core.add(one._core)
    return Profile._of(core)


def _parts(batch: Batch, step: int) -> Iterator[Batch]:
    if batch.rows <= step:
        yield batch
        return
    for start in range(0, batch.rows, step):
        yield batch.slice(start, min(step, batch.rows - start))
