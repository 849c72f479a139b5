"""Two-sample tests of counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from zeroskew import _core
from zeroskew._column_profile import ColumnProfile
from zeroskew._distributions import Distribution, Sample, numbers
from zeroskew.drift._result import Result, measure, result_of
from zeroskew.errors import DataValueError


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
            f"counts in one order are needed: {left.size} counts on one side, "
            f"{right.size} on the other",
            "drift.counts",
        )
    return left, right


def _names(side: Sample) -> bool:
    """Whether these are raw values, one a row, rather than counts."""
    if isinstance(side, (Mapping, str, bytes, bytearray)):
        return False
    values = np.asarray(side)
    if values.dtype.kind == "O":
        return any(isinstance(value, (str, bool)) for value in values.ravel())
    return values.dtype.kind in "USTb"


def _counts(name: str, a: Sample, b: Sample, **options: object) -> Result:
    if any(isinstance(side, (ColumnProfile, Distribution)) or _names(side) for side in (a, b)):
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
    """Two-sample chi-square of counts: dicts, or arrays in one order; or of raw names.

    With `pool`, where an expected count is below `min_expected` the p-value is that of a law with
    the statistic's exact mean and variance given the margins, and cells below a fifth of it become
    one.
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
    """Two-sample likelihood ratio (G) of counts: dicts, or arrays in one order.

    With `pool`, cells whose expected count is below `min_expected` become one.
    """
    return _counts("g", a, b, pool=pool, min_expected=min_expected, alpha=alpha)


def fisher_exact(a: Sample, b: Sample | None = None, *, alpha: float = 0.05) -> Result:
    """Fisher's exact test, two-sided, of two categories: two pairs of counts, or one 2 x 2
    table."""
    if b is None:
        table = np.asarray(a, dtype=np.float64)
        if table.shape != (2, 2):
            raise DataValueError(f"a 2 x 2 table is needed, not {table.shape}", "drift.counts")
        a, b = table[0], table[1]
    return _counts("fisher_exact", a, b, alpha=alpha)


def proportions_z(a: Sample, b: Sample, *, alpha: float = 0.05) -> Result:
    """Two-proportion z of two categories: counts of the one and of the other, on each side."""
    return _counts("proportions_z", a, b, alpha=alpha)
