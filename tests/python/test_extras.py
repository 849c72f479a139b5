"""Weights, slices and pairs: against exact oracles, and order-free."""

import math
import random
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import zeroskew as zs

weights = st.floats(0, 1e300) | st.sampled_from([0.0, 1.0, 0.1, 5e-324])
numbers = (
    st.none()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([1e308, 1.0, -0.0])
)
SCHEMA = pa.schema(
    {
        "w": pa.float64(),
        "x": pa.float64(),
        "n": pa.int64(),
        "s": pa.string(),
        "l": pa.list_(pa.int8()),
    }
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "w": weights,
            "x": numbers,
            "n": st.none() | st.integers(-(2**63), 2**63 - 1),
            "s": st.none() | st.text(max_size=2),
            "l": st.none() | st.lists(st.none() | st.integers(0, 2), max_size=3),
        }
    ),
    min_size=1,
    max_size=20,
)
OPTIONS = {"weight": "w", "slices": ["s", ("l", "s"), {"n": [0, 1]}], "pairs": True}


def rounded(number: Fraction) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def rounded_root(square: Fraction) -> float:
    """The square root of a rational, to 200 bits, then rounded."""
    scale = 0
    while square and square < 2**400:
        square *= 4
        scale += 1
    return rounded(Fraction(math.isqrt(int(square)), 2**scale))


def merged_somehow(parts: list[zs.Profile], rng: random.Random) -> zs.Profile:
    """Merges in a random tree; some states travel as bytes."""
    while len(parts) > 1:
        a, b = (parts.pop(rng.randrange(len(parts))) for _ in range(2))
        parts.append(a + (zs.Profile.from_bytes(b.to_bytes()) if rng.random() < 0.3 else b))
    return parts[0]


@given(rows, st.randoms(use_true_random=False))
def test_order_free(rows: list[dict[str, object]], rng: random.Random) -> None:
    whole = zs.profile(pa.Table.from_pylist(rows, SCHEMA), **OPTIONS)
    shuffled = pa.Table.from_pylist(rng.sample(rows, len(rows)), SCHEMA)
    cuts = [0, *sorted(rng.randint(0, len(rows)) for _ in range(rng.randint(0, 4))), len(rows)]
    pieces = [shuffled.slice(start, end - start) for start, end in pairwise(cuts)]
    parts = [zs.profile(piece, threads=rng.randint(1, 3), **OPTIONS) for piece in pieces]
    updated = zs.Profile()
    for piece in rng.sample(pieces, len(pieces)):
        updated.update(piece, **OPTIONS)
    for other in (
        zs.profile(shuffled, **OPTIONS),
        updated,
        merged_somehow([*parts, zs.Profile()], rng),
    ):
        assert other == whole
        assert other.digest == whole.digest
        assert other.to_bytes() == whole.to_bytes()
    assert zs.Profile.from_bytes(whole.to_bytes()).to_bytes() == whole.to_bytes()


def test_order_free_past_the_limits_of_exact_states() -> None:
    rng = np.random.default_rng(5)
    n = 100_000
    table = pa.table(
        {
            "w": rng.exponential(size=n),
            "x": rng.normal(size=n) * 10.0 ** rng.integers(-200, 200, n),
            "id": rng.integers(0, 2**63 - 1, n),
            "s": pa.array(rng.integers(0, 200_000, n).astype("U8")),
            "k": rng.integers(0, 3, n),
            "b": rng.random(n) < 0.5,
        }
    )
    options = {
        "weight": "w",
        "slices": "k",
        "pairs": [("x", "w"), ("s", "b"), ("id", "k"), ("k", "b")],
    }
    whole = zs.profile(table, **options)
    assert not whole["x"].distinct.exact
    assert math.isnan(whole.pair("s", "b").cramers_v)
    shuffled = table.take(rng.permutation(n))
    cuts = [0, *sorted(rng.integers(0, n, 4).tolist()), n]
    parts = [
        zs.profile(shuffled.slice(start, end - start), **options) for start, end in pairwise(cuts)
    ]
    assert merged_somehow(parts, random.Random(5)).digest == whole.digest


@given(rows)
def test_weighted_numbers_are_exact_and_rounded_once(rows: list[dict[str, object]]) -> None:
    profile = zs.profile(pa.Table.from_pylist(rows, SCHEMA), weight="w")
    total = sum(Fraction(row["w"]) for row in rows)
    assert profile.weighted_rows == rounded(total)
    for name in ("x", "n"):
        weighted = profile[name].weighted
        pairs = [(Fraction(row["w"]), Fraction(row[name])) for row in rows if row[name] is not None]
        weight = sum((w for w, _ in pairs), Fraction())
        assert weighted.count == rounded(weight)
        assert weighted.missing == rounded(total - weight)
        first = sum((w * x for w, x in pairs), Fraction())
        assert weighted.sum == rounded(first)
        if not weight:
            assert math.isnan(weighted.mean)
            continue
        second = sum((w * x * x for w, x in pairs), Fraction())
        variance = second / weight - (first / weight) ** 2
        assert weighted.mean == rounded(first / weight)
        assert weighted.variance == rounded(variance)
        assert weighted.std == rounded_root(variance)
        for q in (0.0, 0.3, 0.5, 1.0):
            cumulative = Fraction()
            for w, x in sorted((x, w) for w, x in pairs if w):
                cumulative += x
                if cumulative >= Fraction(q) * weight:
                    assert weighted.quantile(q) == rounded(w)
                    break
    tops: dict[str, Fraction] = {}
    for row in rows:
        if row["s"] is not None:
            tops[row["s"]] = tops.get(row["s"], Fraction()) + Fraction(row["w"])
    assert dict(profile["s"].weighted.top(100)) == {text: rounded(w) for text, w in tops.items()}
    assert profile["s"].weighted.mean is None


@given(rows)
def test_slices_are_profiles_of_their_rows(rows: list[dict[str, object]]) -> None:
    profile = zs.profile(pa.Table.from_pylist(rows, SCHEMA), slices=["s", "l"])
    expected: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        if row["s"] is not None:
            expected.setdefault(f"s_{row['s']}", []).append(row)
        for item in {item for item in row["l"] or () if item is not None}:
            expected.setdefault(f"l_{item}", []).append(row)
    assert set(profile.slices) == set(expected)
    for name, part in expected.items():
        assert (
            profile.slices[name].to_bytes()
            == zs.profile(pa.Table.from_pylist(part, SCHEMA)).to_bytes()
        )


@given(rows)
def test_pairs_are_exact_and_rounded_once(rows: list[dict[str, object]]) -> None:
    profile = zs.profile(pa.Table.from_pylist(rows, SCHEMA), pairs=[("n", "x")])
    both = [
        (Fraction(row["x"]), Fraction(row["n"]))
        for row in rows
        if row["x"] is not None and row["n"] is not None
    ]
    pair = profile.pair("x", "n")
    assert repr(pair) == repr(profile.pair("n", "x"))
    assert pair.count == pair.finite == len(both)
    if not both:
        assert math.isnan(pair.covariance)
        return
    n = len(both)
    mean_x, mean_y = (sum(values) / n for values in zip(*both, strict=True))
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in both) / n
    assert pair.covariance == rounded(covariance)
    product = (sum((x - mean_x) ** 2 for x, _ in both) / n) * (
        sum((y - mean_y) ** 2 for _, y in both) / n
    )
    if product == 0:
        assert math.isnan(pair.pearson)
    else:
        assert pair.pearson == math.copysign(
            rounded_root(covariance**2 / product), 1 if covariance >= 0 else -1
        )


def test_categories_as_scipy() -> None:
    rng = np.random.default_rng(1)
    n = 5000
    a = rng.integers(0, 5, n)
    frame = pd.DataFrame(
        {
            "a": np.array(list("vwxyz"))[a],
            "b": (a + rng.integers(0, 3, n)) % 4,
            "c": rng.random(n) < 0.3,
            "d": pd.Categorical(np.array(["p", "q"])[(a > 2).astype(int)]),
        }
    )
    profile = zs.profile(frame, pairs=True)
    for x, y in [("a", "b"), ("a", "c"), ("b", "c"), ("a", "d"), ("c", "d")]:
        table = pd.crosstab(frame[x], frame[y]).to_numpy()
        pair = profile.pair(x, y)
        expected = stats.contingency.association(table, method="cramer", correction=False)
        assert pair.cramers_v == pytest.approx(expected, rel=1e-12)
        joint = table / n
        independent = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
        entropy = stats.entropy(joint.ravel(), independent.ravel())
        assert pair.mutual_information == pytest.approx(entropy, rel=1e-9)
    assert set(profile.pairs) == {
        ("a", "b"),
        ("a", "c"),
        ("a", "d"),
        ("b", "c"),
        ("b", "d"),
        ("c", "d"),
    }


def test_whole_floats_and_large_blocks_go_the_fast_way_to_the_same_sums() -> None:
    rng = np.random.default_rng(2)
    x = rng.integers(-1000, 1000, 200_000)
    y = x * 3 + rng.integers(-50, 50, len(x))
    whole = zs.profile({"x": x, "y": y}, pairs=True).pair("x", "y")
    floats = zs.profile({"x": x.astype(float), "y": y + 0.0}, pairs=True).pair("x", "y")
    assert (whole.covariance, whole.pearson) == (floats.covariance, floats.pearson)
    halves = zs.profile({"x": x + 0.5, "y": y}, pairs=True).pair("x", "y")
    assert halves.covariance == whole.covariance
    assert halves.pearson == whole.pearson
    n = len(x)
    exact = Fraction(int((x * y).sum()), n) - Fraction(int(x.sum()), n) * Fraction(int(y.sum()), n)
    assert whole.covariance == float(exact)


def test_every_column_type_is_sliced() -> None:
    table = pa.table(
        {
            "k": ["a", "b", "a"],
            "dict": pa.array(["u", "v", None]).dictionary_encode(),
            "view": pa.array(["short", "longer than twelve bytes", None], pa.string_view()),
            "fixed": pa.array([b"ab", None, b"cd"], pa.binary(2)),
            "decimal": pa.array([1, 2, None], pa.decimal128(9, 2)),
            "time": pa.array([1, None, 3], pa.timestamp("us", "UTC")),
            "half": pa.array(np.array([1, 2, 3], np.float16)),
            "struct": [{"a": 1, "b": ["x"]}, None, {"a": None, "b": []}],
            "lists": [[[1], []], None, [[2, None]]],
            "fixed_list": pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int32(), 2)),
            "null": pa.nulls(3),
        }
    )
    slices = zs.profile(table, slices="k").slices
    rows = table.to_pylist()

    def of(*chosen):
        return zs.profile(pa.Table.from_pylist([rows[i] for i in chosen], table.schema))

    assert slices["k_a"].to_bytes() == of(0, 2).to_bytes()
    assert slices["k_b"].to_bytes() == of(1).to_bytes()
    for name in ("dict", "view", "fixed", "time", "half", "fixed_list", "null"):
        zs.profile(table, slices=name)
    for name in ("decimal", "struct", "lists"):
        with pytest.raises(zs.Error) as caught:
            zs.profile(table, slices=name)
        assert caught.value.id == "stats.slice_type"


def test_forms_of_slices() -> None:
    data = {"a": ["x", "y", "x", None], "b": [1, 2, 2, 1], "c": [1.0, 2.0, float("nan"), 3.5]}
    keys = lambda slices: list(zs.profile(data, slices=slices).slices)  # noqa: E731
    assert keys("a") == ["a_x", "a_y"]
    assert keys(["a", "b"]) == ["a_x", "a_y", "b_1", "b_2"]
    assert keys(("b", "a")) == ["a_x_b_1", "a_x_b_2", "a_y_b_2"]
    assert keys({"a": ["y", "z"]}) == ["a_y"]
    assert keys({"a": None, "b": [2]}) == ["a_x_b_2", "a_y_b_2"]
    assert keys(["a", {"b": [np.int64(1)]}]) == ["a_x", "a_y", "b_1"]
    assert keys("c") == ["c_1", "c_2", "c_3.5"]
    for wrong, id in [
        ({"a": []}, "profile.bad_slices"),
        ("z", "column.unknown"),
        (("a", "a"), "stats.bad_slicing"),
    ]:
        with pytest.raises(zs.Error) as caught:
            keys(wrong)
        assert caught.value.id == id
    with pytest.raises(zs.Error) as caught:
        zs.profile({"id": range(2000)}, slices="id")
    assert caught.value.id == "stats.slices_too_many"
    assert len(zs.profile({"id": range(2000)}, slices="id", max_slices=2000).slices) == 2000


def test_weights_that_are_none() -> None:
    for bad in (-1.0, float("inf"), float("nan"), None):
        with pytest.raises(zs.Error) as caught:
            zs.profile(pa.table({"w": [1.0, bad], "x": [1, 2]}), weight="w")
        assert (caught.value.id, caught.value.where) == ("stats.bad_weight", "w")
        assert "row 1 " in str(caught.value)
    profile = zs.profile({"w": [1, 2], "x": [1, 2]}, weight="w", columns=["x", "w"])
    assert profile.columns == ["x", "w"]
    assert profile["w"].weighted.mean == 5 / 3
    assert zs.profile({"x": [1]})["x"].weighted is None
    assert zs.profile({"x": [1]}).weighted_rows is None
