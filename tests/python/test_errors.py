"""Every exception is an Error, the built-in kind that fits, has an id, a place, and reads well."""

import inspect
import pickle

import pytest

import zeroskew as zs

CLASSES = [
    cls
    for _, cls in inspect.getmembers(zs.errors, inspect.isclass)
    if issubclass(cls, zs.Error) and cls is not zs.Error
]


@pytest.mark.parametrize("cls", CLASSES)
def test_errors_read_well_and_travel(cls: type[zs.Error]) -> None:
    error = cls("what is wrong", "room.reason", "fare")
    assert str(error) == "[room.reason] fare: what is wrong"
    other = pickle.loads(pickle.dumps(error))
    assert (type(other), str(other), other.id, other.where) == (
        cls,
        str(error),
        error.id,
        error.where,
    )
    assert str(cls("what is wrong", "room.reason")) == "[room.reason] what is wrong"
    assert next(base for base in cls.__mro__ if base.__module__ == "builtins") not in (
        Exception,
        BaseException,
    )


def test_a_column_that_is_not_there() -> None:
    profile = zs.profile({"fare": [1.5]})
    with pytest.raises(KeyError) as caught:
        profile["fair"]
    assert isinstance(caught.value, zs.Error)
    assert (caught.value.id, caught.value.where) == ("profile.unknown_column", "fair")
    assert "did you mean 'fare'?" in str(caught.value)


@pytest.mark.parametrize(
    ("options", "id"),
    [
        ({"weight": 3}, "profile.bad_weight"),
        ({"slices": [3]}, "profile.bad_slices"),
        ({"threads": 0}, "profile.bad_threads"),
        ({"threads": 1.5}, "profile.bad_threads"),
        ({"threads": True}, "profile.bad_threads"),
        ({"columns": "x"}, "profile.bad_columns"),
        ({"columns": []}, "profile.bad_columns"),
        ({"columns": [1]}, "profile.bad_columns"),
        ({"columns": ["y"]}, "column.unknown"),
        ({"names": "secret"}, "profile.bad_names"),
    ],
)
def test_bad_options(options: dict[str, object], id: str) -> None:
    with pytest.raises(zs.Error) as caught:
        zs.profile({"x": [1]}, **options)
    assert caught.value.id == id


def test_a_column_is_asked_for_by_name() -> None:
    with pytest.raises(TypeError):
        zs.profile({"x": [1]})[0]
