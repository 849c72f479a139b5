"""Budgets, audits and parameters that follow drift."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import zeroskew as zs
from zeroskew import guards

RNG = np.random.default_rng(2)
DATA = pd.DataFrame({"x": RNG.normal(10, 3, 4000), "kind": RNG.choice(["a", "b"], 4000)})
DATA["y"] = RNG.normal(0, 1, 4000) + (DATA["kind"] == "a")


def moved(std: float) -> zs.Table:
    return (
        zs.Pipeline([zs.GaussianNoise("x", std=std)], seed=1)
        .fit(DATA)
        .transform(DATA, training=True)
    )


def test_a_budget_that_is_kept_reports_what_was_measured() -> None:
    made = moved(0.3)
    report = guards.drift_budget(DATA, made, {"x": {"ks": 0.05, "psi": 0.05, "linf": 0.05}})
    assert report.within
    found = report.to_frame().set_index("measure")["value"]
    assert found["ks"] == pytest.approx(stats.ks_2samp(DATA["x"], made["x"]).statistic, abs=2e-3)
    same = guards.drift_budget(zs.profile(DATA), DATA, {"x": {"ks": 0, "psi": 0.0, "linf": 0}})
    assert same.within


def test_a_budget_that_is_used_up_is_an_error_or_a_warning() -> None:
    made, limits = moved(9.0), {"x": {"ks": 0.05}}
    with pytest.raises(zs.Error, match="ks is") as caught:
        guards.drift_budget(DATA, made, limits)
    assert (caught.value.id, caught.value.where) == ("transform.drift_budget", "x")
    with pytest.warns(guards.BudgetWarning, match="above 0.05"):
        assert not guards.drift_budget(DATA, made, limits, action="warn").within
    assert not guards.drift_budget(DATA, made, limits, action="pass").within
    for wrong in ({"x": {"kss": 1}}, {"x": {"ks": -1}}, {"nothing": {"ks": 1}}):
        with pytest.raises(zs.Error):
            guards.drift_budget(DATA, made, wrong)


def test_an_audit_finds_the_group_that_is_treated_differently() -> None:
    scaled = zs.Pipeline([zs.Standardize(["x", "y"])]).fit(DATA).transform(DATA)
    audit = guards.fairness_audit(scaled, by="kind", columns=["x", "y"])
    frame = audit.to_frame()
    assert len(frame) == 4
    assert audit.worst().column == "y"
    y = frame[(frame["column"] == "y") & (frame["group"] == "a")].iloc[0]
    a, b = (scaled["y"][DATA["kind"] == kind] for kind in "ab")
    assert y["ks"] == pytest.approx(stats.ks_2samp(a, b).statistic, abs=2e-3)
    assert y["shift"] == pytest.approx((a.mean() - b.mean()) / b.std())
    assert frame[frame["column"] == "x"]["ks"].max() < 0.06
    alike = zs.Pipeline([zs.Standardize("y", by="kind")]).fit(DATA).transform(DATA)
    assert guards.fairness_audit(alike, by="kind", columns=["y"]).worst().ks < 0.06
    assert guards.fairness_audit(scaled, by="kind", least_rows=10**6).measured == ()


def test_a_parameter_follows_drift_inside_bounds_and_says_so() -> None:
    pipeline = zs.Pipeline([zs.Impute("x"), zs.GaussianNoise("x", std=0.1)], seed=4)
    wide = DATA.assign(x=10 + 2 * (DATA["x"] - 10))
    rule = guards.FollowDrift(step=1, parameter="std", base=0.1, low=0.05, high=0.5)
    after, entry = rule.apply(pipeline, DATA, wide)
    assert after.steps[1].settings["std"] == pytest.approx(0.2)
    assert (entry["old"], entry["held"], entry["measure"]) == (0.1, False, "spread")
    assert entry["new"] == after.steps[1].settings["std"]
    assert pipeline.steps[1].settings["std"] == 0.1
    held, entry = guards.FollowDrift(1, "std", 0.1, 0.0, 0.15).apply(pipeline, DATA, wide)
    assert (held.steps[1].settings["std"], entry["held"]) == (0.15, True)
    same, _ = guards.FollowDrift(1, "std", 0.1, 0.0, 1.0, "ks").apply(pipeline, DATA, DATA)
    assert same == pipeline
    for make in (
        lambda: guards.FollowDrift(1, "std", 0.1, 2.0, 1.0),
        lambda: guards.FollowDrift(7, "std", 0.1, 0.0, 1.0).apply(pipeline, DATA, DATA),
        lambda: guards.FollowDrift(0, "strategy", 0.1, 0.0, 1.0).apply(pipeline, DATA, DATA),
    ):
        with pytest.raises(zs.Error):
            make()


def test_a_dataset_is_the_same_for_any_worker() -> None:
    fitted = zs.Pipeline([zs.GaussianNoise("x", std=1.0), zs.OneHot("kind")], seed=3).fit(DATA)
    names = ["x", "kind_a"]
    data = zs.dataset(fitted, DATA, columns=names, target="y")
    whole = fitted.transform(DATA, training=True)
    expected = np.column_stack([whole[name] for name in names])
    vectors, targets = data.batch(range(4000))
    assert np.array_equal(vectors, expected)
    assert np.array_equal(targets, DATA["y"])
    x, y = data[77]
    assert np.array_equal(x, expected[77])
    assert y == DATA["y"][77]
    parts = list(data.batches(300, shuffle=9))
    assert [len(part[0]) for part in parts] == [300] * 13 + [100]
    order = np.random.default_rng([9, 0]).permutation(4000)
    assert np.array_equal(np.concatenate([part[0] for part in parts]), expected[order])
    data.epoch = 1
    assert not np.array_equal(data.batch([77])[0], expected[77:78])
    assert np.array_equal(np.from_dlpack(vectors), vectors)
    with pytest.raises(IndexError):
        data.batch([4000])
    with pytest.raises(zs.Error):
        zs.dataset(fitted, DATA, columns=["nothing"])[0]
