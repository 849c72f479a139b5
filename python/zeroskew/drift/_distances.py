"""Distances between how two sides are spread, over arrays, counts or columns of profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import numpy as np

from zeroskew._distributions import Sample
from zeroskew.drift._result import Result, measure

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Common(TypedDict, total=False):
    """What every distance takes: `alpha`, the level of its own threshold (0.05), or a `threshold`
    instead."""

    alpha: float
    threshold: float | None


class Binned(Common, total=False):
    """Also `bins`: cells for numbers with many values, cut at the reference's quantiles (10)."""

    bins: int


class Named(Binned, total=False):
    """Also `definition`: a variant by name."""

    definition: str | None


def linf(
    reference: Sample, current: Sample, *, robustness: float | None = None, **options: Unpack[Named]
) -> Result:
    """L-infinity (Chebyshev): the largest difference between the shares of a value.

    `definition`: "robust" (Deequ's small-sample form, with c = `robustness`) or "tfdv".
    """
    return measure("linf", reference, current, robustness=robustness, **options)


def total_variation(reference: Sample, current: Sample, **options: Unpack[Binned]) -> Result:
    """Total variation: half the sum of the differences of shares; the mass that would have to
    move."""
    return measure("total_variation", reference, current, **options)


def hellinger(reference: Sample, current: Sample, **options: Unpack[Binned]) -> Result:
    """Hellinger distance: from 0 to 1."""
    return measure("hellinger", reference, current, **options)


def _base(base: float | str) -> float:
    # The core writes e as 0, so that no irrational number stands in a file.
    return 0.0 if base == "e" or base == np.e else float(base)


def kl_divergence(
    reference: Sample,
    current: Sample,
    *,
    base: float | str = 2.0,
    prior: float = 0.5,
    **options: Unpack[Named],
) -> Result:
    """Kullback-Leibler divergence of current from reference, `prior` added to every count.

    `definition="evidently"` computes that tool's divergence.
    """
    return measure("kl_divergence", reference, current, base=_base(base), prior=prior, **options)


def js_divergence(
    reference: Sample, current: Sample, base: float | str = 2.0, **options: Unpack[Named]
) -> Result:
    """Jensen-Shannon divergence, base 2 unless said otherwise (`base=math.e`, `base="e"`).

    `definition="tfdv"` aligns histograms as TensorFlow Data Validation does.
    """
    return measure("js_divergence", reference, current, base=_base(base), **options)


def js_distance(
    reference: Sample, current: Sample, base: float | str = 2.0, **options: Unpack[Named]
) -> Result:
    """Square root of the Jensen-Shannon divergence: a metric. `definition`: "evidently" or
    "nannyml"."""
    return measure("js_distance", reference, current, base=_base(base), **options)


def psi(
    reference: Sample, current: Sample, *, prior: float = 0.5, **options: Unpack[Named]
) -> Result:
    """Population stability index over bins frozen at the reference's quantiles, open outwards.

    `prior` is added to every count, so that an empty bin is neither infinite nor floored.
    `definition="evidently"` computes that tool's index.
    """
    return measure("psi", reference, current, prior=prior, **options)


class Unbinned(Common, total=False):
    """Also `definition`: a variant by name."""

    definition: str | None


def wasserstein(
    reference: Sample, current: Sample, scale: str = "raw", **options: Unpack[Unbinned]
) -> Result:
    """Wasserstein-1: the area between the distribution functions.

    `scale`: "raw", or in units of the reference's "std" or "iqr". `definition`: "evidently" or
    "nannyml".
    """
    return measure("wasserstein", reference, current, scale=scale, **options)


def energy(reference: Sample, current: Sample, **options: Unpack[Common]) -> Result:
    """Energy distance (Szekely and Rizzo): from the squared area between the distribution
    functions."""
    return measure("energy", reference, current, **options)


def normalized_difference(
    reference: Sample, current: Sample, *, threshold: float | None = None, bins: int = 10
) -> Result:
    """Largest difference of counts over their total (TensorFlow Data Validation's)."""
    return measure("normalized_difference", reference, current, threshold=threshold, bins=bins)
