"""The numbers of a column, or the lengths of its strings and lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, final, overload

import numpy as np
from numpy.typing import NDArray

from zeroskew import _core
from zeroskew._values import Bin, Estimate
from zeroskew.errors import DataValueError

Number = float  # typing: an int is a float
HistogramKind = Literal["equal_width", "quantile"]


@final
class Numbers:
    """Statistics of numbers. NaN is counted (`nan`) and left out of all else; where no number is
    left, statistics are NaN. Whole numbers stay exact ints, sums too; means and variances are exact
    and rounded once.
    """

    def __init__(self, core: _core.stats.NumberStats) -> None:
        self._core = core

    @property
    def count(self) -> int:
        """How many there are, NaN too."""
        return self._core.count

    @property
    def sum(self) -> Number:
        return self._core.sum

    @property
    def mean(self) -> float:
        return self._core.mean

    @property
    def variance(self) -> float:
        """The population's (divided by n)."""
        return self._core.variance

    @property
    def std(self) -> float:
        """The population's (divided by n)."""
        return self._core.std

    @property
    def min(self) -> Number:
        return self._core.min

    @property
    def max(self) -> Number:
        return self._core.max

    @property
    def zeros(self) -> int:
        return self._core.zeros

    @property
    def nan(self) -> int:
        return self._core.nan

    @property
    def infinities(self) -> int:
        """Of either sign."""
        return self._core.positive_infinities + self._core.negative_infinities

    @property
    def median(self) -> float:
        return self.quantile(0.5)

    @property
    def distinct(self) -> Estimate:
        """Number of different values."""
        return Estimate(*self._core.distinct)

    def top(self, k: int = 10) -> list[tuple[Number, int]]:
        """The most frequent values with their counts, the larger value first among equals."""
        return [(value, int(count)) for value, count in self.top_bounds(k)]

    def top_bounds(self, k: int = 10) -> list[tuple[Number, Estimate]]:
        """`top` with bounds on each count."""
        return [(value, Estimate(*count)) for value, count in self._core.top(at_least_zero(k))]

    @overload
    def quantile(self, q: float) -> float: ...
    @overload
    def quantile(self, q: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]: ...
    def quantile(
        self, q: float | Sequence[float] | NDArray[np.float64]
    ) -> float | NDArray[np.float64]:
        """Linear between order statistics, as NumPy's default; a sequence gives an array."""
        shares = np.asarray(q, dtype=np.float64)
        if shares.ndim == 0:
            return self._spread.quantile(float(shares))
        return np.array([self._spread.quantile(share) for share in shares.ravel()]).reshape(
            shares.shape
        )

    @overload
    def quantile_bounds(self, q: float) -> tuple[float, float]: ...
    @overload
    def quantile_bounds(
        self, q: Sequence[float] | NDArray[np.float64]
    ) -> list[tuple[float, float]]: ...
    def quantile_bounds(
        self, q: float | Sequence[float] | NDArray[np.float64]
    ) -> tuple[float, float] | list[tuple[float, float]]:
        """Bounds that contain the exact quantile."""
        shares = np.asarray(q, dtype=np.float64)
        if shares.ndim == 0:
            return self._spread.quantile_bounds(float(shares))
        return [self._spread.quantile_bounds(share) for share in shares.ravel().tolist()]

    def cdf_bounds(self, x: float) -> tuple[float, float]:
        """Bounds of the share of values <= x."""
        return self._spread.cdf_bounds(x)

    def histogram(self, bins: int = 10, kind: HistogramKind = "equal_width") -> list[Bin]:
        """Bins of equal width, or between quantiles; fewer where edges would coincide."""
        if bins < 1:
            raise DataValueError("a histogram has at least one bin", "stats.bad_bins")
        if kind == "equal_width":
            found = self._spread.equal_width(bins)
        elif kind == "quantile":
            found = self._spread.equal_mass(bins)
        else:
            raise DataValueError(
                f"{kind!r} is no kind of histogram; there are 'equal_width' and 'quantile'",
                "stats.bad_histogram",
            )
        return [Bin(*bin) for bin in found]

    @cached_property
    def _spread(self) -> _core.stats.Spread:
        return self._core.spread()

    def __repr__(self) -> str:
        return (
            f"Numbers(count={self.count}, min={self.min!r}, mean={self.mean!r}, max={self.max!r})"
        )


def at_least_zero(k: int) -> int:
    if k < 0:
        raise DataValueError(f"{k} values cannot be listed; ask for 0 or more", "stats.bad_k")
    return k
