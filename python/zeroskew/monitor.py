"""Streaming detectors, anytime-valid tests, and counts of what a server sees.

Every detector takes `update(x) -> bool` and `update_many(values) -> indices of alarms`, and answers
`drifted`, `warning`, `count` and `ignored`: None, NaN and what it does not take change nothing but
`ignored`. `to_bytes` and `from_bytes` (pickling too) save and restore it mid-stream, in Python and
C++ alike.

ADWIN, BOCPD, Cusum, Ewma, Gma, KSWIN and PageHinkley take numbers; DDM, EDDM, HDDM_A, HDDM_W, RDDM
and STEPD take the errors (0 or 1) of a model; EDetector, SequentialMean, SequentialKS and
SequentialCounts keep a promise about false alarms however often one looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Any, NamedTuple, Protocol, overload, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zeroskew import _core
from zeroskew._core.monitor import (
    ADWIN,
    BOCPD,
    DDM,
    EDDM,
    HDDM_A,
    HDDM_W,
    KSWIN,
    RDDM,
    STEPD,
    Cusum,
    EDetector,
    Ewma,
    Gma,
    PageHinkley,
    SequentialCounts,
    SequentialKS,
    SequentialMean,
)
from zeroskew._data import Data, batches
from zeroskew._distributions import Distribution
from zeroskew._profile import Profile
from zeroskew._run_length import with_run_length
from zeroskew.errors import DataTypeError, DataValueError

__all__ = [
    "ADWIN",
    "BOCPD",
    "DDM",
    "EDDM",
    "HDDM_A",
    "HDDM_W",
    "KSWIN",
    "RDDM",
    "STEPD",
    "Cusum",
    "Detector",
    "DetectorInfo",
    "DetectorParameter",
    "EDetector",
    "Ewma",
    "Gma",
    "PageHinkley",
    "Recorded",
    "Recorder",
    "SequentialCounts",
    "SequentialKS",
    "SequentialMean",
    "combined_evalue",
    "detectors",
    "e_bh",
    "with_run_length",
]


@runtime_checkable
class Detector(Protocol):
    """What all detectors of numbers have."""

    @property
    def drifted(self) -> bool: ...
    @property
    def warning(self) -> bool: ...
    @property
    def count(self) -> int: ...
    @property
    def ignored(self) -> int: ...
    @property
    def parameters(self) -> dict[str, Any]: ...
    def update(self, x: float | None) -> bool: ...
    def update_many(self, values: ArrayLike) -> NDArray[np.int64]: ...
    def reset(self) -> None: ...
    def to_bytes(self) -> bytes: ...


class DetectorParameter(NamedTuple):
    """A parameter as the core's registry tells it; `type` is real, integer, flag or side."""

    name: str
    type: str
    default: Any
    range: str
    doc: str


class DetectorInfo(NamedTuple):
    """A kind of detector."""

    name: str
    doc: str
    input: str
    parameters: tuple[DetectorParameter, ...]


def detectors() -> list[DetectorInfo]:
    """Every kind of detector and sequential test."""
    return [
        DetectorInfo(
            entry["name"],
            entry["doc"],
            entry["input"],
            tuple(DetectorParameter(*parameter) for parameter in entry["parameters"]),
        )
        for entry in _core.monitor.registry()
    ]


def _sign() -> None:
    """Gives the classes the signatures that the registry says, for `help` and editors."""
    for info in detectors():
        needed = ["reference"] if info.name in ("SequentialCounts", "SequentialKS") else []
        positional = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in needed]
        named = [
            Parameter(p.name, Parameter.KEYWORD_ONLY, default=p.default) for p in info.parameters
        ]
        cls: Any = getattr(_core.monitor, info.name)
        cls.__signature__ = Signature([*positional, *named])


_sign()


@overload
def e_bh(evalues: Mapping[str, float], alpha: float = 0.05) -> dict[str, bool]: ...
@overload
def e_bh(
    evalues: Sequence[float] | NDArray[np.float64], alpha: float = 0.05
) -> NDArray[np.bool_]: ...
def e_bh(
    evalues: Mapping[str, float] | Sequence[float] | NDArray[np.float64], alpha: float = 0.05
) -> dict[str, bool] | NDArray[np.bool_]:
    """Which of many features drifted, from their e-values (e-BH, Wang & Ramdas 2022).

    The share of false discoveries is at most `alpha` on average, however the features depend on
    each other.
    """
    if isinstance(evalues, Mapping):
        found = _core.monitor.e_benjamini_hochberg(_evidence(list(evalues.values())), alpha)
        return dict(zip(evalues, found, strict=True))
    return np.array(_core.monitor.e_benjamini_hochberg(_evidence(evalues), alpha), dtype=np.bool_)


def combined_evalue(evalues: Mapping[str, float] | Sequence[float] | NDArray[np.float64]) -> float:
    """The mean of e-values: an e-value for "nothing drifted", whatever the dependence."""
    return _core.monitor.combined_evalue(
        _evidence(list(evalues.values()) if isinstance(evalues, Mapping) else evalues)
    )


def _evidence(evalues: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    try:
        array = np.asarray(evalues, dtype=np.float64)
    except (TypeError, ValueError) as failure:
        raise DataTypeError(f"e-values are numbers: {failure}", "monitor.not_numbers") from None
    if array.ndim != 1:
        raise DataValueError("e-values come in one dimension, one a feature", "monitor.not_numbers")
    return array


@dataclass(frozen=True)
class Recorded:
    """What was counted of a feature: over `bins` (low, high, count; values in [low, high)), or over
    `labels`.

    `sum` is the exact sum of the finite numbers, rounded once; it may lack a value that another
    thread was counting throughout, and then `settled` is False.
    """

    name: str
    total: int
    missing: int
    nan: int
    negative_infinity: int
    positive_infinity: int
    sum: float
    settled: bool
    bins: list[tuple[float, float, int]]
    labels: dict[str, int]
    others: int
    distribution: Distribution

    @property
    def mean(self) -> float | None:
        """Of the finite numbers."""
        finite = sum(count for _, _, count in self.bins)
        return self.sum / finite if finite else None

    def to_dict(self) -> dict[str, Any]:
        """Without the distribution, as JSON can say it once infinite ends of bins are None."""
        finite = [
            [None if low == -np.inf else low, None if high == np.inf else high, count]
            for low, high, count in self.bins
        ]
        counts = {"bins": finite} if finite else {"labels": self.labels, "others": self.others}
        names = ("total", "missing", "nan", "negative_infinity", "positive_infinity", "sum")
        return {**{name: getattr(self, name) for name in names}, **counts}


def _recorded(entry: dict[str, Any]) -> Recorded:
    edges: list[float] = entry.pop("edges")
    names: list[str] = entry.pop("labels")
    counts: list[int] = entry.pop("bins")
    if names:
        return Recorded(
            **entry, bins=[], labels=dict(zip(names, counts, strict=False)), others=counts[-1]
        )
    ends = [-np.inf, *edges, np.inf]
    bins = list(zip(ends[:-1], ends[1:], counts, strict=True))
    return Recorded(**entry, bins=bins, labels={}, others=0)


_RECORDABLE = ("int", "float", "bool", "string", "bytes")


class Recorder:
    """Counts what a server sees, in bins that are frozen on a profile of the training data.

    Any thread may record and any may look; nobody waits for a lock.
    """

    def __init__(
        self, profile: Profile, columns: Sequence[str] | None = None, bins: int = 64
    ) -> None:
        """`columns`: by default all of numbers, bools, strings or bytes that have values."""
        if not isinstance(profile, Profile):
            raise DataTypeError(
                f"bins are made from a zs.Profile, not from {type(profile).__name__!r}",
                "monitor.recorder",
            )
        if isinstance(columns, str):
            raise DataTypeError("columns are a list of names", "monitor.recorder")
        if isinstance(bins, bool) or not isinstance(bins, int) or not 1 <= bins <= 1_000_000:
            raise DataValueError(
                f"bins must be whole, from 1 to 1000000, found {bins!r}", "monitor.recorder"
            )
        references = []
        for name in profile.columns if columns is None else columns:
            column = profile[name]
            known = column.type in _RECORDABLE and column.count > 0
            if known:
                reference = Distribution.of_profile(column._core)
                known = bool(reference.labels) or column.type in ("int", "float")
            if known:
                references.append((name, reference))
            elif columns is not None:
                raise DataTypeError(
                    f"a column of {column.type} with {column.count} values cannot be recorded;"
                    " columns of numbers, bools, strings or bytes with known values can",
                    "monitor.recorder",
                    name,
                )
        self._names = [name for name, _ in references]
        self._core = _core.monitor.Recorder(references, bins)

    @property
    def columns(self) -> list[str]:
        return list(self._names)

    def record(self, row: Mapping[str, object]) -> None:
        """Counts a row. A column that it lacks is missing; other columns do not matter. A row that
        is refused is not counted at all.
        """
        self._core.record(row)

    def record_many(self, data: Data) -> None:
        """Counts the rows of any data; it must have all columns. Other threads go on."""
        for batch in batches(data, self._names):
            self._core.record_batch(batch)

    def snapshot(self) -> dict[str, Recorded]:
        """What was counted up to now, a feature each."""
        return {entry["name"]: _recorded(entry) for entry in self._core.snapshot()}

    def __repr__(self) -> str:
        return f"Recorder(columns={self._names!r})"
