"""Streaming detectors, anytime-valid tests, and counts of what a server sees."""

from collections.abc import Mapping, Sequence
from inspect import Signature
from typing import Any, ClassVar, Literal, TypeAlias, final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from typing_extensions import Self

from zeroskew._core.column import Batch
from zeroskew._core.drift import Distribution

_Side: TypeAlias = Literal["both", "up", "down"]
_Parameter: TypeAlias = tuple[str, str, Any, str, str]

class _Saved:
    """What every detector, test and count has in common, for type checkers only: a state of its
    own.
    """

    __signature__: ClassVar[Signature]
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
    def reset(self) -> None: ...
    def to_bytes(self) -> bytes: ...
    def copy(self) -> Self: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: dict[int, Any]) -> Self: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __getstate__(self) -> bytes: ...
    def __setstate__(self, state: bytes, /) -> None: ...

class _Detector(_Saved):
    def update(self, x: float | None) -> bool: ...
    def update_many(self, values: ArrayLike) -> NDArray[np.int64]: ...

@final
class ADWIN(_Detector):
    def __init__(
        self,
        *,
        delta: float = 0.002,
        clock: int = 32,
        max_buckets: int = 5,
        min_window: int = 5,
        grace: int = 10,
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> ADWIN: ...
    @property
    def width(self) -> int: ...
    @property
    def mean(self) -> float: ...
    @property
    def variance(self) -> float: ...

@final
class BOCPD(_Detector):
    def __init__(
        self,
        *,
        hazard: float = 0.01,
        prior_mean: float = 0.0,
        prior_variance: float = 1.0,
        variance: float = 1.0,
        min_count: int = 30,
        cap: int = 300,
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> BOCPD: ...
    @property
    def run_length(self) -> int: ...
    def probability(self, length: int) -> float: ...

@final
class Cusum(_Detector):
    def __init__(
        self,
        *,
        k: float = 0.5,
        h: float = 5.0,
        burn_in: int = 100,
        mean: float = 0.0,
        deviation: float = 1.0,
        side: _Side | int = "both",
        target_run_length: float = 0.0,
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> Cusum: ...
    @property
    def rise(self) -> float: ...
    @property
    def fall(self) -> float: ...
    @property
    def threshold(self) -> float: ...

@final
class DDM(_Detector):
    def __init__(
        self, *, warning_level: float = 2.0, drift_level: float = 3.0, min_count: int = 30
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> DDM: ...
    @property
    def rate(self) -> float: ...

@final
class EDDM(_Detector):
    def __init__(self, *, alpha: float = 0.95, beta: float = 0.9, min_count: int = 30) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> EDDM: ...

@final
class EDetector(_Detector):
    def __init__(
        self,
        *,
        mean: float = 0.5,
        lo: float = 0.0,
        hi: float = 1.0,
        target_run_length: float = 10000.0,
        side: _Side | int = "both",
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> EDetector: ...
    @property
    def evidence(self) -> float: ...

@final
class Ewma(_Detector):
    def __init__(
        self,
        *,
        lambda_: float = 0.2,
        limit: float = 3.0,
        burn_in: int = 100,
        mean: float = 0.0,
        deviation: float = 1.0,
        side: _Side | int = "both",
        target_run_length: float = 0.0,
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> Ewma: ...
    @property
    def average(self) -> float: ...
    @property
    def threshold(self) -> float: ...

@final
class Gma(_Detector):
    def __init__(
        self,
        *,
        alpha: float = 0.99,
        lambda_: float = 1.0,
        min_count: int = 30,
        side: _Side | int = "both",
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> Gma: ...
    @property
    def average(self) -> float: ...

@final
class HDDM_A(_Detector):  # noqa: N801
    def __init__(
        self,
        *,
        drift_confidence: float = 0.001,
        warning_confidence: float = 0.005,
        side: _Side | int = "up",
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> HDDM_A: ...

@final
class HDDM_W(_Detector):  # noqa: N801
    def __init__(
        self,
        *,
        drift_confidence: float = 0.001,
        warning_confidence: float = 0.005,
        lambda_: float = 0.05,
        side: _Side | int = "up",
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> HDDM_W: ...

@final
class KSWIN(_Detector):
    def __init__(self, *, alpha: float = 0.005, window: int = 100, recent: int = 30) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> KSWIN: ...
    @property
    def statistic(self) -> float: ...
    @property
    def threshold(self) -> float: ...

@final
class PageHinkley(_Detector):
    def __init__(
        self,
        *,
        min_count: int = 30,
        delta: float = 0.005,
        lambda_: float = 50.0,
        alpha: float = 0.9999,
        side: _Side | int = "both",
        target_run_length: float = 0.0,
        deviation: float = 1.0,
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> PageHinkley: ...
    @property
    def rise(self) -> float: ...
    @property
    def fall(self) -> float: ...
    @property
    def threshold(self) -> float: ...

@final
class RDDM(_Detector):
    def __init__(
        self,
        *,
        warning_level: float = 1.773,
        drift_level: float = 2.258,
        min_count: int = 129,
        max_concept: int = 40000,
        min_concept: int = 7000,
        warning_limit: int = 1400,
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> RDDM: ...
    @property
    def rate(self) -> float: ...

@final
class STEPD(_Detector):
    def __init__(
        self, *, alpha_drift: float = 0.003, alpha_warning: float = 0.05, window: int = 30
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> STEPD: ...
    @property
    def statistic(self) -> float: ...

@final
class SequentialMean(_Detector):
    def __init__(
        self,
        *,
        mean: float = 0.5,
        lo: float = 0.0,
        hi: float = 1.0,
        alpha: float = 0.05,
        side: _Side | int = "both",
    ) -> None: ...
    @staticmethod
    def from_bytes(data: bytes) -> SequentialMean: ...
    @property
    def evalue(self) -> float: ...
    @property
    def log_evalue(self) -> float: ...
    @property
    def pvalue(self) -> float: ...
    def interval(self) -> tuple[float, float]: ...

@final
class SequentialCounts(_Saved):
    def __init__(
        self, reference: object, *, alpha: float = 0.05, concentration: float = 1.0
    ) -> None: ...
    @staticmethod
    def known(
        shares: ArrayLike, *, alpha: float = 0.05, concentration: float = 1.0
    ) -> SequentialCounts: ...
    def update(self, x: object) -> bool: ...
    def update_many(self, values: Sequence[object] | NDArray[Any]) -> NDArray[np.int64]: ...
    def update_counts(self, counts: Mapping[Any, int] | ArrayLike) -> bool: ...
    @property
    def counts(self) -> list[int]: ...
    @property
    def labels(self) -> list[str]: ...
    @staticmethod
    def from_bytes(data: bytes) -> SequentialCounts: ...
    @property
    def log_evalue(self) -> float: ...
    @property
    def evalue(self) -> float: ...
    @property
    def pvalue(self) -> float: ...
    def __iadd__(self, other: SequentialCounts, /) -> SequentialCounts: ...

@final
class SequentialKS(_Detector):
    def __init__(
        self, reference: object, *, alpha: float = 0.05, min_count: int = 10, max_edges: int = 128
    ) -> None: ...
    @staticmethod
    def known(
        edges: ArrayLike,
        cdf: ArrayLike,
        *,
        alpha: float = 0.05,
        min_count: int = 10,
        max_edges: int = 128,
    ) -> SequentialKS: ...
    @staticmethod
    def from_bytes(data: bytes) -> SequentialKS: ...
    @property
    def statistic(self) -> float: ...
    @property
    def threshold(self) -> float: ...
    @property
    def evalue(self) -> float: ...
    @property
    def pvalue(self) -> float: ...
    def __iadd__(self, other: SequentialKS, /) -> SequentialKS: ...

@final
class Recorder:
    """Counts of what a server sees."""

    def __init__(self, references: Sequence[tuple[str, Distribution]], bins: int) -> None: ...
    def record(self, row: Mapping[str, object]) -> None: ...
    def record_batch(self, batch: Batch) -> None: ...
    def snapshot(self) -> list[dict[str, Any]]: ...

def registry() -> list[dict[str, Any]]:
    """Each kind: name, doc, input, and (name, type, default, range, doc) of parameters."""

def e_benjamini_hochberg(evalues: NDArray[np.float64], alpha: float) -> list[bool]: ...
def combined_evalue(evalues: NDArray[np.float64]) -> float: ...
