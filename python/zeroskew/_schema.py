"""Schemas: read, edited, frozen, saved."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from zeroskew import _extension, _show_schema
from zeroskew._core import schema as room
from zeroskew._frames import text_frame
from zeroskew._message import Message, _copied
from zeroskew.errors import DataKeyError, DataTypeError, DataValueError, Error


class Schema(Message):
    """What the data must look like: the message tensorflow.metadata.v0.Schema, field by field.

    `schema["fare"]` is a feature, by name or by path ("trip.miles"):
    `schema["fare"].presence.min_fraction = 0.9`,
    `schema["tip"].not_in_environment.append("SERVING")`,
    `schema["company"].skew_comparator.infinity_norm.threshold = 0.01`.
    """

    __slots__ = ("_cached", "_members")

    def __init__(self) -> None:
        """A schema without features."""
        object.__setattr__(self, "_cached", None)
        super().__init__("Schema", {}, self._forget)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("unique_key", "_data"):
            # Properties of this class, not fields of the message.
            object.__setattr__(self, name, value)
        else:
            super().__setattr__(name, value)

    def _forget(self) -> None:
        if _extension.read(self._data).get("frozen") is not None:
            raise DataValueError(
                "the schema is frozen; change a thawed copy: schema.thaw()", "schema.frozen"
            )
        object.__setattr__(self, "_cached", None)

    # The members are read from the core's schema when somebody looks at them.
    @property
    def _data(self) -> dict[str, Any]:
        if self._members is None:
            self._data = json.loads(self._cached.to_json())
        members: dict[str, Any] = self._members
        return members

    @_data.setter
    def _data(self, members: dict[str, Any]) -> None:
        object.__setattr__(self, "_members", members)

    @property
    def _core(self) -> room.Schema:
        if self._cached is None:
            object.__setattr__(self, "_cached", room.Schema.from_json(json.dumps(self._data)))
        core: room.Schema = self._cached
        return core

    @classmethod
    def _of(cls, core: room.Schema) -> Schema:
        schema = cls()
        schema._take(core)
        return schema

    def _take(self, core: room.Schema) -> None:
        object.__setattr__(self, "_members", None)
        object.__setattr__(self, "_cached", core)

    @property
    def features(self) -> list[str]:
        """The paths of all features, structs before their children."""
        return [room.path_text(steps) for steps in self._core.paths()]

    def __getitem__(self, name: str) -> Message:
        """A feature by name, or by path inside structs."""
        if not isinstance(name, str):
            raise DataTypeError(
                f"a feature is asked for by its name, not by {name!r}", "schema.bad_name"
            )
        steps = self._core.find(name)
        assert steps is not None
        found = _named(self.feature, steps[0])
        for step in steps[1:]:
            found = _named(found.struct_domain.feature, step)
        return found

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        try:
            self._core.find(name)
        except DataKeyError:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self.features)

    def __len__(self) -> int:
        return len(self.features)

    def __bool__(self) -> bool:
        return bool(self._data)

    def __delitem__(self, name: str) -> None:
        """Removes a feature."""
        steps = self._core.find(name)
        assert steps is not None
        level = self.feature
        for step in steps[:-1]:
            level = _named(level, step).struct_domain.feature
        level.remove(_named(level, steps[-1]))

    def domain(self, name: str) -> Message:
        """The string domain of a feature, or the one of this name:
        `schema.domain("company").value.append("Taxi")`."""
        if name in self:
            feature = self[name]
            if feature.has("string_domain"):
                return feature.string_domain  # type: ignore[no-any-return]
            name = feature.domain if feature.has("domain") else name
        for domain in self.string_domain:
            if domain.name == name:
                return domain  # type: ignore[no-any-return]
        raise DataKeyError("there is no such string domain", "schema.unknown_domain", name)

    def set_environments(self, *names: str) -> None:
        """The environments that every feature belongs to unless it says otherwise
        (default_environment)."""
        self.default_environment = list(names)

    def required(self, name: str, environment: str | None = None) -> bool:
        """Must the feature be there, in this environment?"""
        steps = self._core.find(name)
        assert steps is not None
        return self._core.required(steps, environment)

    def rules(self, name: str) -> dict[str, Any]:
        """The feature's own rules: what the message has no field for."""
        return dict(_copied(_extension.read(self[name]._data).get("rules", {})))

    def set_rules(self, name: str, **rules: Any) -> None:
        """Sets rules of a feature, beside those that it has; None takes one away.

        `pattern` (a regular expression that all of a string must match), `format` (one of
        `zeroskew.formats()`), `min_length`, `max_length` (bytes of a string), `values` (integers
        that are allowed), `unique` (no value twice), `monotonic` ("increasing",
        "strictly_increasing", "decreasing", "strictly_decreasing", from row to row), `max_age`
        (seconds from the newest time to `now`), and bounds {"min": .., "max": ..} on `mean`, `std`,
        `zero_rate`, `missing_rate`; `quantiles` is a list of {"q": 0.5, "min": .., "max": ..}.

        Raises zeroskew.Error (schema.bad_rule, schema.pattern), and leaves the schema as it was.
        """
        self._forget()
        wanted = {**self.rules(name), **rules}
        changed = self.__copy__()
        extension = _extension.read(changed[name]._data)
        kept = {rule: value for rule, value in wanted.items() if value is not None}
        _extension.write(
            changed[name]._data,
            {**extension, "rules": kept} if kept else _without(extension, "rules"),
        )
        changed._forget()
        try:
            core = changed._core
        except (TypeError, ValueError) as failure:
            if isinstance(failure, Error):
                raise
            raise DataValueError(
                f"rules are numbers, texts, lists and dicts: {failure}", "schema.bad_rule"
            ) from None
        room.check_feature_rules(core, name)
        self._take(core)

    @property
    def row_rules(self) -> list[RowRule]:
        """The rules across columns."""
        return [RowRule(*rule) for rule in room.row_rules(self._core)]

    def add_row_rule(
        self,
        expression: str,
        name: str | None = None,
        *,
        min_share: float = 1.0,
        severity: str = "ERROR",
        description: str = "",
    ) -> None:
        """A condition that every row must meet, such as "dropoff_time > pickup_time".

        The name is the expression itself unless it is given; a rule of the same name is replaced.
        `min_share` of the rows where the condition is not null must meet it. For the language see
        `docs/expressions.md`.

        Raises zeroskew.Error (schema.expression_syntax, schema.expression_name,
        schema.expression_type) with the place.
        """
        self._forget()
        wanted = expression if name is None else name
        self._take(
            room.with_row_rule(
                self._core, wanted, expression, min_share, str(severity), description
            )
        )

    def remove_row_rule(self, name: str) -> None:
        """Takes a rule out. Raises KeyError where there is none of this name."""
        self._forget()
        core = room.without_row_rule(self._core, name)
        if core is None:
            raise DataKeyError("there is no such row rule", "schema.unknown_rule", name)
        self._take(core)

    @property
    def unique_key(self) -> list[str]:
        """The features whose values together occur in one row only; empty: there is no such key."""
        return room.unique_key(self._core)

    @unique_key.setter
    def unique_key(self, names: Iterable[str]) -> None:
        self._forget()
        self._take(room.with_unique_key(self._core, [str(name) for name in names]))

    @property
    def digest(self) -> str:
        """SHA-256 of the JSON form, 64 hex digits; whether the schema is frozen is no part of
        it."""
        return room.digest(self._core)

    @property
    def frozen(self) -> bool:
        return room.is_frozen(self._core)

    def freeze(self) -> None:
        """Writes the digest into the schema, which then refuses every edit, also when it was saved
        and loaded."""
        self._take(room.frozen(self._core))

    def thaw(self) -> Schema:
        """A copy that can be edited."""
        return Schema._of(room.thawed(self._core))

    def to_json(self) -> str:
        """The protobuf-JSON form, with the message's own field names."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> Schema:
        return cls._of(room.Schema.from_json(text))

    def to_text(self) -> str:
        """The protobuf text form (.pbtxt)."""
        return self._core.to_text()

    @classmethod
    def from_text(cls, text: str) -> Schema:
        return cls._of(room.Schema.from_text(text))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes .json or .pbtxt, by suffix. A save that fails leaves the old file."""
        self._core.save(os.fsencode(path))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Schema:
        return cls._of(room.Schema.load(os.fsencode(path)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Schema):
            return NotImplemented
        return self._core.equals(other._core)

    __hash__ = None

    def __copy__(self) -> Schema:
        copied = Schema()
        object.__setattr__(copied, "_data", _copied(self._data))
        return copied

    def __deepcopy__(self, memo: object) -> Schema:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        return Schema.from_json, (self.to_json(),)

    def to_frame(self) -> Any:
        """A pandas (else polars) frame: a row a feature, in words."""
        rows = list(_show_schema.rows_of(self))
        names = _show_schema.Row._fields
        return text_frame({name: [getattr(row, name) for row in rows] for name in names})

    def _repr_html_(self) -> str:
        return _show_schema.page(self)

    def __repr__(self) -> str:
        names = [room.path_text(steps) for steps in self._core.paths()]
        most = 12
        more = f", ... and {len(names) - most} more" if len(names) > most else ""
        return f"<Schema of {len(names)} features: {', '.join(names[:most])}{more}>"


class RowRule(NamedTuple):
    """A condition that every row must meet, or `min_share` of those where it is not null."""

    name: str
    expression: str
    min_share: float
    severity: str
    description: str


def _without(members: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in members.items() if key != name}


def _named(features: Any, name: str) -> Message:
    for feature in features:
        if (feature.name or "") == name:
            assert isinstance(feature, Message)
            return feature
    raise DataKeyError("the schema has no such feature", "schema.unknown_feature", name)
