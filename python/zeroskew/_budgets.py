"""Drift budgets: what they measured, and how a report of them reads."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zeroskew._core import policy as room
from zeroskew._frames import pandas_library
from zeroskew.drift._result import Result, result_of
from zeroskew.errors import DataTypeError

if TYPE_CHECKING:
    import pandas as pd

#: (measure, limit, action, column, parameters) of a guard; the column is "" if it has none.
Guard = tuple[str, float, str, str, dict[str, object]]


class BudgetWarning(UserWarning):
    """A drift budget is used up, and the policy says to warn."""


@dataclass(frozen=True)
class Measured:
    """One column, held to one budget."""

    column: str
    measure: str
    value: float
    limit: float
    action: str
    #: What it was held against: the "baseline", or the "rows" without augmentation.
    against: str
    #: False above the limit and beyond chance, and where nothing could be compared.
    within: bool
    result: Result


@dataclass(frozen=True)
class BudgetReport:
    """Every distance that was measured, whether within its limit or not."""

    measured: tuple[Measured, ...]

    @property
    def within(self) -> bool:
        return all(one.within for one in self.measured)

    def to_frame(self) -> pd.DataFrame:
        names = ("column", "measure", "value", "limit", "action", "against", "within")
        rows = [[getattr(one, name) for name in names] for one in self.measured]
        return pandas_library().DataFrame(rows, columns=list(names))


def report_of(core: room.BudgetReport) -> BudgetReport:
    measured = []
    for guard, column, of_baseline, result, broken in core.budgets:
        found = result_of(result)
        against = "baseline" if of_baseline else "rows"
        measured.append(
            Measured(
                column, guard[0], found.statistic, guard[1], guard[2], against, not broken, found
            )
        )
    return BudgetReport(tuple(measured))


def warn(core: room.BudgetReport, stacklevel: int) -> None:
    """Warns of the budgets whose action is "warn", `stacklevel` calls above."""
    if text := core.message("warn"):
        warnings.warn(text, BudgetWarning, stacklevel=stacklevel + 1)


def guard_of(guard: Mapping[str, Any]) -> Guard:
    """A guard as its author writes it, for the core."""
    if not isinstance(guard, Mapping) or not {"measure", "limit"} <= set(guard):
        raise DataTypeError(
            'a guard is a dict with "measure", "limit" and "action"; a drift budget has a "column" '
            "too",
            "policy.guard",
            repr(guard),
        )
    named = {
        name: guard[name] for name in ("measure", "limit", "action", "column") if name in guard
    }
    more = {name: value for name, value in guard.items() if name not in named}
    limit = named["limit"]
    if isinstance(limit, bool) or not isinstance(limit, int | float):
        raise DataTypeError(f"a limit is a number, not {limit!r}", "policy.guard", repr(guard))
    for name in ("measure", "action", "column"):
        if not isinstance(named.get(name, ""), str):
            raise DataTypeError(f"{name} is a text", "policy.guard", repr(guard))
    if named.get("column") == "":
        raise DataTypeError("column is empty", "policy.guard", repr(guard))
    return (
        named["measure"],
        float(limit),
        named.get("action", "error"),
        named.get("column", ""),
        more,
    )


def guard_to_dict(guard: Guard) -> dict[str, Any]:
    measure, limit, action, column, more = guard
    named = {"column": column} if column else {}
    return {"measure": measure, "limit": limit, "action": action, **named, **more}


__all__ = ["BudgetReport", "BudgetWarning", "Measured"]
