"""Two-sample tests of numbers."""

from __future__ import annotations

from collections.abc import Mapping

from zeroskew import _core
from zeroskew._column_profile import ColumnProfile
from zeroskew._distributions import Distribution, Sample, numbers
from zeroskew.drift._result import Result, measure, result_of


def _spread(sample: Sample) -> bool:
    return isinstance(sample, (ColumnProfile, Distribution, Mapping))


def _values(name: str, x: Sample, y: Sample, **options: object) -> Result:
    if _spread(x) or _spread(y):
        return measure(name, x, y, **options)
    return result_of(_core.drift.measure_arrays(name, numbers(x, "x"), numbers(y, "y"), options))


def ks_2samp(
    x: Sample,
    y: Sample,
    method: str = "auto",
    *,
    alpha: float = 0.05,
    threshold: float | None = None,
) -> Result:
    """Kolmogorov-Smirnov: the largest gap between the distribution functions, two-sided.

    `method`: "exact" counts lattice paths (Hodges 1958), "asymptotic" uses the limiting law,
    "auto" is exact up to 10,000 values a side. Over profiles the verdict takes the sketch's error
    into account.
    """
    return _values("ks", x, y, method=method, alpha=alpha, threshold=threshold)


def kuiper(x: Sample, y: Sample, *, alpha: float = 0.05) -> Result:
    """Kuiper: the largest gap above plus the largest below; sensitive to tails and cycles."""
    return _values("kuiper", x, y, alpha=alpha)


def cvm_2samp(x: Sample, y: Sample, method: str = "auto", *, alpha: float = 0.05) -> Result:
    """Cramer-von Mises: the squared gap between the distribution functions, summed."""
    return _values("cvm", x, y, method=method, alpha=alpha)


def anderson_2samp(
    x: Sample, y: Sample, *, definition: str | None = None, alpha: float = 0.05
) -> Result:
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
