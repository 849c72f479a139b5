"""zs.drift: the p-values of scipy, definitions of distances, and what cannot be compared."""

import math
import pickle

import numpy as np
import pandas as pd
import pytest
import scipy.stats as st
from hypothesis import given, settings
from hypothesis import strategies as some

import zeroskew as zs

SIZES = [(5, 7), (30, 30), (100, 41), (400, 600)]


def samples(n: int, m: int, seed: int, tied: bool) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=n), rng.normal(0.2, 1.1, size=m)
    return (np.round(x, 1), np.round(y, 1)) if tied else (x, y)


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize(("n", "m"), SIZES)
def test_tests_of_numbers_agree_with_scipy(n: int, m: int, tied: bool) -> None:
    x, y = samples(n, m, n * m, tied)
    for method in ("auto", "exact", "asymptotic"):
        scipy_method = {"asymptotic": "asymp"}.get(method, method)
        expected = st.ks_2samp(x, y, method=scipy_method)
        found = zs.drift.ks_2samp(x, y, method=method)
        assert found.statistic == pytest.approx(expected.statistic, abs=1e-12)
        assert found.pvalue == pytest.approx(expected.pvalue, rel=1e-9, abs=1e-12)
    expected = st.mannwhitneyu(x, y)
    assert zs.drift.mann_whitney(x, y).pvalue == pytest.approx(expected.pvalue, rel=1e-9, abs=1e-12)
    expected = st.ttest_ind(x, y, equal_var=False)
    assert zs.drift.welch_t(x, y).pvalue == pytest.approx(expected.pvalue, rel=1e-9, abs=1e-12)
    expected = st.epps_singleton_2samp(x, y)
    assert zs.drift.epps_singleton(x, y).pvalue == pytest.approx(expected.pvalue, rel=1e-9)


def test_tests_of_counts_agree_with_scipy() -> None:
    a, b = [40, 30, 25, 60], [55, 20, 35, 41]
    expected = st.chi2_contingency([a, b], correction=False)
    assert zs.drift.chi2_2samp(a, b).statistic == pytest.approx(expected.statistic, rel=1e-12)
    assert zs.drift.chi2_2samp(a, b).pvalue == pytest.approx(expected.pvalue, rel=1e-9)
    expected = st.chi2_contingency([a, b], correction=False, lambda_="log-likelihood")
    assert zs.drift.g_2samp(a, b).pvalue == pytest.approx(expected.pvalue, rel=1e-9)
    named = zs.drift.chi2_2samp(
        dict(zip("abcd", a, strict=True)), dict(zip("dcba", reversed(b), strict=True))
    )
    assert named == zs.drift.chi2_2samp(a, b)
    table = [[8, 2], [1, 5]]
    assert zs.drift.fisher_exact(table).pvalue == pytest.approx(
        st.fisher_exact(table).pvalue, rel=1e-9
    )


def test_distances_of_counts_follow_their_definitions() -> None:
    a, b = {"a": 70, "b": 20, "c": 10}, {"a": 100, "b": 40, "d": 60}
    assert zs.drift.linf(a, b).statistic == pytest.approx(0.3, abs=1e-15)
    assert zs.drift.js_divergence(a, b).statistic == pytest.approx(0.212078746, abs=1e-9)
    nats = zs.drift.js_divergence(a, b, base=math.e).statistic
    assert nats == pytest.approx(0.212078746 * math.log(2), abs=1e-9)
    assert zs.drift.js_distance(a, b).statistic ** 2 == pytest.approx(0.212078746, abs=1e-9)
    assert zs.drift.total_variation(a, b).statistic == pytest.approx(0.3, abs=1e-12)


def test_arrays_profiles_and_counts_agree() -> None:
    rng = np.random.default_rng(5)
    words = rng.choice(["a", "b", "c"], 500), rng.choice(["a", "b", "d"], 700)
    frames = [pd.DataFrame({"w": w}) for w in words]
    profiles = [zs.profile(frame)["w"] for frame in frames]
    counts = [frame["w"].value_counts().to_dict() for frame in frames]
    for name in ("linf", "total_variation", "hellinger", "psi", "js_divergence"):
        function = getattr(zs.drift, name)
        assert function(*profiles) == function(*counts) == function(*words)
    numbers = rng.normal(size=2000), rng.normal(0.1, 1, size=3000)
    columns = [zs.profile({"x": x})["x"] for x in numbers]
    assert zs.drift.ks_2samp(*columns).pvalue == zs.drift.ks_2samp(*numbers).pvalue
    expected = st.wasserstein_distance(*numbers)
    assert zs.drift.wasserstein(*numbers).statistic == pytest.approx(expected, rel=1e-9)
    assert zs.drift.wasserstein(*columns).statistic == pytest.approx(expected, rel=1e-9)


def test_a_sketch_certifies_its_error() -> None:
    rng = np.random.default_rng(6)
    x, y = rng.normal(size=200_000), rng.normal(0.01, 1, size=150_000)
    truth = st.ks_2samp(x, y).statistic
    found = zs.drift.ks_2samp(zs.profile({"x": x})["x"], zs.profile({"x": y})["x"])
    assert found.lo <= truth <= found.hi
    assert found.hi - found.lo < 0.005


@settings(max_examples=60, deadline=None)
@given(
    some.lists(some.floats(allow_nan=False, width=32), max_size=40),
    some.lists(some.floats(allow_nan=False, width=32), max_size=40),
)
def test_any_numbers_give_an_answer_or_a_reason(x: list[float], y: list[float]) -> None:
    for info in zs.drift.measures():
        if not info["numbers"]:
            continue
        found = zs.drift.measure(str(info["name"]), np.array(x, float), np.array(y, float))
        assert found.comparable or "cannot compare" in found.reason
        if found.comparable and found.pvalue is not None:
            assert 0.0 <= found.pvalue <= 1.0


def test_one_outlier_changes_nothing() -> None:
    rng = np.random.default_rng(7)
    x, y = rng.normal(size=5000), rng.normal(0.5, 1, size=5000)
    plain = zs.drift.psi(x, y).statistic
    assert zs.drift.psi(x, np.append(y, 1e9)).statistic == pytest.approx(plain, rel=0.01)


def test_errors_name_what_is_wrong() -> None:
    with pytest.raises(zs.Error) as caught:
        zs.drift.measure("kss", [1.0], [2.0])
    assert caught.value.id == "drift.unknown_measure"
    with pytest.raises(zs.Error) as caught:
        zs.drift.ks_2samp(["a"], [1.0])
    assert caught.value.id == "drift.not_numbers"
    with pytest.raises(zs.Error) as caught:
        zs.drift.chi2_2samp([1, 2], [1, 2, 3])
    assert caught.value.id == "drift.counts"
    assert zs.drift.ks_2samp([], [1.0]).reason


def test_a_text_is_no_sample_of_letters() -> None:
    for call in (lambda: zs.drift.psi("abc", "abd"), lambda: zs.drift.ks_2samp("123", [1.0])):
        with pytest.raises(zs.Error) as caught:
            call()
        assert caught.value.id in ("drift.not_values", "drift.not_numbers")


def test_an_option_that_a_measure_does_not_read_is_an_error() -> None:
    with pytest.raises(zs.Error) as caught:
        zs.drift.measure("wasserstein", [1.0, 2.0], [1.0, 3.0], bins=5)
    assert caught.value.id == "drift.unknown_option"


def test_names_are_counted_by_tests_of_counts() -> None:
    rng = np.random.default_rng(9)
    x, y = rng.choice(["a", "b"], 300), rng.choice(["a", "b"], 200, p=[0.4, 0.6])
    counts = [dict(zip(*np.unique(side, return_counts=True), strict=True)) for side in (x, y)]
    counts = [{str(name): int(n) for name, n in side.items()} for side in counts]
    for test in (
        zs.drift.chi2_2samp,
        zs.drift.g_2samp,
        zs.drift.fisher_exact,
        zs.drift.proportions_z,
    ):
        raw = test(x, y)
        assert raw.pvalue == test(*counts).pvalue
        assert raw.pvalue == test(pd.Series(x, dtype="category"), list(y)).pvalue
        assert raw.pvalue == test(zs.profile({"x": x})["x"], y).pvalue
    flags = rng.random(300) < 0.5, rng.random(200) < 0.6
    assert zs.drift.chi2_2samp(*flags).comparable


def test_a_sketch_of_points_is_saved_and_read(tmp_path) -> None:
    rng = np.random.default_rng(10)
    rows = rng.normal(size=(500, 4))
    whole = zs.drift.MmdSketch(4, 2.0, seed=3).update(rows)
    parts = [zs.drift.MmdSketch(4, 2.0, seed=3).update(part) for part in (rows[:99], rows[99:])]
    parts[0].save(tmp_path / "sketch")
    assert (parts[1] + zs.drift.MmdSketch.load(tmp_path / "sketch")).to_bytes() == whole.to_bytes()
    assert pickle.loads(pickle.dumps(whole)) == whole
    with pytest.raises(zs.Error) as caught:
        zs.drift.MmdSketch.from_bytes(whole.to_bytes()[:-1])
    assert caught.value.id == "drift.malformed"
