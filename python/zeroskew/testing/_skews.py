"""Where two implementations differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from zeroskew._cell_text import shown
from zeroskew._frames import text_frame
from zeroskew.testing._sides import Raised

_MOST = 40  # characters of a value in a line


class Skew(NamedTuple):
    """One output on which two implementations differ; `output` is "" where one raised and the
    other did not.

    `different` of `rows` rows differed; `row` is the smallest of them that was found, and `cells`
    what sets it apart from an ordinary row. `ours` and `theirs`: the answers for it.
    """

    output: str
    different: int
    rows: int
    row: Mapping[str, Any]
    cells: Mapping[str, Any]
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        cells = ", ".join(f"{name} = {cell!r}" for name, cell in self.cells.items())
        return (
            f"{self.output or '(the row)'}: {_text(self.ours)} here, {_text(self.theirs)} there,"
            f" for {cells or 'an ordinary row'}; {self.different} of {self.rows} rows"
        )


class Skews:
    """The outputs that differ, the commonest first; true where there is any."""

    def __init__(self, found: list[Skew], rows: int, outputs: list[str]) -> None:
        self._found = sorted(found, key=lambda skew: (-skew.different, skew.output))
        self.rows = rows
        self.outputs = outputs

    def __iter__(self) -> Iterator[Skew]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)

    def __getitem__(self, output: str) -> Skew:
        return next(skew for skew in self._found if skew.output == output)

    def to_frame(self) -> Any:
        """A pandas (else polars) frame, a row an output that differs."""
        columns: dict[str, list[str]] = {
            "output": [skew.output for skew in self],
            "different": [f"{skew.different} of {skew.rows}" for skew in self],
            "ours": [_text(skew.ours) for skew in self],
            "theirs": [_text(skew.theirs) for skew in self],
            "cells": [repr(dict(skew.cells)) for skew in self],
        }
        return text_frame(columns)

    def __repr__(self) -> str:
        if not self:
            return f"no skew: {len(self.outputs)} outputs are the same on {self.rows} rows"
        differing = sum(bool(skew.output) for skew in self)
        lines = [f"{differing} of {len(self.outputs)} outputs differ, {self.rows} rows tried"]
        return "\n".join([*lines, *(f"  {skew}" for skew in self)])


def _text(value: Any) -> str:
    return shown(value if isinstance(value, Raised) else repr(value), _MOST)
