"""What differs between two schemas."""

from __future__ import annotations

from typing import NamedTuple

from zeroskew._checked import checked_schema
from zeroskew._core import schema as room
from zeroskew._schema import Schema


class SchemaChange(NamedTuple):
    """One difference; an added thing has no `before`, a removed one no `after`."""

    kind: str
    path: str
    field: str
    before: str | None
    after: str | None
    text: str

    def __str__(self) -> str:
        return self.text


def schema_diff(old: Schema, new: Schema) -> list[SchemaChange]:
    """What differs, in the order of the old schema; features and domains are matched by name."""
    return [SchemaChange(*change) for change in room.diff(checked_schema(old), checked_schema(new))]
