"""Constraints that the data would bear, each with its reason."""

from __future__ import annotations

from typing import NamedTuple

from zeroskew._anomalies import Fix
from zeroskew._checked import checked_categories, checked_profile, checked_schema
from zeroskew._core import schema as room
from zeroskew._profile import Profile
from zeroskew._schema import Schema


class Suggestion(NamedTuple):
    """One constraint that the schema could have: `suggestion.fix.apply(schema)` adds it."""

    path: str
    rule: str
    reason: str
    fix: Fix


def suggest_rules(
    profile: Profile,
    schema: Schema,
    *,
    tail: float = 0.005,
    margin: float = 0.5,
    max_values: int = 20,
    confidence: float = 0.95,
    length_margin: float = 0.5,
) -> list[Suggestion]:
    """What the schema does not say yet, though the data would bear it.

    Ranges of numbers from the quantile `tail` to the opposite one, and `margin` of their width
    further; sets of up to `max_values` integers; the least share of rows that hold a value, with a
    `confidence` (Wilson's bound); lengths of strings, `length_margin` of their spread further;
    formats and patterns that all strings have; unique values.

    Raises zeroskew.Error (schema.bad_option).
    """
    found = room.suggest(
        checked_profile(profile),
        checked_schema(schema),
        tail,
        margin,
        checked_categories(max_values),
        confidence,
        length_margin,
    )
    return [Suggestion(path, rule, reason, Fix(fix)) for path, rule, reason, fix in found]
