"""What every measure answers with, and any measure by its name."""

from __future__ import annotations

from dataclasses import dataclass

from zeroskew import _core
from zeroskew._distributions import Sample, distribution


@dataclass(frozen=True)
class Result:
    """What a measure answers with.

    `statistic` with its certified bounds `lo` and `hi`; `pvalue` for tests; `threshold` for
    distances, made for the two sizes at level `alpha` unless one is given; `drifted`: p at most
    alpha, or the statistic above the threshold.
    A test whose law does not hold for the data (ties, sizes far apart) keeps its p-value and says
    in `definition` which law its verdict comes from.
    """

    name: str
    statistic: float
    pvalue: float | None
    lo: float
    hi: float
    threshold: float | None
    drifted: bool
    definition: str
    alpha: float
    reason: str

    @property
    def comparable(self) -> bool:
        """Whether anything could be computed; if not, `reason` says why."""
        return not self.reason

    def __float__(self) -> float:
        return self.statistic


def result_of(core: _core.drift.MeasureResult) -> Result:
    return Result(
        core.name,
        core.statistic,
        core.pvalue,
        core.lo,
        core.hi,
        core.threshold,
        core.drifted,
        core.definition,
        core.alpha,
        core.reason,
    )


def measures() -> list[dict[str, object]]:
    """Every measure: name, kind, what it takes, parameters with ranges and defaults,
    documentation."""
    return _core.drift.registry()


def measure(name: str, reference: Sample, current: Sample, **options: object) -> Result:
    """Any measure by its name in `measures()`.

    Raises: Error drift.unknown_measure, drift.unknown_option, drift.option_type.
    """
    a = distribution(reference, "reference")
    b = distribution(current, "current")
    return result_of(_core.drift.measure(name, a, b, options))
