"""Profiles of data sets: made, merged, saved, asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from zeroskew import _core, _show
from zeroskew._column_profile import ColumnProfile
from zeroskew._data import Data, batches
from zeroskew.errors import DataTypeError, DataValueError

Names = Literal["kept", "hashed"]


class Profile:
    """Everything known of a data set: a pure function of the multiset of its rows.

    Order, batches, threads and merging leave no trace: equal rows give equal profiles, bytes and digests.
    """

    def __init__(self) -> None:
        """The profile of no rows."""
        # Never changed in place: columns that were handed out look into it, also from other threads.
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
        threads: int | None = None,
        columns: Sequence[str] | None = None,
        names: Names = "kept",
    ) -> None:
        """Adds rows. An update that fails leaves the profile as it was."""
        chosen = _checked_columns(columns)
        options = _core.stats.ProfileOptions(chosen, _checked_threads(threads), _keeps_names(names))
        core = self._core.copy()
        for batch in batches(data, chosen):
            core.absorb(batch, options)
        self._core = core

    @property
    def rows(self) -> int:
        return self._core.rows

    @property
    def columns(self) -> list[str]:
        """Names, in the order of the data."""
        return self._core.columns

    def __getitem__(self, name: str) -> ColumnProfile:
        """A column by name, or by path: "a.b" is field b of structure a, "a[]" are the items of list a."""
        if not isinstance(name, str):
            raise DataTypeError(f"a column is asked for by its name, not by {name!r}", "profile.bad_name")
        return ColumnProfile(name, self._core.column(name))

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
        """Every statistic, as JSON can say it: NaN is None, infinities are "Infinity" and "-Infinity"."""
        return _show.profile_dict(self)

    def to_frame(self) -> Any:
        """A pandas (else polars) frame: a row a column."""
        return _show.profile_frame(self)

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


def profile(
    data: Data,
    weight: str | None = None,
    slices: Any = None,
    threads: int | None = None,
    columns: Sequence[str] | None = None,
    names: Names = "kept",
) -> Profile:
    """Profiles a data set: a path (.csv .parquet .arrow .feather .jsonl), anything that exports Arrow (pandas, polars,
    pyarrow, duckdb), a dict of arrays, or an iterable of these.

    `columns`: these only. `threads`: as many as there are cores unless told. `names="hashed"`: no raw string stays
    in the profile (personal data); what is counted, and the digest, stay the same.
    """
    if weight is not None:
        raise DataValueError("rows cannot be weighted; leave weight out", "profile.weights_unsupported", str(weight))
    if slices is not None:
        raise DataValueError("data cannot be sliced; leave slices out", "profile.slices_unsupported")
    result = Profile()
    result.update(data, threads=threads, columns=columns, names=names)
    return result


def merge(profiles: Iterable[Profile]) -> Profile:
    """The profile of all their rows together; the order makes no difference."""
    core = _core.stats.Profile()
    for one in profiles:
        if not isinstance(one, Profile):
            raise DataTypeError(f"only profiles merge, not a {type(one).__name__!r}", "profile.not_a_profile")
        core.add(one._core)
    return Profile._of(core)


def _checked_columns(columns: Sequence[str] | None) -> list[str]:
    if columns is None:
        return []
    if isinstance(columns, str) or not all(isinstance(name, str) for name in columns):
        raise DataTypeError("columns are a list of names", "profile.bad_columns", repr(columns))
    if not columns:
        raise DataValueError("no column is named; leave columns out to profile all", "profile.bad_columns")
    return list(columns)


def _checked_threads(threads: int | None) -> int:
    if threads is None:
        return 0
    if isinstance(threads, bool) or not isinstance(threads, int) or not 1 <= threads <= 1024:
        raise DataValueError("threads are a whole number from 1 to 1024", "profile.bad_threads", repr(threads))
    return threads


def _keeps_names(names: str) -> bool:
    if names not in ("kept", "hashed"):
        raise DataValueError(f"{names!r} is neither 'kept' nor 'hashed'", "profile.bad_names")
    return names == "kept"
