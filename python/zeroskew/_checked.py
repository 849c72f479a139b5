"""What functions on schemas are given: the core's part, or an error that says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from zeroskew._core import schema as room
from zeroskew._core import stats
from zeroskew._imported import ImportedProfile
from zeroskew._profile import Profile
from zeroskew._schema import Schema
from zeroskew.errors import DataTypeError, DataValueError


def checked_profile(profile: Profile | ImportedProfile) -> stats.Profile | room.DatasetStatistics:
    if not isinstance(profile, (Profile, ImportedProfile)):
        raise DataTypeError(
            f"a profile is wanted, not a {type(profile).__name__!r}: "
            "zeroskew.profile(data) makes one",
            "schema.not_a_profile",
        )
    return profile._core


def checked_schema(schema: Schema) -> room.Schema:
    if not isinstance(schema, Schema):
        raise DataTypeError(
            f"a schema is wanted, not a {type(schema).__name__!r}", "schema.not_a_schema"
        )
    return schema._core


def checked_categories(count: int) -> int:
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count < 2**31:
        raise DataValueError(
            "max_categories is a whole number, 0 or more", "schema.bad_option", repr(count)
        )
    return count


def checked_environment(environment: str | None) -> str | None:
    if environment is not None and not isinstance(environment, str):
        raise DataTypeError("an environment is a name", "schema.bad_option", repr(environment))
    return environment


def severity_overrides(severities: Mapping[str, str] | None) -> list[tuple[str, str]]:
    return [(str(type_), str(severity)) for type_, severity in (severities or {}).items()]
