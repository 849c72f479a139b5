"""Detectors whose sensitivity is set by how long they run between false alarms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zeroskew import _core
from zeroskew._distributions import numbers
from zeroskew.errors import DataTypeError, DataValueError


@dataclass(frozen=True)
class _Sensitivity:
    """The parameter that makes alarms rare, its values with the fewest and the most of them, and a
    second one for warnings, which must come no later.
    """

    name: str
    fewest: float
    most: float
    warning: str = ""


_SENSITIVITY = {
    "ADWIN": _Sensitivity("delta", 1e-12, 0.9),
    "BOCPD": _Sensitivity("hazard", 1e-9, 0.5),
    "Cusum": _Sensitivity("h", 1e3, 0.1),
    "DDM": _Sensitivity("drift_level", 30.0, 0.1, "warning_level"),
    "EDDM": _Sensitivity("beta", 0.05, 0.95, "alpha"),
    "Ewma": _Sensitivity("limit", 100.0, 0.1),
    "Gma": _Sensitivity("lambda_", 1e6, 1e-3),
    "HDDM_A": _Sensitivity("drift_confidence", 1e-12, 0.5, "warning_confidence"),
    "HDDM_W": _Sensitivity("drift_confidence", 1e-12, 0.5, "warning_confidence"),
    "KSWIN": _Sensitivity("alpha", 1e-12, 0.5),
    "PageHinkley": _Sensitivity("lambda_", 1e6, 1e-3),
    "RDDM": _Sensitivity("drift_level", 30.0, 0.1, "warning_level"),
    "STEPD": _Sensitivity("alpha_drift", 1e-12, 0.5, "alpha_warning"),
}
_RUNS = 40
_STEPS = 16


def _stream(null: object, size: int) -> NDArray[np.float64]:
    rng = np.random.Generator(np.random.Philox(0))
    if isinstance(null, (int, float)):
        if not 0.0 < null < 1.0:
            raise DataValueError("a rate is between 0 and 1", "monitor.null", "null")
        return (rng.random(size) < null).astype(np.float64)
    history = numbers(null, "null")
    history = history[np.isfinite(history)]
    if not history.size:
        raise DataValueError("the history has no number", "monitor.null", "null")
    return history[rng.integers(0, history.size, size)]


def with_run_length(kind: type, target: float, null: object = None, **parameters: Any) -> Any:
    """A detector of a kind (`zs.monitor.ADWIN`, ...) that runs `target` values or more between
    false alarms, on average.

    `null`: values without change, as many as there are, or a rate of errors; the detector's
    sensitivity is set by streams that are drawn from them independently, `target` times some 40 in
    length. Without it a kind that has a `target_run_length` of its own takes that. `parameters` are
    the others, as the kind takes them.

    Raises: Error monitor.run_length (a kind that has none, or cannot run so long or be so
    sensitive), monitor.null.
    """
    name = getattr(kind, "__name__", "")
    own = "target_run_length" in getattr(getattr(kind, "__signature__", None), "parameters", ())
    if not (isinstance(target, (int, float)) and 1.0 <= target <= 1e7):
        raise DataValueError("a target is from 1 to 10,000,000 values", "monitor.run_length", name)
    if own and (null is None or name not in _SENSITIVITY):
        return kind(target_run_length=float(target), **parameters)
    if name not in _SENSITIVITY or getattr(_core.monitor, name) is not kind:
        raise DataTypeError(
            "a detector with a run length is needed; an anytime-valid test has alpha instead: the"
            " chance that it ever raises a false alarm",
            "monitor.run_length",
            name,
        )
    if null is None:
        raise DataValueError(
            "values without change are needed, or their rate of errors", "monitor.null", name
        )
    dial = _SENSITIVITY[name]
    if dial.name in parameters:
        raise DataValueError(f"{dial.name} follows from the run length", "monitor.run_length", name)
    stream = _stream(null, math.ceil(target) * _RUNS)

    def of(value: float) -> Any:
        chosen = {dial.name: value, **parameters}
        if dial.warning:
            chosen.setdefault(dial.warning, value)
        return kind(**chosen)

    def alarms(value: float) -> int:
        return len(of(value).update_many(stream))

    if alarms(dial.fewest) > _RUNS:
        raise DataValueError("it cannot run so long", "monitor.run_length", name)
    rare, often = math.log(dial.fewest), math.log(dial.most)
    for _ in range(_STEPS):
        middle = 0.5 * (rare + often)
        if alarms(math.exp(middle)) > _RUNS:
            often = middle
        else:
            rare = middle
    return of(math.exp(rare))
