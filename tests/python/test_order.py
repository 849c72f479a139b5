"""Profiles are functions of the multiset of rows: order, batches, threads and merging leave no
trace.
"""

import random
import threading

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs

cells = st.fixed_dictionaries(
    {
        "number": st.none() | st.floats() | st.sampled_from([1e308, -1e308, 1.0, 5e-324, -0.0]),
        "whole": st.none() | st.integers(-(2**63), 2**63 - 1),
        "text": st.none() | st.text(max_size=5),
        "list": st.none() | st.lists(st.none() | st.integers(-5, 5), max_size=4),
        "pair": st.none()
        | st.fixed_dictionaries(
            {"a": st.none() | st.booleans(), "b": st.none() | st.binary(max_size=3)}
        ),
    }
)
SCHEMA = pa.schema(
    {
        "number": pa.float64(),
        "whole": pa.int64(),
        "text": pa.string(),
        "list": pa.list_(pa.int32()),
        "pair": pa.struct({"a": pa.bool_(), "b": pa.binary()}),
    }
)


def table(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, SCHEMA)


def merged_as_a_tree(profiles: list[zs.Profile], rng: random.Random) -> zs.Profile:
    profiles = list(profiles)
    while len(profiles) > 1:
        rng.shuffle(profiles)
        profiles.append(profiles.pop() + profiles.pop())
    return profiles[0]


@given(st.lists(cells, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_shuffles_splits_and_merge_trees(rows: list[dict[str, object]], rng: random.Random) -> None:
    whole = zs.profile(table(rows))
    shuffled = rng.sample(rows, len(rows))
    cuts = sorted(rng.choices(range(len(rows) + 1), k=3))
    parts = [table(shuffled[a:b]) for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    for other in (
        zs.profile(table(shuffled)),
        zs.profile(parts),
        zs.profile(table(shuffled).take(list(range(len(rows)))).slice(0)),
        merged_as_a_tree([zs.profile(part) for part in parts], rng),
        zs.merge(zs.profile(part) for part in parts),
    ):
        assert other == whole
        assert other.digest == whole.digest
        assert other.to_bytes() == whole.to_bytes()


@pytest.fixture(scope="module")
def large() -> pa.Table:
    rng = np.random.default_rng(7)
    n = 300_000
    return pa.table(
        {
            "normal": rng.normal(size=n) * 10.0 ** rng.integers(-300, 300, size=n),
            "ids": rng.permutation(n),
            "names": pa.array([f"user {i}" for i in rng.integers(0, 100_000, size=n)]),
            "codes": pa.array(rng.integers(0, 50, size=n)).cast(pa.string()).dictionary_encode(),
            "lists": pa.ListArray.from_arrays(
                pa.array(np.arange(n + 1) * 2, pa.int32()), pa.array(rng.random(2 * n))
            ),
        }
    )


def test_threads_and_chunks_of_a_large_table(large: pa.Table) -> None:
    whole = zs.profile(large, threads=1)
    backwards = large.take(np.arange(large.num_rows)[::-1])
    for threads in (1, 2, 4):
        assert zs.profile(backwards, threads=threads).digest == whole.digest
        assert zs.profile(large.to_batches(70_001), threads=threads).digest == whole.digest
    halves = [zs.profile(large.slice(0, 1_000)), zs.profile(large.slice(1_000))]
    assert zs.merge(halves) == zs.merge(halves[::-1]) == whole
    assert zs.merge(halves).digest == zs.merge(halves[::-1]).digest == whole.digest


def test_adding_in_place_and_elsewhere() -> None:
    a, b = zs.profile({"x": [1, 2]}), zs.profile({"x": [3]})
    column, whole = a["x"], zs.profile({"x": [1, 2, 3]})
    assert a + b == whole
    assert a.rows == 2
    a += b
    assert a == whole
    assert column.sum == 3  # what was handed out stays what it was
    b.update({"x": [1, 2]})
    assert b == whole
    assert zs.merge([]) == zs.Profile()
    assert zs.Profile() + whole == whole


def test_an_update_that_fails_changes_nothing() -> None:
    profile = zs.profile({"x": [1, 2], "y": ["a", "b"]})
    before = profile.to_bytes()
    with pytest.raises(zs.errors.DataTypeError) as caught:
        profile.update([{"x": [5], "y": ["c"]}, {"x": [6], "y": [1.5]}])
    assert (caught.value.id, caught.value.where) == ("column.type_changed", "y")
    assert profile.to_bytes() == before
    with pytest.raises(zs.errors.DataTypeError):
        profile += zs.profile({"y": [1]})
    assert profile.to_bytes() == before


def test_profiles_merge_with_profiles_only() -> None:
    profile = zs.profile({"x": [1]})
    for wrong in (lambda: profile + 1, lambda: zs.merge([profile, None])):
        with pytest.raises(TypeError):
            wrong()
    assert profile != 1


def test_many_threads_read_one_profile(large: pa.Table) -> None:
    profile = zs.profile(large)
    expected = (
        profile.digest,
        profile["normal"].quantile([0.1, 0.9]).tolist(),
        profile["codes"].top(5),
        repr(profile),
    )
    found: list[object] = []

    def read() -> None:
        for _ in range(3):
            quantiles = profile["normal"].quantile([0.1, 0.9]).tolist()
            found.append((profile.digest, quantiles, profile["codes"].top(5), repr(profile)))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert found == [expected] * 12


def test_hashed_names_keep_the_digest() -> None:
    data = {"who": ["ann", "bob", "ann"], "age": [1, 2, 3]}
    kept, hashed = zs.profile(data), zs.profile(data, names="hashed")
    assert hashed.digest == kept.digest
    assert hashed == kept
    assert b"ann" not in hashed.to_bytes()
    (name, count), _ = hashed["who"].top()
    assert (name[0], len(name), count) == ("#", 17, 2)
    assert b"ann" not in (hashed + kept).to_bytes()
