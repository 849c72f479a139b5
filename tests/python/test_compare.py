"""zs.compare: calibrated verdicts, effects, attribution, and what cannot be compared."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import zeroskew as zs


def frames(n: int, m: int, seed: int, shift: float = 0.0) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(seed)

    def make(size: int, by: float) -> pd.DataFrame:
        normal = rng.normal(by, 1, size)
        return pd.DataFrame(
            {
                "continuous": normal,
                "tied": np.round(normal, 1),
                "zeros": np.where(rng.random(size) < 0.6, 0.0, rng.exponential(size=size) + by),
                "few": rng.integers(0, 5, size),
                "word": rng.choice(list("abcdefgh"), size),
                "flag": rng.random(size) < 0.3,
                "holes": np.where(rng.random(size) < 0.1, np.nan, normal),
            }
        )

    return make(n, 0.0), make(m, shift)


def test_without_drift_alarms_are_as_rare_as_promised() -> None:
    rounds = 150
    alarms: dict[str, int] = {}
    for seed in range(rounds):
        before, after = frames(300, 200, seed)
        found = zs.compare(before, after, rules={"*": {"min_effect": 0.0}}, correction="none")
        for name in found:
            alarms[name] = alarms.get(name, 0) + found[name].drifted
    for name, count in alarms.items():
        # 5% of 150 is 7.5; 17 or more by chance has a probability below 0.2%.
        assert count <= 17, (name, count)


def test_a_shift_is_found_and_explained() -> None:
    before, after = frames(4000, 4000, 1, shift=0.4)
    after.loc[:400, "word"] = "zz"
    found = zs.compare(before, after)
    assert found.drifted
    for name in ("continuous", "tied", "zeros", "word"):
        assert found[name].drifted, name
        assert found[name].pvalue < 1e-6
        assert found[name].contributors
    assert not found["flag"].drifted
    assert found["word"].new_categories[0].name == "zz"
    assert found["word"].new_categories[0].current == pytest.approx(401 / 4000)
    assert "zz" in found["word"].verdict.reason
    assert found["continuous"].distances["wasserstein"].statistic == pytest.approx(0.4, abs=0.08)


def test_a_missing_rate_is_a_test_of_its_own() -> None:
    before, after = frames(3000, 3000, 2)
    after.loc[:900, "continuous"] = np.nan
    found = zs.compare(before, after)["continuous"]
    assert found.drifted
    assert found.tests["missing_rate"].pvalue < 1e-9
    assert found.effect == pytest.approx(901 / 3000, abs=1e-9)
    assert "missing" in found.verdict.reason


def test_a_hair_among_very_many_rows_is_no_drift() -> None:
    rng = np.random.default_rng(3)
    before, after = rng.normal(size=400_000), rng.normal(0.015, 1, size=400_000)
    found = zs.compare({"x": before}, {"x": after})["x"]
    assert found.pvalue < 0.01
    assert not found.drifted
    assert "less than matters" in found.verdict.reason
    assert zs.compare({"x": before}, {"x": after}, rules={"x": {"min_effect": 0.001}}).drifted


def test_what_cannot_be_compared_says_why() -> None:
    before = pd.DataFrame({"a": [1.0, 2.0], "gone": [1, 2], "t": [1, 2], "empty": [None, None]})
    after = pd.DataFrame({"a": [1.0, 2.0], "new": [1, 2], "t": ["x", "y"], "empty": [None, None]})
    found = zs.compare(before, after)
    for name, why in (
        ("gone", "current side"),
        ("new", "reference"),
        ("t", "type"),
        ("empty", "value"),
    ):
        assert found[name].verdict.word == "cannot compare"
        assert why in found[name].verdict.reason
        assert found[name].pvalue is None
        assert not found[name].drifted
    assert len(zs.compare(before.iloc[:0], after.iloc[:0])) == 5


def test_profiles_and_data_give_the_same_verdict_in_every_form() -> None:
    before, after = frames(500, 700, 4, shift=0.3)
    found = zs.compare(before, after)
    assert found.to_json() == zs.compare(zs.profile(before), zs.profile(after)).to_json()
    assert json.loads(found.to_json())["drifted"] == found.drifted
    frame = found.to_frame()
    assert list(frame["column"]) == list(before.columns)
    assert "continuous" in repr(found)


def test_bad_rules_are_refused() -> None:
    data = {"x": np.arange(10.0)}
    for rules, name in (
        ({"y": {}}, "drift.bad_rule"),
        ({"x": {"min_effect": 2.0}}, "drift.bad_rule"),
        ({"x": {"test": "psi"}}, "drift.bad_rule"),
        ({"x": {"colour": 1}}, "drift.bad_rule"),
        ({"x": {"distances": ["psii"]}}, "drift.unknown_measure"),
    ):
        with pytest.raises(zs.Error) as caught:
            zs.compare(data, data, rules=rules)
        assert caught.value.id == name


def test_e_bh_is_a_correction_for_any_dependence() -> None:
    rng = np.random.default_rng(12)
    before = {f"c{i}": rng.normal(size=500) for i in range(10)}
    after = {f"c{i}": rng.normal(float(i == 3), 1, 500) for i in range(10)}
    drift = zs.compare(before, after, correction="e-bh")
    assert [name for name in drift if drift[name].drifted] == ["c3"]
    for name in drift:
        ranked = sorted(drift[one].pvalue for one in drift)
        own = min(
            1.0,
            min(10 / k * 2 * p**0.5 for k, p in enumerate(ranked, 1) if p >= drift[name].pvalue),
        )
        assert drift[name].adjusted_pvalue == pytest.approx(own, rel=1e-12)


@pytest.mark.parametrize(
    "rules", [0.1, {"x": 0.1}, {"x": {"min_effect": "much"}}, {"x": {"distances": 3}}]
)
def test_a_rule_of_the_wrong_kind_is_named(rules: object) -> None:
    with pytest.raises(zs.Error) as caught:
        zs.compare({"x": [1.0, 2.0]}, {"x": [1.0, 2.0]}, rules=rules)
    assert caught.value.id == "drift.bad_rule"


def test_a_rule_takes_the_name_of_the_function_too() -> None:
    found = zs.compare({"x": [1.0, 2.0]}, {"x": [1.0, 3.0]}, rules={"x": {"test": "cvm_2samp"}})
    assert "cvm" in found["x"].tests


def test_bytes_that_are_no_text_can_be_written() -> None:
    sides = [pa.table({"x": pa.array([word] * 50)}) for word in (b"a", b"\xff")]
    drift = zs.compare(*sides)
    assert "\\xff" in drift["x"].verdict.reason
    assert json.loads(drift.to_json().encode())["drifted"]
    assert len(drift.to_frame()) == 1


def test_lists_say_why_they_cannot_be_compared() -> None:
    sides = [pa.table({"x": pa.array([[1.0] * n] * 50)}) for n in (2, 5)]
    assert "lists" in zs.compare(*sides)["x"].verdict.reason
