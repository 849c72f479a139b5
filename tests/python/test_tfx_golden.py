"""What TensorFlow Data Validation finds, zeroskew finds: in its statistics and in the data."""

import json
import sys
from pathlib import Path

import pytest
from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import statistics_pb2

import zeroskew as zs
from zeroskew import tfx

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "tfx"
sys.path.insert(0, str(GOLDEN))
from cases import CASES  # noqa: E402
from make_zeroskew import OWN, profiles, statistics  # noqa: E402

TFDV = json.loads((GOLDEN / "tfdv.json").read_text())
OF_OURS = json.loads((GOLDEN / "zeroskew.json").read_text())

# Where zeroskew says something else on purpose. First, of TFDV's statistics and of the data alike.
BETTER = {
    # TFDV takes the 0 that stands for no minimum for a number.
    "only_nan": {"x": []},
    # TFDV counts the values of a bool_domain by name, and then has no extremes to look at.
    "bool_big": {"x": ["BOOL_TYPE_BIG_INT"]},
    "bool_small": {"x": ["BOOL_TYPE_SMALL_INT"]},
}
# Of the data, of which a profile knows more.
BETTER_OF_DATA = BETTER | {
    # No bucket of four lies strictly between 0 and 1.
    "bool_half": {"x": ["BOOL_TYPE_UNEXPECTED_FLOAT"]},
    # Different numbers are counted too.
    "unique_numbers": {"x": []},
}
# TFDV gives whole numbers that were counted by name a string domain, which it then finds invalid.
BETTER_SCHEMAS = {
    "bool_ints": "bool_domain { }",
    "bool_big": "",
    "bool_small": "",
    "drift_codes": "",
    "codes_beyond": "",
}


def sides_of(name):
    file = GOLDEN / "tfdv" / f"{name}.pbtxt"
    found = text_format.Parse(file.read_text(), statistics_pb2.DatasetFeatureStatisticsList())
    return {one.name: tfx.profile_from_proto(one) for one in found.datasets}


def types(anomalies):
    found = {}
    for one in anomalies:
        found.setdefault(str(one.path), []).append(str(one.type))
    return {path: sorted(kinds) for path, kinds in found.items()}


def expected(name, better):
    verdict = TFDV[name]["anomalies"] | better.get(name, {})
    return {path: sorted(kinds) for path, kinds in verdict.items() if kinds}


def distances(anomalies):
    return sorted(
        (str(one.path), one.comparison, one.measure, one.value) for one in anomalies.measurements
    )


MEASURES = {
    "L_INFTY": "infinity_norm",
    "JENSEN_SHANNON_DIVERGENCE": "jensen_shannon_divergence",
    "NORMALIZED_ABSOLUTE_DIFFERENCE": "normalized_abs_difference",
}


def expected_distances(name):
    found = []
    for info in TFDV[name]["distances"]:
        for kind in ("drift", "skew"):
            for one in info.get(f"{kind}_measurements", []):
                value = one.get("value", 0.0)
                found.append((".".join(info["path"]["step"]), kind, MEASURES[one["type"]], value))
    return sorted(found)


@pytest.mark.parametrize("name", CASES)
def test_statistics_of_tfdv_have_the_anomalies_that_tfdv_finds(name):
    case, sides = CASES[name], sides_of(name)
    anomalies = zs.validate(
        sides["data"],
        zs.Schema.from_text(case["schema"]),
        environment=case.get("environment"),
        previous=sides.get("previous"),
        serving=sides.get("serving"),
    )
    assert types(anomalies) == expected(name, BETTER)
    assert anomalies.data_missing == TFDV[name]["data_missing"]
    for found, wanted in zip(distances(anomalies), expected_distances(name), strict=True):
        assert found[:3] == wanted[:3]
        assert found[3] == pytest.approx(wanted[3], rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", CASES)
def test_statistics_of_tfdv_give_the_schema_that_tfdv_infers(name):
    inferred = zs.infer_schema(sides_of(name)["data"])
    wanted = zs.Schema.from_text(TFDV[name]["inferred"])
    if name in BETTER_SCHEMAS:
        wanted = zs.Schema.from_text(
            'feature { name: "x" type: INT presence { min_fraction: 1 min_count: 1 }'
            " shape { dim { size: 1 } }"
            f" {BETTER_SCHEMAS[name]} }}"
        )
    assert inferred == wanted


PLAIN = [name for name, case in OWN.items() if "weight" not in case]


@pytest.mark.parametrize("name", PLAIN)
def test_the_data_has_the_anomalies_that_tfdv_finds(name):
    case = CASES[name]
    sides = profiles(case)
    anomalies = zs.validate(
        sides["data"],
        zs.Schema.from_text(case["schema"]),
        environment=case.get("environment"),
        previous=sides.get("previous"),
        serving=sides.get("serving"),
    )
    assert types(anomalies) == expected(name, BETTER_OF_DATA)


# Of what zeroskew wrote TFDV finds what it finds in its own statistics, and more where they say
# more.
SEEN_BY_TFDV = {
    name: verdict
    for name, verdict in BETTER_OF_DATA.items()
    if name in ("bool_big", "bool_small", "bool_half")
}


@pytest.mark.parametrize("name", OWN)
def test_tfdv_reads_what_zeroskew_writes_and_finds_the_same(name):
    file = GOLDEN / "zeroskew" / f"{name}.pbtxt"
    judged = text_format.Parse(file.read_text(), statistics_pb2.DatasetFeatureStatisticsList())
    # What TFDV has judged is what is written today.
    assert text_format.MessageToString(statistics(OWN[name])) == text_format.MessageToString(judged)
    verdict = OF_OURS[name]
    found = {path: sorted(kinds) for path, kinds in verdict["anomalies"].items()}
    assert found == expected(name, SEEN_BY_TFDV)
    assert verdict["data_missing"] == TFDV[name]["data_missing"]
    for mine, theirs in zip(verdict["distances"], TFDV[name]["distances"], strict=True):
        assert mine == theirs
    if name not in BETTER_SCHEMAS:
        assert verdict["inferred"] == TFDV[name]["inferred"]


@pytest.mark.parametrize("name", [name for name in OWN if "weight" in OWN[name]])
def test_weights_come_through_a_message(name):
    case, sides = (
        OWN[name],
        {one.name: tfx.profile_from_proto(one) for one in statistics(OWN[name]).datasets},
    )
    assert sides["data"].rows == sum(case["data"]["w"])
    anomalies = zs.validate(
        sides["data"], zs.Schema.from_text(case["schema"]), previous=sides.get("previous")
    )
    assert types(anomalies) == expected(name, {})
