"""Thresholds from history, mix of slices, concept shift, values out of bounds."""

import numpy as np
import pandas as pd
import pytest
import scipy.stats as st

import zeroskew as zs


def test_mix_and_within_are_a_change_of_shares_and_of_means() -> None:
    rng = np.random.default_rng(0)

    def trips(rows: int, share: float, extra: float) -> pd.DataFrame:
        airport = rng.random(rows) < share
        fare = np.where(airport, 50.0, 10.0) + np.where(airport, extra, 0.0) + rng.normal(size=rows)
        return pd.DataFrame({"zone": np.where(airport, "airport", "town"), "fare": fare})

    before, after = trips(4000, 0.1, 0.0), trips(3000, 0.2, 0.0)
    found = zs.drift.mix_shift(before, after, "fare", by="zone")
    assert found.mix + found.within == pytest.approx(
        after["fare"].mean() - before["fare"].mean(), rel=1e-9
    )
    assert found.mix == pytest.approx(40 * 0.1, rel=0.15)
    assert abs(found.within) < 0.3
    assert found.shares.drifted
    dearer = zs.drift.mix_shift(before, trips(3000, 0.1, 20.0), "fare", by="zone")
    assert dearer.within == pytest.approx(0.1 * 20, rel=0.15)
    assert dearer.slices[0].name == "airport"
    sides = [zs.profile(frame, slices="zone") for frame in (before, after)]
    assert zs.drift.mix_shift(*sides, "fare", by="zone") == found
    with pytest.raises(zs.Error) as caught:
        zs.drift.mix_shift(zs.profile(before), sides[1], "fare", by="zone")
    assert caught.value.id == "drift.slices"


def test_concept_and_covariate_shift_are_told_apart() -> None:
    rng = np.random.default_rng(1)
    before, after = rng.beta(2, 5, 5000), rng.beta(3, 4, 5000)
    labels = rng.random(5000) < before, rng.random(5000) < after
    found = zs.drift.concept_shift(before, labels[0], after, labels[1], bins=30)
    assert found.covariate.drifted
    assert found.concept.pvalue > 0.001
    turned = zs.drift.concept_shift(before, labels[0], before, rng.random(5000) < before + 0.1)
    assert not turned.covariate.drifted
    assert turned.concept.drifted
    assert "cannot compare" in zs.drift.concept_shift(before, labels[0], [], []).concept.reason


def test_thresholds_from_history_follow_the_season() -> None:
    rng = np.random.default_rng(2)
    times = pd.date_range("2026-01-01", periods=24 * 60, freq="h")
    night = times.hour < 6
    psi = rng.exponential(0.02, len(times)) + np.where(night, 0.2, 0.0)
    found = zs.drift.propose_thresholds(psi, times, season="hour", rate=0.005)
    assert found.reached
    assert found.rate <= 0.005
    assert len(found.slots) == 24
    fresh = rng.exponential(0.02, 20000)
    assert (fresh > found.at("2026-03-01T12:00")).mean() == pytest.approx(found.rate, abs=0.004)
    assert found.at("2026-03-01T03:00") == pytest.approx(
        found.at("2026-03-01T12:00") + 0.2, abs=0.02
    )
    assert not zs.drift.propose_thresholds([0.1, 0.2]).reached
    for wrong, wanted in (({"season": "year"}, "drift.season"), ({"rate": 2.0}, "drift.rate")):
        with pytest.raises(zs.Error) as caught:
            zs.drift.propose_thresholds([0.1, 0.2], [0, 1], **wrong)
        assert caught.value.id == wanted


def test_out_of_bounds_has_the_exact_interval() -> None:
    values = np.r_[np.full(90, 0.5), np.full(7, -1.0), np.full(2, 3.0), np.nan]
    found = zs.drift.out_of_bounds(values, 0.0, 1.0)
    expected = st.binomtest(10, 100).proportion_ci()
    assert (found.below, found.above, found.nan) == (7, 2, 1)
    assert found.lo == pytest.approx(expected.low, rel=1e-9)
    assert found.hi == pytest.approx(expected.high, rel=1e-9)
