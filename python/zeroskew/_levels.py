"""Lists within lists, level by level."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zeroskew._numbers import Numbers

if TYPE_CHECKING:
    from zeroskew._column_profile import ColumnProfile


class Level(NamedTuple):
    """One level of nesting: the rows' lists first, then the lists that are items of those, and so
    on.

    What lies below a null list is not there at all: a level's `present` and `missing` make the
    `items` of the level above.
    """

    present: int
    """Lists that are not null, empty ones too."""
    missing: int
    """Null."""
    empty: int
    """Lists of no items."""
    items: int
    """Items of all lists together, null ones too."""
    lengths: Numbers
    """Items a list: min, mean, max, quantiles, histogram."""


def levels_of(column: ColumnProfile) -> list[Level]:
    levels = []
    at: ColumnProfile | None = column
    while at is not None and at.items is not None and at.length is not None:
        inside = at.items
        levels.append(
            Level(at.count, at.missing, at.length.zeros, inside.count + inside.missing, at.length)
        )
        at = inside
    return levels
