"""Thresholds that a history of a metric proposes, with the false alarms that they imply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zeroskew import _core
from zeroskew._distributions import numbers
from zeroskew.errors import DataTypeError


@dataclass(frozen=True)
class SlotThreshold:
    """Values above `threshold` at times of this slot are alarms.

    `slot`: an hour (0 to 23), a weekday (0 is Monday), or 24 weekday + hour. `center` is the
    slot's median.
    """

    slot: int
    center: float
    threshold: float
    count: int


class ThresholdProposal:
    """A `margin` above what a slot usually is, and the `rate` of false alarms a look that it
    implies.

    `reached` is False where the history is too short for the rate that was wanted.
    """

    def __init__(self, core: _core.drift.ThresholdProposal) -> None:
        self._core = core
        self.margin: float = core.margin
        self.rate: float = core.rate
        self.reached: bool = core.reached
        self.history: int = core.history
        self.slots: list[SlotThreshold] = [SlotThreshold(*one) for one in core.slots]

    def at(self, time: Any = 0) -> float:
        """The threshold at a time; a slot without history takes the median of all."""
        return self._core.at(int(_seconds([time])[0]) if time != 0 else 0)

    def __repr__(self) -> str:
        short = "" if self.reached else ", history too short for the rate wanted"
        rate = f"{100 * self.rate:.3g}% false alarms a look"
        return f"ThresholdProposal(margin {self.margin:.6g}, {rate}{short})"


def _seconds(times: ArrayLike) -> NDArray[np.int64]:
    try:
        array = np.asarray(times)
        if array.dtype.kind == "i":
            return array.astype(np.int64)
        return array.astype("datetime64[s]").astype(np.int64)
    except (TypeError, ValueError) as error:
        raise DataTypeError(
            f"times are dates or seconds since 1970: {error}", "drift.times", "times"
        ) from None


def propose_thresholds(
    values: Any, times: ArrayLike | None = None, *, season: str | None = None, rate: float = 0.01
) -> ThresholdProposal:
    """From a metric's history (a distance, a share of missing cells, ...), the threshold that a
    new value passes with chance `rate` at the most: an order statistic, whatever the metric's
    distribution.

    `season`: "hour", "weekday" or "hour_of_week" compares each value with its own kind of time; it
    needs `times` (dates, or seconds since 1970, in the time zone whose hours matter). Values that
    are not finite are left out.

    Raises: Error drift.rate, drift.times, drift.season, drift.history.
    """
    seconds = np.empty(0, np.int64) if times is None else _seconds(times)
    return ThresholdProposal(
        _core.drift.propose_thresholds(numbers(values, "values"), seconds, season or "", rate)
    )
