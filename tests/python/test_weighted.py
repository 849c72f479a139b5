"""Weighted data is validated by weight, and compared with weighted data only."""

import numpy as np
import pandas as pd
import pytest

import zeroskew as zs


def table(seed: int, shift: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "kind": random.choice(["a", "b", "c", "d"][: 3 + shift], 300),
            "fare": random.integers(0, 40, 300) + 0.5,
            "tip": [None if one == 0 else int(one) for one in random.integers(0, 6, 300)],
            "w": random.integers(1, 5, 300),
        }
    ).astype({"tip": "Int64"})


def both(data: pd.DataFrame) -> tuple[zs.Profile, zs.Profile]:
    """By weight, and each row as often as it weighs."""
    often = data.loc[data.index.repeat(data["w"])].drop(columns="w")
    return zs.profile(data, weight="w"), zs.profile(often)


@pytest.fixture(scope="module")
def schema() -> zs.Schema:
    schema = zs.infer_schema(both(table(1))[0])
    schema["kind"].drift_comparator.infinity_norm.threshold = 0.01
    schema["kind"].skew_comparator.jensen_shannon_divergence.threshold = 0.001
    schema["fare"].drift_comparator.jensen_shannon_divergence.threshold = 0.001
    schema["tip"].presence.min_fraction = 0.9
    return schema


@pytest.mark.parametrize("shift", [0, 1])
def test_rows_of_weight_k_are_k_rows(schema: zs.Schema, shift: int) -> None:
    before, now = both(table(1)), both(table(2, shift))
    found = [
        zs.validate(here, schema, previous=past, serving=past)
        for here, past in zip(now, before, strict=True)
    ]
    assert [(one.path, one.type, one.message) for one in found[0] if one.path != "fare"] == [
        (one.path, one.type, one.message) for one in found[1] if one.path != "fare"
    ]
    for a, b in zip(found[0].measurements, found[1].measurements, strict=True):
        assert a[:3] == b[:3]
        assert a.value == pytest.approx(b.value, abs=1e-9)
    assert zs.infer_schema(now[0]) == zs.infer_schema(now[1])


@pytest.mark.parametrize("side", ["previous", "serving", "previous_version"])
def test_weights_on_one_side_only_are_an_error(schema: zs.Schema, side: str) -> None:
    weighted, plain = both(table(1))
    for here, there in ((weighted, plain), (plain, weighted)):
        with pytest.raises(ValueError, match="count both by weight, or neither") as caught:
            zs.validate(here, schema, **{side: there})
        assert isinstance(caught.value, zs.Error)
        assert (caught.value.id, caught.value.where) == ("schema.mixed_weights", side)
    assert zs.validate(weighted, schema, **{side: weighted}) is not None


def test_statistics_of_other_tools_too(schema: zs.Schema) -> None:
    pytest.importorskip("tensorflow_metadata")
    weighted, plain = (
        zs.tfx.profile_from_proto(zs.tfx.profile_to_proto(one)) for one in both(table(1))
    )
    with pytest.raises(zs.Error, match="mixed_weights"):
        zs.validate(weighted, schema, previous=plain)
    with pytest.raises(zs.Error, match="mixed_weights"):
        zs.validate(both(table(1))[0], schema, previous=plain)
    ours, theirs = (zs.validate(one, schema, previous=one) for one in (both(table(1))[0], weighted))
    assert [(one.path, one.type) for one in ours] == [(one.path, one.type) for one in theirs]
