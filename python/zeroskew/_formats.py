"""Named forms of strings."""

from __future__ import annotations

from typing import NamedTuple

from zeroskew._core import schema as room


class Format(NamedTuple):
    """A named form of strings."""

    name: str
    pattern: str
    documentation: str


def formats() -> list[Format]:
    """The formats that the rule `format` knows."""
    return [Format(*one) for one in room.formats()]
