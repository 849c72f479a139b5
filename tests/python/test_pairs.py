"""zs.compare of pairs: columns that go together in another way, whether they move or not."""

import json

import numpy as np
import pandas as pd
import pytest

import zeroskew as zs


def trips(rng: np.random.Generator, rows: int, rho: float, swap: float = 0.0) -> pd.DataFrame:
    """Columns whose own shares never change; `rho` and `swap` change how they go together."""
    first, other = rng.normal(size=rows), rng.normal(size=rows)
    zone = rng.choice(["air", "bay", "city"], rows, p=[0.5, 0.3, 0.2])
    paid = np.where((zone == "air") ^ (rng.random(rows) < 0.2), "card", "cash")
    shuffled = rng.random(rows) < swap
    paid[shuffled] = rng.permutation(paid[shuffled])
    return pd.DataFrame(
        {
            "fare": first,
            "tip": rho * first + np.sqrt(1 - rho**2) * other,
            "zone": zone,
            "paid": paid,
        }
    )


def test_a_pair_drifts_though_its_columns_do_not() -> None:
    rng = np.random.default_rng(1)
    before = zs.profile(trips(rng, 5000, 0.8), pairs=True)
    after = zs.profile(trips(rng, 4000, 0.1, swap=0.7), pairs=True)
    drift = zs.compare(before, after)
    assert not any(drift[name].drifted for name in drift)
    assert drift.drifted
    numbers, names = drift.pairs["fare", "tip"], drift.pairs["paid", "zone"]
    assert numbers.drifted
    assert names.drifted
    assert numbers.reference == before.pair("fare", "tip").pearson
    assert numbers.current == after.pair("fare", "tip").pearson
    assert numbers.effect == pytest.approx(0.7, abs=0.05)
    assert "neither column drifted" in numbers.verdict.reason
    assert "&" in names.contributors[0].name
    assert names.effect > 0.1
    assert "fare with tip: drifted" in repr(drift)
    kept = json.loads(drift.to_json())["pairs"]
    assert [one["drifted"] for one in kept] == [one.drifted for one in drift.pairs.values()]


def test_columns_that_move_alone_leave_their_pair_alone() -> None:
    rng = np.random.default_rng(2)
    before, after = trips(rng, 4000, 0.5), trips(rng, 4000, 0.5)
    after["fare"] = 3 * after["fare"] + 100
    keep = np.where(after["zone"] == "bay", 1.0, 0.3) > rng.random(len(after))
    drift = zs.compare(before, after[keep], pairs=[("fare", "tip"), ("zone", "paid")])
    assert drift["fare"].drifted
    assert drift["zone"].drifted
    assert not any(pair.drifted for pair in drift.pairs.values())


def test_pairs_hold_their_level() -> None:
    rng = np.random.default_rng(3)
    alarms = {"numbers": 0, "names": 0, "heavy": 0}
    rounds = 400
    for _ in range(rounds):
        sides = []
        for rows in (500, 200):
            data = trips(rng, rows, 0.6)
            data["skewed"] = data["fare"] + 0.2 * np.exp(rng.normal(size=rows))
            sides.append(
                zs.profile(data, pairs=[("fare", "tip"), ("zone", "paid"), ("fare", "skewed")])
            )
        found = zs.compare(*sides, correction="none", min_pair_effect=0.0).pairs
        alarms["numbers"] += found["fare", "tip"].drifted
        alarms["heavy"] += found["fare", "skewed"].drifted
        alarms["names"] += found["paid", "zone"].drifted
    assert alarms["numbers"] <= 0.05 * rounds
    assert alarms["heavy"] <= 0.05 * rounds
    assert 0.02 * rounds < alarms["names"] < 0.085 * rounds


def test_a_name_and_a_number_that_part() -> None:
    rng = np.random.default_rng(5)

    def rides(rows: int, link: float) -> dict[str, np.ndarray]:
        far = rng.random(rows) < 0.4
        shown = far ^ (rng.random(rows) < link)
        fare = rng.gamma(3, 4, rows) + 6 * far
        return {
            "zone": np.where(shown, "far", "near"),
            "fare": fare,
            "cents": np.rint(100 * fare).astype(int),
            "card": shown,
        }

    pairs = [("zone", "fare"), ("zone", "cents"), ("card", "fare")]
    drift = zs.compare(rides(6000, 0.1), rides(4000, 0.4), pairs=pairs)
    for first, second in (("fare", "zone"), ("cents", "zone"), ("card", "fare")):
        pair = drift.pairs[first, second]
        assert pair.drifted
        assert "quantiles" in pair.test.definition
        assert pair.current < pair.reference
        assert 0.05 < pair.effect < 1.0
        assert any(" or more" in one.name or "[" in one.name for one in pair.contributors)
    same = zs.compare(rides(6000, 0.1), rides(4000, 0.1), pairs=pairs)
    assert not any(pair.drifted for pair in same.pairs.values())


def test_a_name_and_a_number_hold_their_level() -> None:
    rng = np.random.default_rng(6)
    rounds = 500
    alarms = {"smooth": 0, "zeros": 0}
    for _ in range(rounds):
        sides = []
        for rows in (600, 250):
            zone = rng.choice(["air", "bay", "city"], rows, p=[0.5, 0.3, 0.2])
            smooth = rng.normal(size=rows) * (1 + (zone == "bay")) + (zone == "city")
            zeros = np.where(rng.random(rows) < 0.5, 0.0, np.abs(smooth))
            sides.append(
                zs.profile(
                    {"zone": zone, "smooth": smooth, "zeros": zeros},
                    pairs=[("zone", "smooth"), ("zone", "zeros")],
                    threads=1,
                )
            )
        found = zs.compare(*sides, correction="none", min_pair_effect=0.0).pairs
        for name in alarms:
            alarms[name] += found[name, "zone"].drifted
    for name, count in alarms.items():
        assert 0.015 * rounds < count < 0.085 * rounds, name


def test_what_no_profile_keeps_cannot_be_compared() -> None:
    rng = np.random.default_rng(4)
    few = [zs.profile(trips(rng, 9, 0.0), pairs=[("fare", "tip"), ("zone", "paid")]) for _ in "ab"]
    drift = zs.compare(*few)
    assert {pair.verdict.word for pair in drift.pairs.values()} == {"cannot compare"}
    constant = zs.profile({"a": [1.0] * 50, "b": list(range(50))}, pairs=True)
    assert "vary" in zs.compare(constant, constant).pairs["a", "b"].verdict.reason
    assert not zs.compare(*(zs.profile(trips(rng, 50, 0.0)) for _ in "ab")).pairs
    ids = {"id": [str(i) for i in range(5000)], "x": rng.normal(size=5000)}
    many = zs.profile(ids, pairs=True)
    assert "more combinations" in zs.compare(many, many).pairs["id", "x"].verdict.reason


def test_pairs_of_columns_without_a_profile_or_of_other_types_cannot_be_compared() -> None:
    rng = np.random.default_rng(7)
    data = trips(rng, 200, 0.0)
    bare = zs.profile(data, columns=["zone"], pairs=[("fare", "tip"), ("fare", "zone")])
    for pair in zs.compare(bare, bare).pairs.values():
        assert pair.verdict.word == "cannot compare"
        assert "none of fare" in pair.verdict.reason
    other = data.assign(zone=rng.integers(0, 3, len(data)))
    sides = [zs.profile(side, pairs=[("paid", "zone")]) for side in (data, other)]
    verdict = zs.compare(*sides).pairs["paid", "zone"].verdict
    assert verdict.word == "cannot compare"
    assert "type of zone" in verdict.reason
