"""Slices against slices, whoever counted them."""

import pandas as pd
import pytest

import zeroskew as zs

BEFORE = pd.DataFrame({"zone": list("nnsw"), "kind": list("aabb")})
NOW = pd.DataFrame({"zone": list("nsse"), "kind": list("bbba")})


@pytest.fixture
def schema() -> zs.Schema:
    schema = zs.infer_schema(zs.profile(BEFORE))
    schema["kind"].drift_comparator.infinity_norm.threshold = 0.1
    return schema


def told(found: dict[str, zs.Anomalies]) -> dict[str, list[tuple[str, str, str]]]:
    return {
        name: [(one.path, str(one.type), one.message) for one in anomalies]
        for name, anomalies in found.items()
    }


def test_statistics_of_other_tools_are_sliced_too(schema: zs.Schema) -> None:
    pytest.importorskip("tensorflow_metadata")
    before, now = (zs.profile(data, slices="zone") for data in (BEFORE, NOW))
    imported = [zs.tfx.profile_from_proto(zs.tfx.profile_to_proto(one)) for one in (before, now)]
    ours = told(zs.validate_slices(now, schema, previous=before))
    assert list(ours) == ["zone_e", "zone_n", "zone_s", "zone_w"]
    assert [type_ for _, type_, _ in ours["zone_n"]] == ["COMPARATOR_L_INFTY_HIGH"]
    assert {type_ for _, type_, _ in ours["zone_w"]} == {"SCHEMA_MISSING_COLUMN"}
    assert told(zs.validate_slices(imported[1], schema, previous=imported[0])) == ours
    assert told(zs.validate_slices(imported[1], schema, previous=before)) == ours
    assert told(zs.validate_slices(now, schema, previous=imported[0])) == ours


def test_what_is_no_profile_has_no_slices(schema: zs.Schema) -> None:
    with pytest.raises(TypeError, match=r"zeroskew.profile\(data\) makes one"):
        zs.validate_slices(NOW, schema)  # type: ignore[arg-type]
    assert zs.validate_slices(zs.profile(NOW), schema) == {}
