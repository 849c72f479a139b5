"""Budgets, audits and parameters that follow drift."""

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import zeroskew as zs
from zeroskew import guards
from zeroskew.cli import main

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
    assert (caught.value.id, caught.value.where) == ("policy.drift_budget", "x")
    with pytest.warns(guards.BudgetWarning, match="above 0.05"):
        assert not guards.drift_budget(DATA, made, limits, action="warn").within
    assert not guards.drift_budget(DATA, made, limits, action="pass").within
    for wrong in ({"x": {"kss": 1}}, {"x": {"ks": -1}}, {"nothing": {"ks": 1}}):
        with pytest.raises(zs.Error):
            guards.drift_budget(DATA, made, wrong)


def policy(std: float, *budgets: dict, **steps: object) -> zs.Policy:
    """Noise on x, on y after it was standardised, and nothing on kind."""
    fitted = zs.Pipeline(
        [
            zs.GaussianNoise("x", std=std),
            zs.Standardize("y"),
            zs.GaussianNoise("y", std=std / 3, **steps),
        ],
        seed=1,
    ).fit(DATA)
    baseline = zs.profile(DATA)
    schema = zs.infer_schema(baseline)
    return zs.Policy(
        schema=schema, pipeline=fitted, baseline=baseline, guards=budgets, when="2026-01-01"
    )


def budget(column: str, measure: str = "ks", action: str = "error", **more: object) -> dict:
    return {"measure": measure, "limit": 0.05, "action": action, "column": column, **more}


def test_a_policy_holds_augmentation_to_its_budgets(tmp_path: Path) -> None:
    loud = [budget("x"), budget("y", "psi", "warn", bins=5), budget("*", "linf", "pass")]
    for std in (0.1, 9.0):
        made = policy(std, *loud)
        made.save(tmp_path / "policy.json")
        loaded = zs.Policy.load(tmp_path / "policy.json")
        assert loaded.guards == made.guards == loud
        assert loaded.transform(DATA) == loaded.pipeline.transform(DATA)
        if std < 1:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                table = loaded.transform(DATA, training=True, epoch=3)
            assert table == loaded.pipeline.transform(DATA, training=True, epoch=3)
            continue
        with (
            pytest.raises(zs.Error, match=r"x: ks is 0.*against the baseline") as caught,
        ):
            loaded.transform(DATA, training=True)
        assert caught.value.id == "policy.drift_budget"
        report = loaded.drift_budget(DATA).measured
        assert [(one.column, one.measure) for one in report] == [
            ("x", "ks"),
            ("y", "psi"),
            ("x", "linf"),
            ("y", "linf"),
        ]
        assert [one.against for one in report] == ["baseline", "rows"] * 2
        assert not any(one.within for one in report)
        table = loaded.pipeline.transform(DATA, training=True)
        expected = stats.ks_2samp(DATA["x"], table["x"]).statistic
        assert report[0].value == pytest.approx(expected, abs=2e-3)
        still = loaded.pipeline.transform(DATA)
        expected = zs.drift.psi(zs.profile(still)["y"], zs.profile(table)["y"], bins=5).statistic
        assert report[1].value == expected
        warned = policy(std, budget("x", action="warn"))
        with pytest.warns(guards.BudgetWarning, match="x: ks is"):
            assert warned.transform(DATA, training=True) == table


@given(
    st.floats(0.0, 6.0),
    st.sampled_from(["ks", "psi", "linf", "js_distance", "wasserstein"]),
    st.floats(0.0, 2.0),
    st.sampled_from(["pass", "warn", "error"]),
)
@settings(max_examples=20, deadline=None)
def test_a_budget_speaks_up_exactly_when_its_measure_is_above(
    std: float, measure: str, limit: float, action: str
) -> None:
    guard = {"measure": measure, "limit": limit, "action": action, "column": "x"}
    made = policy(std, guard)
    plain = made.pipeline.transform(DATA, training=True)
    result = zs.drift.measure(measure, made.baseline["x"], zs.profile(plain)["x"])
    broken = result.statistic > limit and result.drifted
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            assert made.transform(DATA, training=True) == plain
            refused = False
        except zs.Error as error:
            refused = error.id == "policy.drift_budget"
    assert refused == (broken and action == "error")
    assert bool(caught) == (broken and action == "warn")


def test_a_gate_holds_a_candidate_to_its_budgets() -> None:
    quiet, loud = policy(0.1, budget("x")), policy(9.0, budget("x"))
    named = "drift budget: ks of x"
    assert [check.passed for check in zs.gate(quiet, DATA) if check.name == named] == [True]
    failed = zs.gate(loud, DATA)
    assert [check.name for check in failed if not check.passed] == [named]
    assert zs.gate(policy(9.0, budget("x", action="warn")), DATA)
    assert [str(one) for one in quiet.diff(policy(0.1, budget("x", "psi")))] == [
        "guards: removed: x: ks <= 0.05, else error",
        "guards: added: x: psi <= 0.05, else error",
    ]


def test_a_dataset_of_a_policy_is_within_its_budgets() -> None:
    quiet = policy(0.1, budget("x"))
    data = zs.dataset(quiet, DATA, columns=["x", "y"])
    whole = quiet.transform(DATA, training=True)
    assert np.array_equal(data.batch(range(4000)), np.column_stack([whole["x"], whole["y"]]))
    with pytest.raises(zs.Error) as caught:
        zs.dataset(policy(9.0, budget("x")), DATA)
    assert caught.value.id == "policy.drift_budget"
    assert len(zs.dataset(policy(9.0, budget("x")), DATA, training=False)) == 4000


def test_the_command_line_holds_training_rows_to_the_budgets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, path, out = (str(tmp_path / name) for name in ("in.parquet", "policy.json", "o.csv"))
    DATA.to_parquet(data)
    policy(9.0, budget("x")).save(path)
    assert main(["apply", path, data, "-o", out]) == 0
    assert main(["apply", path, data, "-o", out, "--training"]) == 2
    assert "policy.drift_budget" in capsys.readouterr().err
    policy(9.0, budget("x", action="warn")).save(path)
    assert main(["apply", path, data, "-o", out, "--training"]) == 0
    assert "warning: x: ks is" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("guard", "words"),
    [
        (budget("x", "kss"), "did you mean 'ks'"),
        (budget("xx"), "did you mean 'x'"),
        (budget("kind"), "cannot judge a column of type string"),
        (budget(""), "column is empty"),
        (budget("x", threshold=1.0), "the limit is one"),
        (budget("x", "psi", binz=3), "did you mean 'bins'"),
        (budget("x", "drifted"), "takes no column"),
        ({"measure": "psi", "limit": 1}, "name the"),
        ({"measure": "drifted", "limit": 1, "bins": 3}, "takes no parameters"),
        ({"measure": "psi", "limit": "much", "column": "x"}, "a limit is a number"),
        ({"measure": "psi", "limit": float("nan"), "column": "x"}, "zero or above"),
        ({"measure": "psi", "column": "x"}, "a guard is a dict"),
        (budget("x", action="shout"), "pass, warn or error"),
    ],
)
def test_budgets_that_mean_nothing_are_refused(guard: dict, words: str) -> None:
    with pytest.raises(zs.Error, match=words):
        policy(0.1, guard)


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


def test_a_parameter_follows_drift_inside_bounds_and_says_so(tmp_path: Path) -> None:
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
    log, digest = zs.AuditLog(tmp_path / "audit.jsonl"), "0" * 64
    _, entry = rule.apply(pipeline, DATA, wide, log=log, policy=digest, who="ada")
    (line,) = log.entries
    assert (line.action, line.policy, line.who) == ("follow_drift", digest, "ada")
    assert json.loads(line.note) == entry
    with pytest.raises(zs.Error, match="names the policy"):
        rule.apply(pipeline, DATA, wide, log=log)
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
