"""Distances and two-sample tests, each over arrays, counts or columns of profiles.

A result says what was computed: `statistic` with its certified bounds `lo` and `hi`, `pvalue` for tests,
`threshold` for distances (made for the two sizes at level `alpha`, unless one is given), `drifted`, and
`definition` in words. What cannot be compared has a `reason` and is never a silent 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zeroskew import _core
from zeroskew._column_profile import ColumnProfile
from zeroskew._distributions import Distribution, Sample, distribution, numbers
from zeroskew.errors import DataValueError

__all__ = [
    "Result",
    "anderson_2samp",
    "chi2_2samp",
    "cvm_2samp",
    "energy",
    "epps_singleton",
    "fisher_exact",
    "g_2samp",
    "hellinger",
    "js_distance",
    "js_divergence",
    "kl_divergence",
    "ks_2samp",
    "kuiper",
    "linf",
    "mann_whitney",
    "measure",
    "measures",
    "normalized_difference",
    "proportions_z",
    "psi",
    "total_variation",
    "wasserstein",
    "welch_t",
]


@dataclass(frozen=True)
class Result:
    """What a measure answers with."""

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
    """Every measure: name, kind, what it takes, parameters with ranges and defaults, documentation."""
    return _core.drift.registry()


def measure(name: str, reference: Sample, current: Sample, **options: object) -> Result:
    """Any measure by its name in `measures()`.

    Raises: Error drift.unknown_measure, drift.unknown_option, drift.option_type.
    """
    a = distribution(reference, "reference")
    b = distribution(current, "current")
    return result_of(_core.drift.measure(name, a, b, options))


def _spread(sample: Sample) -> bool:
    return isinstance(sample, (ColumnProfile, Distribution, Mapping))


def _values(name: str, x: Sample, y: Sample, **options: object) -> Result:
    if _spread(x) or _spread(y):
        return measure(name, x, y, **options)
    return result_of(_core.drift.measure_arrays(name, numbers(x, "x"), numbers(y, "y"), options))


def ks_2samp(
    x: Sample, y: Sample, method: str = "auto", *, alpha: float = 0.05, threshold: float | None = None
) -> Result:
    """Kolmogorov-Smirnov: the largest gap between the distribution functions, two-sided.

    `method`: "exact" counts lattice paths (Hodges 1958), "asymptotic" uses the limiting law, "auto" is exact
    up to 10,000 values a side. Over profiles the verdict takes the sketch's error into account.
    """
    return _values("ks", x, y, method=method, alpha=alpha, threshold=threshold)


def kuiper(x: Sample, y: Sample, *, alpha: float = 0.05) -> Result:
    """Kuiper: the largest gap above plus the largest below; sensitive to tails and cycles."""
    return _values("kuiper", x, y, alpha=alpha)


def cvm_2samp(x: Sample, y: Sample, method: str = "auto", *, alpha: float = 0.05) -> Result:
    """Cramer-von Mises: the squared gap between the distribution functions, summed."""
    return _values("cvm", x, y, method=method, alpha=alpha)


def anderson_2samp(x: Sample, y: Sample, *, definition: str | None = None, alpha: float = 0.05) -> Result:
    """Anderson-Darling for two samples, midranks for ties."""
    return _values("anderson", x, y, definition=definition, alpha=alpha)


def mann_whitney(x: Sample, y: Sample, method: str = "auto", *, alpha: float = 0.05) -> Result:
    """Mann-Whitney U, two-sided: does one side tend to be larger?"""
    return _values("mann_whitney", x, y, method=method, alpha=alpha)


def welch_t(x: Sample, y: Sample, *, alpha: float = 0.05) -> Result:
    """Welch's t, two-sided: do the means differ, whatever the variances?"""
    return _values("welch_t", x, y, alpha=alpha)


def epps_singleton(x: Sample, y: Sample, *, alpha: float = 0.05) -> Result:
    """Epps-Singleton: empirical characteristic functions; fit for discrete values too."""
    return _values("epps_singleton", x, y, alpha=alpha)


def _pair(a: Sample, b: Sample) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        keys = list(dict.fromkeys([*a, *b]))
        return (
            np.array([float(a.get(key, 0)) for key in keys]),
            np.array([float(b.get(key, 0)) for key in keys]),
        )
    left, right = numbers(a, "a"), numbers(b, "b")
    if left.shape != right.shape:
        raise DataValueError(
            f"counts in one order are needed: {left.size} counts on one side, {right.size} on the other",
            "drift.counts",
        )
    return left, right


def _counts(name: str, a: Sample, b: Sample, **options: object) -> Result:
    if isinstance(a, (ColumnProfile, Distribution)) or isinstance(b, (ColumnProfile, Distribution)):
        return measure(name, a, b, **options)
    left, right = _pair(a, b)
    return result_of(_core.drift.measure_arrays(name, left, right, options))


def chi2_2samp(
    a: Sample,
    b: Sample,
    *,
    pool: bool = True,
    min_expected: float = 5.0,
    alpha: float = 0.05,
) -> Result:
    """Two-sample chi-square of counts: dicts, or arrays in one order.

    With `pool`, cells whose expected count is below `min_expected` become one.
    """
    return _counts("chi2", a, b, pool=pool, min_expected=min_expected, alpha=alpha)


def g_2samp(
    a: Sample,
    b: Sample,
    *,
    pool: bool = True,
    min_expected: float = 5.0,
    alpha: float = 0.05,
) -> Result:
    """Two-sample likelihood ratio (G) of counts: dicts, or arrays in one order."""
    return _counts("g", a, b, pool=pool, min_expected=min_expected, alpha=alpha)


def fisher_exact(a: Sample, b: Sample | None = None, *, alpha: float = 0.05) -> Result:
    """Fisher's exact test, two-sided, of two categories: two pairs of counts, or one 2 x 2 table."""
    if b is None:
        table = np.asarray(a, dtype=np.float64)
        if table.shape != (2, 2):
            raise DataValueError(f"a 2 x 2 table is needed, not {table.shape}", "drift.counts")
        a, b = table[0], table[1]
    return _counts("fisher_exact", a, b, alpha=alpha)


def proportions_z(a: Sample, b: Sample, *, alpha: float = 0.05) -> Result:
    """Two-proportion z of two categories: counts of the one and of the other, on each side."""
    return _counts("proportions_z", a, b, alpha=alpha)


def linf(
    reference: Sample,
    current: Sample,
    *,
    threshold: float | None = None,
    bins: int = 10,
    definition: str | None = None,
    robustness: float | None = None,
    alpha: float = 0.05,
) -> Result:
    """L-infinity (Chebyshev): the largest difference between the shares of a value.

    `definition`: "robust" (Deequ's small-sample form) or "tfdv".
    """
    return measure(
        "linf",
        reference,
        current,
        threshold=threshold,
        bins=bins,
        definition=definition,
        robustness=robustness,
        alpha=alpha,
    )


def total_variation(
    reference: Sample,
    current: Sample,
    *,
    threshold: float | None = None,
    bins: int = 10,
    alpha: float = 0.05,
) -> Result:
    """Total variation: half the sum of the differences of shares; the mass that would have to move."""
    return measure("total_variation", reference, current, threshold=threshold, bins=bins, alpha=alpha)


def hellinger(
    reference: Sample,
    current: Sample,
    *,
    threshold: float | None = None,
    bins: int = 10,
    alpha: float = 0.05,
) -> Result:
    """Hellinger distance: from 0 to 1."""
    return measure("hellinger", reference, current, threshold=threshold, bins=bins, alpha=alpha)


def kl_divergence(
    reference: Sample,
    current: Sample,
    *,
    base: float | str = 2.0,
    prior: float = 0.5,
    threshold: float | None = None,
    bins: int = 10,
    definition: str | None = None,
    alpha: float = 0.05,
) -> Result:
    """Kullback-Leibler divergence of current from reference, `prior` added to every count."""
    return measure(
        "kl_divergence",
        reference,
        current,
        base=_base(base),
        prior=prior,
        threshold=threshold,
        bins=bins,
        definition=definition,
        alpha=alpha,
    )


def _base(base: float | str) -> float:
    # The core writes e as 0, so that no irrational number stands in a file.
    return 0.0 if base == "e" or base == np.e else float(base)


def js_divergence(
    reference: Sample,
    current: Sample,
    base: float | str = 2.0,
    *,
    threshold: float | None = None,
    bins: int = 10,
    definition: str | None = None,
    alpha: float = 0.05,
) -> Result:
    """Jensen-Shannon divergence, base 2 unless said otherwise (`base=math.e`, `base="e"`).

    `definition="tfdv"` aligns histograms as TensorFlow Data Validation does.
    """
    return measure(
        "js_divergence",
        reference,
        current,
        base=_base(base),
        threshold=threshold,
        bins=bins,
        definition=definition,
        alpha=alpha,
    )


def js_distance(
    reference: Sample,
    current: Sample,
    base: float | str = 2.0,
    *,
    threshold: float | None = None,
    bins: int = 10,
    definition: str | None = None,
    alpha: float = 0.05,
) -> Result:
    """Square root of the Jensen-Shannon divergence: a metric."""
    return measure(
        "js_distance",
        reference,
        current,
        base=_base(base),
        threshold=threshold,
        bins=bins,
        definition=definition,
        alpha=alpha,
    )


def psi(
    reference: Sample,
    current: Sample,
    *,
    bins: int = 10,
    prior: float = 0.5,
    threshold: float | None = None,
    definition: str | None = None,
    alpha: float = 0.05,
) -> Result:
    """Population stability index over bins frozen at the reference's quantiles, open outwards.

    `prior` is added to every count, so that an empty bin is neither infinite nor floored.
    `definition="evidently"` computes that tool's index.
    """
    return measure(
        "psi",
        reference,
        current,
        bins=bins,
        prior=prior,
        threshold=threshold,
        definition=definition,
        alpha=alpha,
    )


def wasserstein(
    reference: Sample,
    current: Sample,
    scale: str = "raw",
    *,
    threshold: float | None = None,
    definition: str | None = None,
    alpha: float = 0.05,
) -> Result:
    """Wasserstein-1: the area between the distribution functions.

    `scale`: "raw", or in units of the reference's "std" or "iqr".
    """
    return measure(
        "wasserstein",
        reference,
        current,
        scale=scale,
        threshold=threshold,
        definition=definition,
        alpha=alpha,
    )


def energy(reference: Sample, current: Sample, *, threshold: float | None = None, alpha: float = 0.05) -> Result:
    """Energy distance (Szekely and Rizzo): from the squared area between the distribution functions."""
    return measure("energy", reference, current, threshold=threshold, alpha=alpha)


def normalized_difference(
    reference: Sample, current: Sample, *, threshold: float | None = None, bins: int = 10
) -> Result:
    """Largest difference of counts over their total (TensorFlow Data Validation's)."""
    return measure("normalized_difference", reference, current, threshold=threshold, bins=bins)
