"""What a profile knows of one column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from zeroskew import _core
from zeroskew._levels import Level, levels_of
from zeroskew._numbers import HistogramKind, Number, Numbers, at_least_zero
from zeroskew._values import Bin, Estimate
from zeroskew._weighted import Weighted

Cell: TypeAlias = bool | int | float | str | bytes
Shares: TypeAlias = Sequence[float] | NDArray[np.float64]


class ColumnProfile:
    """Statistics of one column, read-only.

    A statistic that has no meaning for the column's type (the mean of strings) is None; one that
    has no value (the mean of no numbers) is NaN. Whole numbers, sums too, are exact ints. Dates,
    times, timestamps and durations are ints in the column's `unit`.
    """

    def __init__(
        self, name: str, core: _core.stats.ColumnProfile, profile: _core.stats.Profile | None = None
    ) -> None:
        self.name = name
        self._core = core
        self._profile = profile

    @property
    def type(self) -> str:
        """int, float, bool, string, bytes, date, time, timestamp, duration, decimal, list, struct
        or null.
        """
        return self._core.kind

    @property
    def unit(self) -> str | None:
        """Of temporal types: day, s, ms, us or ns."""
        return self._core.unit or None

    @property
    def timezone(self) -> str | None:
        """Of timestamps, as the data named it."""
        return self._core.timezone or None

    @property
    def count(self) -> int:
        """Cells that are not null."""
        return self._core.count

    @property
    def missing(self) -> int:
        """Cells that are null."""
        return self._core.missing

    @property
    def mean(self) -> float | None:
        return self._numbers and self._numbers.mean

    @property
    def std(self) -> float | None:
        """The population's (divided by n)."""
        return self._numbers and self._numbers.std

    @property
    def variance(self) -> float | None:
        """The population's (divided by n)."""
        return self._numbers and self._numbers.variance

    @property
    def sum(self) -> Number | None:
        return self._numbers and self._numbers.sum

    @property
    def min(self) -> Number | None:
        return self._numbers and self._own(self._numbers.min)

    @property
    def max(self) -> Number | None:
        return self._numbers and self._own(self._numbers.max)

    @property
    def zeros(self) -> int | None:
        return self._numbers and self._numbers.zeros

    @property
    def nan(self) -> int | None:
        return self._numbers and self._numbers.nan

    @property
    def infinities(self) -> int | None:
        """Of either sign."""
        return self._numbers and self._numbers.infinities

    @property
    def median(self) -> float | None:
        return self._numbers and self._numbers.median

    @overload
    def quantile(self, q: float) -> float | None: ...
    @overload
    def quantile(self, q: Shares) -> NDArray[np.float64] | None: ...
    def quantile(self, q: float | Shares) -> float | NDArray[np.float64] | None:
        """Linear between order statistics, as NumPy's default; a sequence gives an array."""
        return self._numbers and self._numbers.quantile(q)

    @overload
    def quantile_bounds(self, q: float) -> tuple[float, float] | None: ...
    @overload
    def quantile_bounds(self, q: Shares) -> list[tuple[float, float]] | None: ...
    def quantile_bounds(
        self, q: float | Shares
    ) -> tuple[float, float] | list[tuple[float, float]] | None:
        """Bounds that contain the exact quantile."""
        return self._numbers and self._numbers.quantile_bounds(q)

    def cdf_bounds(self, x: float) -> tuple[float, float] | None:
        """Bounds of the share of values <= x."""
        return self._numbers and self._numbers.cdf_bounds(x)

    def histogram(self, bins: int = 10, kind: HistogramKind = "equal_width") -> list[Bin] | None:
        """Bins of equal width, or between quantiles ("quantile"); fewer where edges coincide."""
        return self._numbers and self._numbers.histogram(bins, kind)

    @property
    def distinct(self) -> Estimate | None:
        """Number of different values, NaN and null not among them."""
        return None if self.type in ("list", "struct") else Estimate(*self._core.distinct)

    def top(self, k: int = 10) -> list[tuple[Cell, int]]:
        """The most frequent values with their counts, the larger value first among equals.

        A string that the profile does not keep is "#" and the 16 hex digits of its hash; one that
        is not UTF-8 has its odd bytes as lone surrogates ("surrogateescape").
        """
        return [(value, int(count)) for value, count in self.top_bounds(k)]

    def top_bounds(self, k: int = 10) -> list[tuple[Cell, Estimate]]:
        """`top` with bounds on each count; they are exact up to 65,536 different values."""
        return [(value, Estimate(*count)) for value, count in self._core.top(at_least_zero(k))]

    @cached_property
    def length(self) -> Numbers | None:
        """Lengths: bytes of strings, items of lists."""
        core = self._core.length
        return None if core is None else Numbers(core)

    @property
    def invalid_utf8(self) -> int | None:
        """Strings that are not UTF-8."""
        return self._core.invalid_utf8

    @property
    def weighted(self) -> Weighted | None:
        """Statistics by weight; None if rows have none, and for fields and items."""
        core = self._profile and self._profile.weighted(self.name)
        return Weighted(self.name, self._profile, core) if self._profile and core else None

    @cached_property
    def children(self) -> dict[str, ColumnProfile]:
        """A structure's fields by name, or a list's "item"."""
        names = self._core.child_names
        step = "[]" if self.type == "list" else None
        return {
            name: ColumnProfile(self.name + (step or f".{name}"), self._core.child(i))
            for i, name in enumerate(names)
        }

    @property
    def fields(self) -> dict[str, ColumnProfile] | None:
        """A structure's fields by name."""
        return self.children if self.type == "struct" else None

    @property
    def items(self) -> ColumnProfile | None:
        """A list's items."""
        return self.children["item"] if self.type == "list" else None

    @property
    def levels(self) -> list[Level]:
        """Of lists: presence and items a list at each level of nesting, the outermost first; else
        empty.
        """
        return levels_of(self)

    @cached_property
    def _numbers(self) -> Numbers | None:
        core = self._core.numbers
        return None if core is None else Numbers(core)

    def _own(self, extreme: Number) -> Number:
        return bool(extreme) if self.type == "bool" and extreme == extreme else extreme

    def __repr__(self) -> str:
        from zeroskew._show_column import column_text

        return column_text(self)
