"""What a column's state takes, and how narrow its bounds are, for columns as they occur and for
columns that are meant to do harm.
"""

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

import zeroskew as zs

ROWS = 1_000_000
rng = np.random.default_rng(20261121)
ORDINARY = {
    "years": rng.integers(1900, 2030, ROWS),
    "ids in turn": np.arange(ROWS) + 10**12,
    "ids at random": rng.integers(0, 2**63 - 1, ROWS),
    "microseconds": 1_700_000_000_000_000 + rng.integers(0, 10**13, ROWS),
    "seconds": 1_700_000_000 + rng.integers(0, 10**7, ROWS),
    "zero-inflated": np.where(rng.random(ROWS) < 0.6, 0.0, rng.exponential(size=ROWS)),
    "zero-inflated on both sides": np.where(rng.random(ROWS) < 0.6, 0.0, rng.normal(size=ROWS)),
    "normal": rng.normal(size=ROWS),
    "lognormal": rng.lognormal(sigma=3, size=ROWS),
    "heavy tails": rng.standard_cauchy(ROWS),
    "counts with a heavy tail": ((1 - rng.random(ROWS)) ** -1.2).astype(np.int64),
    "any magnitude": rng.normal(size=ROWS) * 10.0 ** rng.integers(-300, 300, ROWS),
}
PACKED = 1e6 + np.linspace(0.0, 1.0, 200_000)
SCATTERED = np.concatenate(
    [2.0 ** np.linspace(-1000, 1000, 50_000), -(2.0 ** np.linspace(-1000, 1000, 50_000))]
)
HOSTILE = {
    "packed far from zero": PACKED,
    "packed, and others everywhere": np.concatenate([PACKED, SCATTERED]),
    "next to each other": np.arange(2**62, 2**62 + 100_000).view(np.float64),
    "packed on both sides": np.concatenate([-PACKED, SCATTERED, PACKED]),
    "subnormals": np.arange(1, 100_000).view(np.float64) * 1.0,
    "in powers of two": np.ldexp(
        1.0 + rng.random(200_000) * 1e-9, rng.integers(-1000, 1000, 200_000)
    ),
}


def ranks(values: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of values at or below each point."""
    return np.searchsorted(np.sort(values), points, side="right") / len(values)


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_columns(name: str) -> None:
    values = ORDINARY[name]
    profile = zs.profile({"x": values})
    assert len(profile.to_bytes()) < 64_000
    floats = values.astype(np.float64)
    points = np.quantile(floats, np.linspace(0, 1, 101), method="inverted_cdf")
    for point, truth in zip(points, ranks(floats, points), strict=True):
        lo, hi = profile["x"].cdf_bounds(float(point))
        assert lo <= truth <= hi
        assert hi - lo <= 0.005


@pytest.mark.parametrize("name", HOSTILE)
def test_bounds_hold_whatever_the_data(name: str) -> None:
    values = HOSTILE[name]
    profile = zs.profile({"x": rng.permutation(values)})
    column = profile["x"]
    assert not column.distinct.exact
    assert len(profile.to_bytes()) < 64_000
    for share in np.linspace(0, 1, 101):
        lo, hi = column.quantile_bounds(share)
        assert lo <= np.quantile(values, share) <= hi
    points = np.quantile(values, np.linspace(0, 1, 101), method="inverted_cdf")
    for point, truth in zip(points, ranks(values, points), strict=True):
        lo, hi = column.cdf_bounds(float(point))
        assert lo <= truth <= hi
    for kind in ("equal_width", "quantile"):
        bins = column.histogram(20, kind=kind)
        for i, bin in enumerate(bins):
            last = i + 1 == len(bins)
            upper = values <= bin.high if last else values < bin.high
            assert bin.lo <= np.count_nonzero((values >= bin.low) & upper) <= bin.hi


TEXTS = {
    "short": [f"user {i}" for i in range(200_000)],
    "long": [f"https://example.org/{i:0180}" for i in range(100_000)],
    "a third of them frequent": [
        f"name {i}" if i % 3 else f"a frequent name {i % 90}" for i in range(300_000)
    ],
    "with a heavy tail": [f"word {int(3000 * x)}" for x in (1 - rng.random(800_000)) ** -1.0],
    "of many lengths": ["x" * (i % 500) + str(i) for i in range(100_000)],
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    profile = zs.profile({"s": pa.array(TEXTS[name])})
    assert not profile["s"].distinct.exact
    assert len(profile.to_bytes()) < 64_000
    assert zs.Profile.from_bytes(profile.to_bytes()).to_bytes() == profile.to_bytes()


def test_exact_counts_are_the_larger_states() -> None:
    most = pa.array([f"user {i:06}" for i in range(65_536)])
    exact = zs.profile({"s": most})
    assert exact["s"].distinct == (65_536,) * 3 + (True,)
    assert len(exact.to_bytes()) < 2_000_000
    assert len(zs.profile({"s": most}, names="hashed").to_bytes()) < 480_000


@pytest.mark.parametrize("name", [*ORDINARY, *HOSTILE, *TEXTS])
def test_a_limit_of_exact_values_keeps_every_state_small(name: str) -> None:
    values = {**ORDINARY, **HOSTILE, **TEXTS}[name]
    for rows in (1_000, 5_000, 30_000, len(values)):
        data = {"x": values[:rows]}
        profile = zs.profile(data, exact_values=4096, names="hashed")
        assert len(profile.to_bytes()) < 64_000
        column, free = profile["x"], zs.profile(data)["x"]
        if free.distinct.exact and free.distinct.value <= 4096:
            assert column.top(10) == zs.profile(data, names="hashed")["x"].top(10)
        assert column.distinct.lo <= free.distinct.hi
        assert column.distinct.hi >= free.distinct.lo
        if name not in TEXTS:
            assert (column.sum, column.std, column.min) == (free.sum, free.std, free.min)


def test_limited_profiles_are_free_of_order_too() -> None:
    data = pa.table(
        {
            "x": rng.normal(size=20_000),
            "n": rng.integers(0, 150, 20_000),
            "s": pa.array([f"user {i}" for i in rng.integers(0, 9_000, 20_000)]),
            "l": pa.array([list(range(i % 7, i % 11)) or None for i in range(20_000)]),
        }
    )
    options = {"exact_values": 100, "names": "hashed", "slices": "n"}
    whole = zs.profile(data, **options)
    assert not whole["s"].distinct.exact
    assert whole["l[]"].distinct.exact
    parts = [zs.profile(data.slice(at, 4_000), **options) for at in range(0, 20_000, 4_000)]
    for order in (parts, parts[::-1]):
        assert zs.merge(order).digest == whole.digest
    assert zs.merge([zs.merge(parts[:2]), zs.merge(parts[2:])]).digest == whole.digest
    assert zs.profile(data.take(rng.permutation(20_000)), threads=3, **options) == whole
    again = zs.Profile.from_bytes(whole.to_bytes())
    assert again == whole
    assert again.to_bytes() == whole.to_bytes()
    # The least limit of all parts holds.
    mixed = zs.profile(data.slice(0, 10_000)) + zs.profile(data.slice(10_000), exact_values=100)
    assert mixed == zs.profile(data, exact_values=100)
    assert mixed != zs.profile(data, exact_values=101)


@pytest.mark.parametrize("limit", [-1, 65_537, 1.0, True, "1"])
def test_a_limit_is_a_number(limit: object) -> None:
    with pytest.raises(zs.Error) as caught:
        zs.profile({"x": [1]}, exact_values=limit)  # type: ignore[arg-type]
    assert caught.value.id == "profile.bad_exact_values"


def test_fifty_thousand_values_are_counted_exactly() -> None:
    numbers = rng.integers(0, 50_000, 400_000)
    expected = np.bincount(numbers, minlength=50_000)
    for values in (numbers, numbers.astype("U5"), np.sqrt(numbers)):
        column = zs.profile({"x": rng.permutation(values)})["x"]
        assert column.distinct.exact
        top = column.top_bounds(50_000)
        assert len(top) == np.count_nonzero(expected)
        for value, count in top[:: 1 if values is numbers else 97]:
            original = round(value**2) if values.dtype.kind == "f" else int(value)
            assert count.exact
            assert count.value == expected[original]
