"""Small values that statistics come in."""

from __future__ import annotations

from typing import NamedTuple


class Estimate(NamedTuple):
    """A number with certified bounds: `lo <= truth <= hi`; `exact` means that all three are one."""

    value: float
    lo: float
    hi: float
    exact: bool

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return round(self.value)

    def __str__(self) -> str:
        return (
            f"{self.value:,}"
            if self.exact
            else f"{self.value:,.0f} [{self.lo:,.0f}, {self.hi:,.0f}]"
        )


class Bin(NamedTuple):
    """A histogram's bin: values in [low, high), the last bin's high included; `lo <= true count <=
    hi`.
    """

    low: float
    high: float
    count: float  # type: ignore[assignment]  # hides tuple.count
    lo: float
    hi: float
