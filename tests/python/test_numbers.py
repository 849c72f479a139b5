"""Statistics of numbers against exact rational arithmetic and NumPy."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs

finite = st.floats(allow_nan=False, allow_infinity=False)
hostile = st.sampled_from(
    [
        1e308,
        -1e308,
        1.0,
        5e-324,
        -5e-324,
        2.0**-1022,
        1e-300,
        0.0,
        -0.0,
        1e16,
        1.7976931348623157e308,
    ]
)
integers = st.integers(-(2**63), 2**63 - 1)


def column(values: object, **options: object) -> zs.ColumnProfile:
    return zs.profile({"x": values}, **options)["x"]


def rounded(value: Fraction) -> float:
    """The nearest double, ties to even; beyond the doubles infinite."""
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def rounded_root(value: Fraction) -> float:
    """The nearest double to the square root."""
    if value == 0:
        return 0.0
    shift = max(
        0, 2 * (1200 - (value.numerator.bit_length() - value.denominator.bit_length()) // 2)
    )
    scaled = (value.numerator << shift) // value.denominator
    root = math.isqrt(scaled)
    sticky = 1 if root * root != scaled or (value.numerator << shift) % value.denominator else 0
    return rounded(Fraction(2 * root + sticky, 2 << (shift // 2)))


@given(st.lists(finite | hostile, min_size=1, max_size=60))
def test_moments_are_exact_and_rounded_once(values: list[float]) -> None:
    found = column(np.array(values))
    exact = [Fraction(value) for value in values]
    mean = sum(exact) / len(exact)
    variance = sum((value - mean) ** 2 for value in exact) / len(exact)
    assert found.sum == rounded(sum(exact, Fraction()))
    assert found.mean == rounded(mean)
    assert found.variance == rounded(variance)
    assert found.std == rounded_root(variance)


@given(st.lists(integers, min_size=1, max_size=60))
def test_integers_stay_exact(values: list[int]) -> None:
    found = column(np.array(values, dtype=np.int64))
    mean = Fraction(sum(values), len(values))
    variance = sum((value - mean) ** 2 for value in values) / len(values)
    assert (found.sum, found.min, found.max) == (sum(values), min(values), max(values))
    assert isinstance(found.sum, int)
    assert found.mean == rounded(mean)
    assert found.variance == rounded(variance)
    assert found.distinct == (len(set(values)),) * 3 + (True,)
    counts = {value: values.count(value) for value in values}
    assert found.top(3) == sorted(counts.items(), key=lambda item: (-item[1], -item[0]))[:3]


def test_the_largest_integers() -> None:
    found = column(np.array([2**64 - 1, 2**64 - 2, 0], dtype=np.uint64))
    assert (found.min, found.max, found.sum) == (0, 2**64 - 1, 2**65 - 3)
    assert found.top(1) == [(2**64 - 1, 1)]
    assert column(np.array([2**63 - 1] * 3)).sum == 3 * (2**63 - 1)


@given(st.lists(st.floats(), max_size=60))
def test_nan_zeros_and_infinities(values: list[float]) -> None:
    found = column(np.array(values, dtype=np.float64))
    kept = [value for value in values if not math.isnan(value)]
    assert found.count == len(values)
    assert found.nan == len(values) - len(kept)
    assert found.zeros == kept.count(0.0)
    assert found.infinities == kept.count(math.inf) + kept.count(-math.inf)
    if kept:
        assert (found.min, found.max) == (min(kept), max(kept))
        assert found.distinct.value == len(set(kept))
    else:
        assert math.isnan(found.min)
        assert math.isnan(found.quantile(0.5))


def test_both_zeros_are_one_value() -> None:
    found = column(np.array([0.0, -0.0]))
    assert found.top() == [(0.0, 2)]
    assert column(np.array([0.0, 0.0])) is not found
    assert zs.profile({"x": [-0.0]}) == zs.profile({"x": [0.0]})


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=80),
    st.lists(st.floats(0, 1), min_size=1, max_size=5),
)
def test_quantiles_of_few_values_are_those_of_numpy(
    values: list[float], shares: list[float]
) -> None:
    found = column(np.array(values))
    for share in shares:
        expected = np.quantile(values, share)
        lo, hi = found.quantile_bounds(share)
        assert lo == hi == found.quantile(share)
        assert found.quantile(share) == pytest.approx(expected, rel=1e-12, abs=1e-300)
    assert found.quantile(shares).tolist() == [found.quantile(share) for share in shares]
    assert found.quantile_bounds(shares) == [found.quantile_bounds(share) for share in shares]
    assert found.median == found.quantile(0.5)


rng = np.random.default_rng(20130101)
SHAPES = {
    "normal": rng.normal(size=200_000),
    "lognormal": rng.lognormal(sigma=3, size=200_000),
    "uniform": rng.uniform(-1, 1, size=200_000),
    "heavy tails": rng.standard_cauchy(size=200_000),
    "mostly zero": np.where(rng.random(300_000) < 0.6, 0.0, rng.exponential(size=300_000)),
    "ids": rng.permutation(200_000) + 10**12,
    "large integers": rng.integers(-(2**63), 2**63 - 1, size=200_000),
    "microseconds": 1_700_000_000_000_000 + rng.integers(0, 10**13, size=200_000),
    "years": rng.integers(1900, 2030, size=200_000),
    "clustered": 1e15 + rng.integers(0, 100_000, size=200_000) / 8,
}


@pytest.mark.parametrize("name", SHAPES)
def test_bounds_contain_the_truth(name: str) -> None:
    values = SHAPES[name]
    found = column(values)
    ordered = np.sort(values)
    n = len(values)
    for share in (0.0, 0.001, 0.01, 0.25, 0.5, 0.77, 0.99, 1.0):
        lo, hi = found.quantile_bounds(share)
        low, high = ordered[math.floor((n - 1) * share)], ordered[math.ceil((n - 1) * share)]
        assert lo <= float(high)
        assert float(low) <= hi
        assert lo <= found.quantile(share) <= hi
        point = float(low)
        below, above = found.cdf_bounds(point)
        assert (
            below <= np.searchsorted(ordered.astype(np.float64), point, side="right") / n <= above
        )
    distinct = len(np.unique(values))
    assert found.distinct.lo <= distinct <= found.distinct.hi
    assert float(found.distinct) == pytest.approx(distinct, rel=0.05)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("kind", ["equal_width", "quantile"])
def test_histograms_hold_every_value(name: str, kind: str) -> None:
    values = SHAPES[name]
    bins = column(values).histogram(8, kind=kind)
    assert 1 <= len(bins) <= 8
    assert sum(bin.count for bin in bins) == pytest.approx(len(values))
    edges = [bin.low for bin in bins] + [bins[-1].high]
    assert edges == sorted(edges)
    counts, _ = (
        np.histogram(values.astype(np.float64), edges)
        if len(set(edges)) > 1
        else ([len(values)], None)
    )
    for bin, count in zip(bins, counts, strict=True):
        assert bin.lo <= count <= bin.hi
        assert bin.lo <= bin.count <= bin.hi


def test_histogram_of_few_values_is_exact() -> None:
    found = column([0, 1, 1, 2, 10]).histogram(2)
    assert found == [zs.Bin(0.0, 5.0, 4, 4, 4), zs.Bin(5.0, 10.0, 1, 1, 1)]
    assert column([3, 3]).histogram() == [zs.Bin(3.0, 3.0, 2, 2, 2)]
    assert column(np.array([], dtype=float)).histogram() == []


def test_frequent_values_of_very_many() -> None:
    values = np.concatenate([np.arange(200_000), np.full(5_000, 7), np.full(3_000, 11)])
    (first, first_count), (second, second_count) = column(rng.permutation(values)).top_bounds(2)
    assert (first, second) == (7, 11)
    assert first_count.lo <= 5_001 <= first_count.hi
    assert second_count.lo <= 3_001 <= second_count.hi


def test_bools() -> None:
    found = column([True, False, True, None])
    assert (found.type, found.min, found.max, found.sum, found.mean) == (
        "bool",
        False,
        True,
        2,
        2 / 3,
    )
    assert isinstance(found.min, bool)
    assert found.top() == [(True, 2), (False, 1)]


def test_decimals_are_exact_until_they_are_rounded() -> None:
    found = column([Decimal("0.10"), Decimal("0.20"), Decimal("-7.77"), None])
    assert (found.type, found.sum, found.min, found.max) == ("decimal", -7.47, -7.77, 0.2)
    assert found.mean == rounded(Fraction(-747, 300))


@pytest.mark.parametrize(
    "type", [pa.date32(), pa.date64(), pa.time32("s"), pa.time64("us"), pa.duration("ms")]
)
def test_temporal_columns_are_integers_in_their_unit(type: pa.DataType) -> None:
    day = 86_400_000 if type == pa.date64() else 1
    found = column(
        pa.array([3 * day, 5 * day, None], pa.int32() if type.bit_width == 32 else pa.int64()).cast(
            type
        )
    )
    assert (found.min, found.max, found.sum, found.missing) == (3 * day, 5 * day, 8 * day, 1)
    assert found.unit is not None


def test_time_zones_are_kept() -> None:
    found = column(
        pd.Series(pd.date_range("2024-01-01", periods=3, tz="Europe/Zurich")).astype(
            "datetime64[us, Europe/Zurich]"
        )
    )
    assert (found.type, found.unit, found.timezone) == ("timestamp", "us", "Europe/Zurich")


def test_what_has_no_meaning_is_none_and_what_has_no_value_is_nan() -> None:
    text, empty = column(["a"]), column(np.array([], dtype=np.float64))
    names = (
        "mean",
        "std",
        "variance",
        "sum",
        "min",
        "max",
        "median",
        "zeros",
        "nan",
        "infinities",
        "unit",
        "timezone",
    )
    assert [getattr(text, name) for name in names] == [None] * len(names)
    assert (
        text.quantile(0.5)
        is text.quantile_bounds(0.5)
        is text.cdf_bounds(0)
        is text.histogram()
        is None
    )
    assert all(
        math.isnan(getattr(empty, name))
        for name in ("mean", "std", "variance", "min", "max", "median")
    )
    assert (empty.sum, empty.zeros, empty.nan, empty.top(), empty.length) == (0, 0, 0, [], None)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_shares_outside_zero_and_one(share: float) -> None:
    for ask in (column([1]).quantile, column([1]).quantile_bounds):
        with pytest.raises(zs.errors.DataValueError) as caught:
            ask(share)
        assert caught.value.id == "stats.bad_quantile"


def test_bad_questions() -> None:
    found = column([1])
    for ask in (
        lambda: found.histogram(0),
        lambda: found.histogram(kind="round"),
        lambda: found.top(-1),
    ):
        with pytest.raises(zs.errors.DataValueError):
            ask()
