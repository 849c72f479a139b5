"""Statistics of a column whose rows count by their weights."""

from __future__ import annotations

from typing import final

from zeroskew import _core
from zeroskew._numbers import at_least_zero
from zeroskew._values import Estimate

Cell = bool | int | float | str | bytes


@final
class Weighted:
    """Exact sums of weights, rounded once. What has no meaning for the column's type is None; what
    has no value (the mean of no weight) is NaN. NaN cells count in `count` and are left out of all
    else.
    """

    def __init__(
        self, name: str, profile: _core.stats.Profile, core: _core.stats.WeightedStats
    ) -> None:
        self._name = name
        self._profile = profile
        self._core = core

    @property
    def count(self) -> float:
        """Weight of the cells that are not null."""
        return self._core.count

    @property
    def missing(self) -> float:
        """Weight of the cells that are null."""
        return self._core.missing

    @property
    def sum(self) -> float | None:
        return self._core.sum if self._core.has_numbers else None

    @property
    def mean(self) -> float | None:
        return self._core.mean if self._core.has_numbers else None

    @property
    def variance(self) -> float | None:
        """sum of w (x - mean)² / sum of w."""
        return self._core.variance if self._core.has_numbers else None

    @property
    def std(self) -> float | None:
        return self._core.std if self._core.has_numbers else None

    @property
    def median(self) -> float | None:
        return self.quantile(0.5)

    def quantile(self, q: float) -> float | None:
        """The least value up to which lies a share q of the weight; past 65,536 different values
        the middle of the range that contains it.
        """
        return self._core.quantile(q) if self._core.has_numbers else None

    def quantile_bounds(self, q: float) -> tuple[float, float] | None:
        """Bounds that contain the exact quantile."""
        return self._core.quantile_bounds(q) if self._core.has_numbers else None

    def top(self, k: int = 10) -> list[tuple[Cell, float]]:
        """The values of most weight, with it. Exact up to 65,536 different values, then upper
        bounds for values that are frequent.
        """
        return [(value, float(weight)) for value, weight in self.top_bounds(k)]

    def top_bounds(self, k: int = 10) -> list[tuple[Cell, Estimate]]:
        """`top` with bounds on each weight."""
        return [
            (value, Estimate(*weight))
            for value, weight in self._profile.weighted_top(self._name, at_least_zero(k))
        ]

    def __repr__(self) -> str:
        return f"Weighted(count={self.count!r}, missing={self.missing!r}, mean={self.mean!r})"
