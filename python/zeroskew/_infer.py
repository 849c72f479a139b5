"""Schemas from data: the first one, and the smallest change that accepts more."""

from __future__ import annotations

from zeroskew._checked import checked_categories, checked_profile, checked_schema
from zeroskew._core import schema as room
from zeroskew._imported import ImportedProfile
from zeroskew._profile import Profile
from zeroskew._schema import Schema


def infer_schema(
    profile: Profile | ImportedProfile, max_categories: int = 100, infer_shape: bool = True
) -> Schema:
    """A first schema, by the rules of TensorFlow Data Validation: validating the same data finds no
    anomaly.

    Strings with more than `max_categories` different values get no domain; `infer_shape`: a fixed
    shape where every example has as many values.
    """
    data = checked_profile(profile)
    categories = checked_categories(max_categories)
    return Schema._of(room.infer(data, categories, infer_shape))


def update_schema(
    schema: Schema,
    profile: Profile | ImportedProfile,
    max_categories: int = 100,
    environment: str | None = None,
) -> Schema:
    """The smallest change that accepts the data: every fix that `validate` proposes, in a new
    schema."""
    old, data = checked_schema(schema), checked_profile(profile)
    categories = checked_categories(max_categories)
    return Schema._of(room.update(old, data, environment, categories))
