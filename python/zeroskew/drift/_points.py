"""Measures between two sets of points: tables of numeric columns, or embeddings."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zeroskew import _core
from zeroskew.drift._result import Result, result_of
from zeroskew.errors import DataTypeError, DataValueError


def points(values: Any, what: str) -> NDArray[np.float64]:
    """Rows of numbers as a matrix of doubles; one dimension is one column."""
    try:
        array = values.to_numpy() if hasattr(values, "to_numpy") else np.asarray(values)
        array = np.ascontiguousarray(array, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DataTypeError(
            f"rows of numbers are needed here: {error}", "drift.not_points", what
        ) from None
    if array.ndim == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2:
        raise DataTypeError(
            f"an array of shape (rows, columns) is needed, not one of {array.ndim} dimensions",
            "drift.not_points",
            what,
        )
    return array


class MmdSketch:
    """What `mmd` needs of one side: the mean of random Fourier features, and their products.

    Sketches of parts add up to that of the whole, in any order, to the bit; their size does not
    depend on the rows. Two sketches compare if `dimensions`, `bandwidth`, `features` (even) and
    `seed` are the same.

    Raises: Error drift.dimensions, drift.bandwidth, drift.features.
    """

    def __init__(
        self, dimensions: int, bandwidth: float, features: int = 64, seed: int = 0
    ) -> None:
        self._core = _core.drift.MmdSketch(dimensions, bandwidth, features, seed)

    @property
    def rows(self) -> int:
        """How many rows were added."""
        return self._core.rows

    def update(self, values: Any) -> MmdSketch:
        """Adds rows, shape (rows, dimensions). Raises: Error drift.dimensions, drift.not_finite."""
        self._core.update(points(values, "values"))
        return self

    def __iadd__(self, other: MmdSketch) -> MmdSketch:
        self._core.add(other._core)
        return self

    def __add__(self, other: MmdSketch) -> MmdSketch:
        total = copy.copy(self)
        total._core = self._core.copy()
        return total.__iadd__(other)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MmdSketch) and self._core.equals(other._core)

    __hash__ = None  # type: ignore[assignment]

    def to_bytes(self) -> bytes:
        """Canonical bytes: equal sketches have equal ones."""
        return self._core.to_bytes()

    @classmethod
    def from_bytes(cls, state: bytes) -> MmdSketch:
        """What `to_bytes` wrote. Raises: Error drift.malformed, drift.version."""
        made = cls.__new__(cls)
        made._core = _core.drift.MmdSketch.from_bytes(bytes(state))
        return made

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the bytes to a file. A failed save leaves the old file. Raises: OSError."""
        _core.schema.write_file(os.fsencode(path), self.to_bytes())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> MmdSketch:
        """What `save` wrote. Raises: Error drift.malformed, drift.version; OSError."""
        return cls.from_bytes(Path(path).read_bytes())

    def __reduce__(self) -> tuple[Any, ...]:
        return MmdSketch.from_bytes, (self.to_bytes(),)

    def compare(self, current: MmdSketch, alpha: float = 0.05) -> Result:
        """The squared discrepancy, as `mmd` computes it. Raises: Error drift.incompatible."""
        return result_of(self._core.compare(current._core, alpha))


def mmd(
    reference: Any,
    current: Any,
    *,
    method: str = "fourier",
    bandwidth: float | None = None,
    features: int = 64,
    seed: int = 0,
    alpha: float = 0.05,
) -> Result:
    """Squared maximum mean discrepancy with a Gaussian kernel, shapes (rows, columns).

    `method`: "fourier" over all rows by random features (see `MmdSketch`), "linear" the
    linear-time statistic of the kernel itself. `bandwidth` is the reference's median distance
    unless given; columns of different units are best standardised first. The result is a function
    of the two sets of rows and of `seed`.

    Raises: Error drift.not_points, drift.dimensions, drift.method, drift.bandwidth, drift.features.
    """
    if method not in ("fourier", "linear"):
        raise DataValueError(
            f"method {method!r} is unknown; use 'fourier' or 'linear'", "drift.method"
        )
    return result_of(
        _core.drift.mmd(
            points(reference, "reference"),
            points(current, "current"),
            method == "linear",
            bandwidth,
            features,
            seed,
            alpha,
        )
    )


def sliced_wasserstein(
    reference: Any,
    current: Any,
    *,
    directions: int = 32,
    permutations: int = 199,
    seed: int = 0,
    alpha: float = 0.05,
) -> Result:
    """Mean Wasserstein-1 along random lines, in the points' unit; p-value by permutations of the
    rows."""
    return result_of(
        _core.drift.sliced_wasserstein(
            points(reference, "reference"),
            points(current, "current"),
            directions,
            permutations,
            seed,
            alpha,
        )
    )


def pca_reconstruction(
    reference: Any, current: Any, *, explained: float = 0.65, seed: int = 0, alpha: float = 0.05
) -> Result:
    """Do rows still fit the reference's principal components?

    The components that explain a share `explained` of the standardised variance are fitted on one
    half of the reference; the statistic is the mean reconstruction error of the current rows over
    that of the other half, the p-value Kolmogorov and Smirnov's of the two sets of errors.
    """
    return result_of(
        _core.drift.pca_reconstruction(
            points(reference, "reference"), points(current, "current"), explained, seed, alpha
        )
    )


def domain_classifier(
    reference: Any, current: Any, *, seed: int = 0, alpha: float = 0.05
) -> Result:
    """Can a logistic regression on values and squares tell the sides apart?

    Trained on one half of each side and tried on the other: the statistic is the area under the
    curve (0.5: it cannot), the p-value Mann and Whitney's, one-sided.
    """
    return result_of(
        _core.drift.domain_classifier(
            points(reference, "reference"), points(current, "current"), seed, alpha
        )
    )
