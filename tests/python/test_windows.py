"""Windows of events against pandas, without a look into the future."""

import numpy as np
import pandas as pd
import pytest

import zeroskew as zs
from zeroskew import windows

RNG = np.random.default_rng(6)
EVENTS = pd.DataFrame(
    {
        "user": RNG.choice(["ann", "bob", "eve"], 700),
        "at": pd.Timestamp("2024-03-01")
        + pd.to_timedelta(RNG.integers(0, 40 * 86400, 700), unit="s"),
        "amount": RNG.gamma(2, 10, 700).round(2),
    }
)
QUERIES = pd.DataFrame(
    {
        "user": RNG.choice(["ann", "bob", "eve", "new"], 300),
        "at": pd.Timestamp("2024-03-01")
        + pd.to_timedelta(RNG.integers(0, 45 * 86400, 300), unit="s"),
    }
)
FEATURES = {
    "events_7d": ("count", "7d"),
    "spent_7d": ("sum", "7d"),
    "mean_12h": ("mean", "12h"),
    "most": ("max", None),
    "last": ("last", None),
    "since": ("since", None),
    "recent": ("decayed", "3d"),
}


def store(events: pd.DataFrame = EVENTS) -> windows.EventStore:
    made = windows.EventStore(FEATURES)
    assert made.add(events, key="user", time="at", value="amount") == len(events) == len(made)
    return made


def test_features_are_those_of_the_past() -> None:
    made = store().at(QUERIES, key="user", time="at").to_pandas()
    for i, query in QUERIES.iterrows():
        past = EVENTS[(EVENTS["user"] == query["user"]) & (EVENTS["at"] < query["at"])].sort_values(
            "at"
        )
        age = (query["at"] - past["at"]).dt.total_seconds()
        week = past[age <= 7 * 86400]
        assert made["events_7d"][i] == len(week)
        assert made["spent_7d"][i] == pytest.approx(week["amount"].sum(), rel=1e-12)
        assert made["mean_12h"][i] == pytest.approx(
            past[age <= 43200]["amount"].mean(), rel=1e-12, nan_ok=True
        )
        assert made["recent"][i] == pytest.approx(
            (past["amount"] * 2 ** (-age / (3 * 86400))).sum(), rel=1e-9
        )
        if len(past):
            assert made["most"][i] == past["amount"].max()
            assert made["last"][i] == past["amount"].iloc[-1]
            assert made["since"][i] == pytest.approx(age.iloc[-1])
        else:
            assert np.isnan([made["most"][i], made["last"][i], made["since"][i]]).all()


def test_order_parts_and_the_future_leave_no_trace() -> None:
    whole = store()
    expected = whole.at(QUERIES, key="user", time="at")
    shuffled = store(EVENTS.sample(frac=1, random_state=1))
    assert shuffled == whole
    assert shuffled.at(QUERIES, key="user", time="at") == expected
    parts = store(EVENTS[:300])
    parts += store(EVENTS[300:])
    assert parts == whole
    for moment in EVENTS["at"].sort_values().iloc[[50, 300, 600]]:
        past = store(EVENTS[EVENTS["at"] < moment])
        early = QUERIES[QUERIES["at"] <= moment]
        assert past.at(early, key="user", time="at") == whole.at(early, key="user", time="at")


def test_serving_is_the_same_code() -> None:
    served = windows.EventStore(FEATURES)
    ordered = EVENTS.sort_values("at").reset_index(drop=True)
    rows = []
    for i in range(200):
        rows.append(served.at(ordered[i : i + 1], key="user", time="at").to_pandas())
        served.add(ordered[i : i + 1], key="user", time="at", value="amount")
    trained = store(ordered).at(ordered[:200], key="user", time="at").to_pandas()
    pd.testing.assert_frame_equal(pd.concat(rows, ignore_index=True), trained, check_exact=True)


def test_wrong_windows_are_errors() -> None:
    for features in (
        {"a": ("median", "1d")},
        {"a": ("sum", "1 day")},
        {"a": ("sum", "0d")},
        {"a": ("decayed", None)},
    ):
        with pytest.raises(zs.Error, match=r"transform\.window"):
            windows.EventStore(features)
    made = store()
    with pytest.raises(zs.Error, match=r"transform\.unknown_column"):
        made.at(QUERIES, key="user", time="when")
    with pytest.raises(zs.Error, match=r"transform\.window"):
        made.at({"user": ["ann"], "at": ["yesterday"]}, key="user", time="at")
    whole = windows.EventStore({"n": ("count", "10s")})
    whole.add({"k": [1, 1, 1], "t": [0, 5, 20]}, key="k", time="t")
    assert whole.at({"k": [1, 1, 2], "t": [10, 20, 20]}, key="k", time="t")["n"].tolist() == [
        2,
        0,
        0,
    ]
    whole.forget(6)
    assert len(whole) == 1
