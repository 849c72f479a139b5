"""Profiles as bytes and files; whatever is not a profile is an Error."""

import contextlib
import copy
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs

DATA = {
    "x": [1.5, None, float("inf"), -0.0],
    "s": ["a", "ß", None, ""],
    "l": [[1], [], None, [2, None]],
    "t": [{"a": 1, "b": [b"x"]}, None, {"a": None, "b": None}, {"a": 2, "b": []}],
}
PROFILE = zs.profile(DATA)
BYTES = PROFILE.to_bytes()


def test_round_trips(tmp_path: Path) -> None:
    PROFILE.save(tmp_path / "p")
    PROFILE.save(str(tmp_path / "q"))
    PROFILE.save(str(tmp_path / "odd \udcff name"))
    copies = [
        zs.Profile.from_bytes(BYTES),
        zs.Profile.from_bytes(bytearray(BYTES)),
        zs.Profile.load(tmp_path / "p"),
        zs.Profile.load(str(tmp_path / "q")),
        zs.Profile.load(str(tmp_path / "odd \udcff name")),
        pickle.loads(pickle.dumps(PROFILE)),
        copy.copy(PROFILE),
        copy.deepcopy(PROFILE),
    ]
    for other in copies:
        assert other == PROFILE
        assert (other.digest, other.to_bytes(), repr(other)) == (
            PROFILE.digest,
            BYTES,
            repr(PROFILE),
        )
    assert len(PROFILE.digest) == 64


def test_a_copy_goes_its_own_way() -> None:
    other = copy.copy(PROFILE)
    other.update(DATA)
    assert (PROFILE.rows, other.rows) == (4, 8)


LARGE = zs.profile(
    {"x": np.arange(70_000) * 0.1, "s": [f"name {i}" for i in range(70_000)]}
).to_bytes()


@given(st.sampled_from([BYTES, LARGE]), st.data())
def test_truncated_bytes(state: bytes, data: st.DataObject) -> None:
    with pytest.raises(zs.Error) as caught:
        zs.Profile.from_bytes(state[: data.draw(st.integers(0, len(state) - 1))])
    assert caught.value.id in ("profile.malformed", "profile.version")


@given(st.sampled_from([BYTES, BYTES, LARGE]), st.data())
def test_changed_bytes_are_a_profile_or_an_error(state: bytes, data: st.DataObject) -> None:
    changed = bytearray(state)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    profile = None
    with contextlib.suppress(zs.Error):
        profile = zs.Profile.from_bytes(bytes(changed))
    if profile is not None:  # then it answers every question
        profile.to_dict()
        repr(profile)
        assert zs.Profile.from_bytes(profile.to_bytes()) == profile


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    with pytest.raises(zs.Error):
        zs.Profile.from_bytes(data)


def test_a_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    with pytest.raises(zs.errors.FileError):
        PROFILE.save(tmp_path / "no such folder" / "p")
    with pytest.raises(zs.errors.FileError):
        PROFILE.save(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_loading_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        zs.Profile.load(tmp_path / "p")
    assert isinstance(caught.value, zs.Error)
    assert caught.value.id == "io.not_found"
    with pytest.raises(zs.errors.FileError):
        zs.Profile.load(tmp_path)
