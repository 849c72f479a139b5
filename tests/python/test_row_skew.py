"""zs.drift.row_skew: rows joined by key, against pandas."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import zeroskew as zs

cells = some.one_of(some.none(), some.integers(0, 3).map(float))


@settings(max_examples=60, deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, 12), cells), max_size=20),
    some.lists(some.tuples(some.integers(0, 12), cells), max_size=20),
)
def test_counts_are_those_of_a_join(training: list, serving: list) -> None:
    before, after = (
        pd.DataFrame(rows, columns=["id", "x"]).astype({"id": "int64", "x": "float64"})
        for rows in (training, serving)
    )
    found = zs.drift.row_skew(before, after, "id")
    once = [side[~side["id"].duplicated(keep=False)] for side in (before, after)]
    repeated = set(before["id"][before["id"].duplicated()]) | set(
        after["id"][after["id"].duplicated()]
    )
    joined = once[0].merge(once[1], on="id", suffixes=("", "_served"))
    joined = joined[~joined["id"].isin(repeated)]
    assert found.joined == len(joined)
    assert found.repeated == len(repeated)
    x = found["x"]
    a, b = joined["x"], joined["x_served"]
    assert x.matched == ((a == b) | (a.isna() & b.isna())).sum()
    assert x.mismatched == (a.notna() & b.notna() & (a != b)).sum()
    assert x.missing_in_training == (a.isna() & b.notna()).sum()
    assert x.missing_in_serving == (a.notna() & b.isna()).sum()
    assert found.skewed == (x.matched < len(joined))


def test_a_feature_computed_in_another_unit_is_found() -> None:
    rng = np.random.default_rng(0)
    training = pd.DataFrame(
        {"trip": range(1000), "fare": rng.gamma(2, 8, 1000), "zone": rng.choice(list("ab"), 1000)}
    )
    serving = training.sample(frac=0.8, random_state=1)
    serving["fare"] = serving["fare"].astype("float32")
    serving.loc[serving["trip"] < 50, "fare"] *= 100
    found = zs.drift.row_skew(training, serving, keys=["trip"], relative=1e-6, samples=3)
    assert found.joined == 800
    assert found.training_only == 200
    assert found["fare"].mismatched == (serving["trip"] < 50).sum()
    assert len(found["fare"].samples) == 3
    assert not found["zone"].skewed
    frame = found.to_frame()
    assert list(frame["name"]) == ["fare", "zone"]
    assert found.to_dict()["skewed"] is True


def test_errors_and_reasons() -> None:
    frame = pd.DataFrame({"id": [1, 2], "x": [0.5, 1.5], "l": [[1], [2]]})
    assert zs.drift.row_skew(frame, frame[:0], "id").reason.startswith("cannot compare, because")
    assert "no single values" in zs.drift.row_skew(frame, frame, "id")["l"].reason
    for keys, wanted in (
        ([], "drift.keys"),
        ("idd", "drift.unknown_column"),
        ("x", "drift.key_type"),
    ):
        with pytest.raises(zs.Error) as caught:
            zs.drift.row_skew(frame, frame, keys)
        assert caught.value.id == wanted
    with pytest.raises(zs.Error) as caught:
        zs.drift.row_skew(frame, frame.astype({"id": str}), "id")
    assert caught.value.id == "drift.key_type"
