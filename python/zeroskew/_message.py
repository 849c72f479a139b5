"""The parts of a schema as objects whose attributes are the fields of its messages."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, MutableSequence
from functools import cache
from typing import Any, NamedTuple, overload

from zeroskew import _core
from zeroskew.errors import DataTypeError, DataValueError

_Attach = Callable[[], None]


class _Field(NamedTuple):
    name: str
    kind: str
    repeated: bool
    one_of: int
    type: str
    values: list[str]


@cache
def fields(message: str) -> dict[str, _Field]:
    return {row[0]: _Field(*row) for row in _core.schema.message_fields(message)}


class Message:
    """One message: what is unset is None, a message within is made as soon as one of its fields is
    set.

    `feature.presence.min_fraction = 0.9` makes `presence`; `feature.presence = None` takes it away.
    Of fields that exclude each other the one that is set last stays. Dicts stand for messages.
    """

    __slots__ = ("_attach", "_data", "_type")

    def __init__(self, type_: str, data: dict[str, Any], attach: _Attach) -> None:
        # `attach` puts the data into the schema when they are about to change, and says that it has
        # changed.
        object.__setattr__(self, "_type", type_)
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "_attach", attach)

    def __getattr__(self, name: str) -> Any:
        field = self._field(name)
        if field.repeated:
            return Repeated(self, field)
        if field.kind == "message":
            if name in self._data:
                return Message(field.type, self._data[name], self._attach)
            fresh: dict[str, Any] = {}
            return Message(field.type, fresh, lambda: self._put(field, fresh))
        return None if name not in self._data else _read(field, self._data[name])

    def __setattr__(self, name: str, value: Any) -> None:
        field = self._field(name)
        if value is None or (field.repeated and not list(value)):
            self._attach()
            self._data.pop(name, None)
        elif field.repeated:
            if isinstance(value, (str, bytes)):
                raise DataTypeError(f"{name} is a list", "schema.field_type", self._type)
            self._put(field, [_checked(field, one) for one in value])
        else:
            self._put(field, _checked(field, value))

    def __delattr__(self, name: str) -> None:
        setattr(self, name, None)

    def has(self, name: str) -> bool:
        """Is the field set?"""
        return self._field(name).name in self._data

    def clear(self) -> None:
        """Unsets every field."""
        self._attach()
        self._data.clear()

    def to_dict(self) -> dict[str, Any]:
        """What is set, as JSON has it."""
        return dict(_copied(self._data))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Message):
            return bool(self._type == other._type and self._data == other._data)
        return self._data == other if isinstance(other, dict) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        """Is anything set?"""
        return bool(self._data)

    def __dir__(self) -> Iterable[str]:
        return [*object.__dir__(self), *fields(self._type)]

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={value!r}" for name, value in self._data.items())
        return f"{self._type}({inner})"

    def _field(self, name: str) -> _Field:
        known = fields(self._type)
        if name not in known:
            raise AttributeError(f"{self._type} has no field {name!r}", name=name, obj=self)
        return known[name]

    def _put(self, field: _Field, value: Any) -> None:
        self._attach()
        if field.one_of:
            for other in fields(self._type).values():
                if other.one_of == field.one_of:
                    self._data.pop(other.name, None)
        self._data[field.name] = value


class Repeated(MutableSequence[Any]):
    """A repeated field, as a list."""

    __slots__ = ("_field", "_owner")

    def __init__(self, owner: Message, field: _Field) -> None:
        self._owner = owner
        self._field = field

    @property
    def _items(self) -> list[Any]:
        items: list[Any] = self._owner._data.get(self._field.name, [])
        return items

    def _changing(self) -> list[Any]:
        self._owner._attach()
        items: list[Any] = self._owner._data.setdefault(self._field.name, [])
        return items

    def _changed(self) -> None:
        if not self._items:
            self._owner._data.pop(self._field.name, None)

    def _shown(self, item: Any) -> Any:
        if self._field.kind == "message":
            return Message(self._field.type, item, self._owner._attach)
        return _read(self._field, item)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self._shown(item) for item in self._items[index]]
        return self._shown(self._items[index])

    def __setitem__(self, index: int | slice, value: Any) -> None:
        if isinstance(index, slice):
            self._changing()[index] = [_checked(self._field, one) for one in value]
        else:
            self._changing()[index] = _checked(self._field, value)
        self._changed()

    def __delitem__(self, index: int | slice) -> None:
        del self._changing()[index]
        self._changed()

    def insert(self, index: int, value: Any) -> None:
        self._changing().insert(index, _checked(self._field, value))

    def add(self, **set_fields: Any) -> Message:
        """Appends a message with these fields, and returns it."""
        if self._field.kind != "message":
            raise DataTypeError(
                f"{self._field.name} holds no messages: append values", "schema.field_type"
            )
        self.append({})
        added = self[-1]
        for name, value in set_fields.items():
            setattr(added, name, value)
        assert isinstance(added, Message)
        return added

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        return iter([self._shown(item) for item in self._items])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (list, tuple, Repeated)):
            return NotImplemented
        return list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))


def _read(field: _Field, value: Any) -> Any:
    # JSON holds 64-bit integers and what is not finite as text.
    if field.kind == "int":
        return int(value)
    return float(value) if field.kind == "float" else value


def _checked(field: _Field, value: Any) -> Any:
    """The value as JSON has it."""
    if field.kind == "message":
        return _message(field, value)
    wrong = DataTypeError(
        f"{field.name} takes {_wanted(field)}, not {value!r}", "schema.field_type", field.name
    )
    if field.kind == "bool":
        if not isinstance(value, bool):
            raise wrong
        return value
    if field.kind in ("int", "float"):
        return _number(field, value, wrong)
    if not isinstance(value, str):
        raise wrong
    if field.kind == "enum" and value not in field.values:
        raise DataValueError(
            f"{field.name} takes {_wanted(field)}, not {value!r}", "schema.unknown_enum", field.name
        )
    return str(value)


def _number(field: _Field, value: Any, wrong: DataTypeError) -> Any:
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise wrong
    if field.kind == "int":
        if int(value) != value:
            raise wrong
        return int(value)
    number = float(value)
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def _message(field: _Field, value: Any) -> dict[str, Any]:
    if isinstance(value, Message):
        if value._type != field.type:
            raise DataTypeError(
                f"{field.name} is a {field.type}, not a {value._type}",
                "schema.field_type",
                field.name,
            )
        return value.to_dict()
    if not isinstance(value, dict):
        raise DataTypeError(
            f"{field.name} is a {field.type}: give a dict", "schema.field_type", field.name
        )
    made: dict[str, Any] = {}
    message = Message(field.type, made, lambda: None)
    for name, inner in value.items():
        setattr(message, name, inner)
    return made


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _copied(value) for name, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data


def _wanted(field: _Field) -> str:
    if field.kind == "enum":
        return "one of " + ", ".join(field.values)
    return {"bool": "True or False", "int": "a whole number", "float": "a number"}.get(
        field.kind, "a str"
    )
