"""What two columns have to do with each other."""

from __future__ import annotations

from typing import NamedTuple

from zeroskew import _core


class Pair(NamedTuple):
    """Over the rows in which neither column is null. A statistic that has no meaning or no value is
    NaN.
    """

    count: int  # type: ignore[assignment]  # hides tuple.count
    finite: int
    """Rows in which both are finite numbers."""
    covariance: float
    """The population's (divided by `finite`); exact, rounded once."""
    pearson: float
    """Pearson's correlation; exact, rounded once."""
    cramers_v: float
    """Of categories (texts and bools with each other and with whole numbers), up to 65,536
    combinations.
    """
    mutual_information: float
    """Of categories, in nats."""

    @classmethod
    def of(cls, core: _core.stats.PairStats) -> Pair:
        return cls(
            core.count,
            core.finite,
            core.covariance,
            core.pearson,
            core.cramers_v,
            core.mutual_information,
        )
