"""Schemas and validation from Python."""

import copy
import pickle
import runpy
from pathlib import Path

import pandas as pd
import pytest
from google.protobuf import json_format, text_format
from tensorflow_metadata.proto.v0 import anomalies_pb2, schema_pb2

import zeroskew as zs

TRAINING = {
    "carrier": ["UA", "AA", "UA", "B6"] * 25,
    "distance": [100, 200, 300, 400] * 25,
    "arr_delay": [1.5, None, -3.0, 0.25] * 25,
}
SERVING = {
    "carrier": ["UA", "XX", "UA", "UA"] * 25,
    "distance": [100, 200, 300, 400] * 25,
    "gate": ["A"] * 100,
}


@pytest.fixture
def schema() -> zs.Schema:
    return zs.infer_schema(zs.profile(TRAINING))


def test_infer(schema: zs.Schema) -> None:
    assert schema.features == ["carrier", "distance", "arr_delay"]
    assert schema["distance"].type == "INT"
    assert schema["distance"].presence.min_fraction == 1.0
    assert schema["arr_delay"].presence.min_count == 1
    assert schema["arr_delay"].presence.min_fraction is None
    assert schema["arr_delay"].value_count.min == 1
    assert schema.domain("carrier").value == ["AA", "B6", "UA"]
    assert not zs.validate(zs.profile(TRAINING), schema)
    assert zs.infer_schema(zs.profile(TRAINING), max_categories=2)["carrier"].domain is None


def test_environments_and_skew(schema: zs.Schema) -> None:
    schema.set_environments("TRAINING", "SERVING")
    schema["arr_delay"].presence.min_fraction = 0.5
    schema["arr_delay"].not_in_environment.append("SERVING")
    schema["carrier"].skew_comparator.infinity_norm.threshold = 0.01
    training, serving = zs.profile(TRAINING), zs.profile(SERVING)
    found = {(a.path, a.type) for a in zs.validate(serving, schema, environment="SERVING")}
    assert found == {
        ("carrier", "ENUM_TYPE_UNEXPECTED_STRING_VALUES"),
        ("gate", "SCHEMA_NEW_COLUMN"),
    }
    found = {(a.path, a.type) for a in zs.validate(serving, schema, environment="TRAINING")}
    assert ("arr_delay", "SCHEMA_MISSING_COLUMN") in found
    anomalies = zs.validate(training, schema, "TRAINING", serving=serving)
    assert [a.type for a in anomalies] == ["COMPARATOR_L_INFTY_HIGH"]
    (measured,) = anomalies.measurements
    assert measured.path == "carrier"
    assert measured.comparison == "skew"
    assert measured.exceeded
    assert measured.value == pytest.approx(0.25)
    with pytest.raises(zs.Error) as caught:
        zs.validate(serving, schema, environment="SERVNG")
    assert caught.value.id == "schema.unknown_environment"
    assert isinstance(caught.value, ValueError)


def test_fixes_one_by_one(schema: zs.Schema) -> None:
    serving = zs.profile(SERVING)
    anomalies = zs.validate(serving, schema)
    assert anomalies
    assert len(anomalies) == 3
    assert anomalies[0].severity == "ERROR"
    assert str(anomalies[0].severity) == "ERROR"
    for anomaly in anomalies:
        anomaly.fix.apply(schema)
        assert anomaly.fix.describe() in anomaly.message
    assert not zs.validate(serving, schema)
    assert schema == zs.update_schema(anomalies.baseline, serving)
    assert schema["arr_delay"].lifecycle_stage == "DEPRECATED"


def test_anomalies_in_other_forms(schema: zs.Schema) -> None:
    anomalies = zs.validate(
        zs.profile(SERVING), schema, severities={"SCHEMA_NEW_COLUMN": "WARNING"}
    )
    frame = anomalies.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame["type"]) == [a.type for a in anomalies]
    message = json_format.Parse(anomalies.to_json(), anomalies_pb2.Anomalies())
    assert message.anomaly_info["gate"].severity == anomalies_pb2.AnomalyInfo.WARNING
    assert message.anomaly_info["carrier"].reason[0].type == (
        anomalies_pb2.AnomalyInfo.ENUM_TYPE_UNEXPECTED_STRING_VALUES
    )
    assert [f.name for f in message.baseline.feature] == schema.features
    again = zs.Anomalies.from_json(
        json_format.MessageToJson(message, preserving_proto_field_name=True)
    )
    assert [(a.path, a.type, a.message) for a in again] == [
        (a.path, a.type, a.message) for a in anomalies
    ]
    assert "gate" in repr(anomalies)
    assert "<td>gate</td>" in anomalies._repr_html_()
    assert len(zs.validate(zs.profile(TRAINING), schema).to_frame()) == 0


def test_files(schema: zs.Schema, tmp_path: Path) -> None:
    for name in ("s.json", "s.pbtxt"):
        schema.save(tmp_path / name)
        assert zs.Schema.load(str(tmp_path / name)) == schema
    proto = text_format.Parse((tmp_path / "s.pbtxt").read_text(), schema_pb2.Schema())
    assert proto == json_format.Parse(schema.to_json(), schema_pb2.Schema())
    assert zs.Schema.from_json(schema.to_json()) == schema
    assert pickle.loads(pickle.dumps(schema)) == schema
    with pytest.raises(FileNotFoundError):
        zs.Schema.load(tmp_path / "none.json")
    with pytest.raises(zs.Error) as caught:
        zs.Schema.from_text("feature {\n  nam: 3 }")
    assert "line 2" in caught.value.where


def test_editing(schema: zs.Schema) -> None:
    carrier = schema["carrier"]
    carrier.distribution_constraints.min_domain_mass = 0.9
    schema.domain("carrier").value.append("XX")
    assert schema.domain("carrier").value == ["AA", "B6", "UA", "XX"]
    carrier.drift_comparator = {"jensen_shannon_divergence": {"threshold": 0.1}}
    assert schema["carrier"].drift_comparator.jensen_shannon_divergence.threshold == 0.1
    carrier.drift_comparator = None
    assert not carrier.has("drift_comparator")
    # Reading makes nothing; fields that exclude each other push each other out.
    assert schema["distance"].skew_comparator.infinity_norm.threshold is None
    assert not schema["distance"].has("skew_comparator")
    schema["distance"].int_domain.min = 100
    schema["distance"].float_domain.min = 1.5
    assert not schema["distance"].has("int_domain")
    schema["distance"].value_counts.value_count.add(min=1, max=2)
    assert schema["distance"].value_counts.value_count[0].max == 2
    assert not schema["distance"].has("shape")
    schema.feature.add(name="new", type="FLOAT")
    assert "new" in schema
    del schema["new"]
    assert "new" not in schema
    assert zs.Schema.from_json(schema.to_json()) == schema


def test_a_copy_goes_its_own_way(schema: zs.Schema) -> None:
    other = copy.deepcopy(schema)
    other["carrier"].type = "INT"
    assert schema["carrier"].type == "BYTES"
    assert schema != other
    assert [str(change) for change in zs.schema_diff(schema, other)] == [
        "carrier: type: BYTES -> INT"
    ]


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (lambda s: s["carier"], KeyError),
        (lambda s: s[3], TypeError),
        (lambda s: s["carrier"].tipe, AttributeError),
        (lambda s: setattr(s["carrier"], "tipe", 1), AttributeError),
        (lambda s: setattr(s["carrier"], "type", "STRING"), ValueError),
        (lambda s: setattr(s["carrier"], "type", 2), TypeError),
        (lambda s: setattr(s["carrier"].presence, "min_fraction", "1"), TypeError),
        (lambda s: setattr(s["carrier"].presence, "min_count", 1.5), TypeError),
        (lambda s: setattr(s["carrier"], "presence", 1), TypeError),
        (lambda s: setattr(s["carrier"], "in_environment", "SERVING"), TypeError),
        (lambda s: s["carrier"].in_environment.append(3), TypeError),
        (lambda s: zs.infer_schema(s), TypeError),
        (lambda s: zs.validate(zs.profile(TRAINING), "schema"), TypeError),
        (lambda s: zs.validate(zs.profile(TRAINING), s, severities={"NO_TYPE": "ERROR"}), KeyError),
        (
            lambda s: zs.validate(zs.profile(TRAINING), s, severities={"SCHEMA_NEW_COLUMN": "BAD"}),
            ValueError,
        ),
    ],
)
def test_mistakes_are_named(schema: zs.Schema, edit: object, kind: type[Exception]) -> None:
    before = schema.to_json()
    with pytest.raises(kind):
        edit(schema)  # type: ignore[operator]
    assert schema.to_json() == before


def test_no_examples(schema: zs.Schema) -> None:
    anomalies = zs.validate(zs.Profile(), schema)
    assert anomalies.data_missing
    assert not anomalies
    assert "nothing was checked" in repr(anomalies)


def test_every_anomaly_type_has_a_test_and_stands_in_the_documentation() -> None:
    docs = Path(__file__).parents[2] / "docs"
    namespace = runpy.run_path(str(docs / "make_anomalies.py"))
    table = namespace["text"]()
    assert table == (docs / "anomalies.md").read_text()
    assert not [line for line in table.splitlines() if line.endswith("|  |")]


def test_a_schema_is_shown_as_a_table() -> None:
    schema = zs.infer_schema(
        zs.profile(
            {
                "fare": [1.5, 2.5, 3.5],
                "kind": ["a", "b", "<b>"],
                "many": [f"v{i}" for i in range(3)],
                "tip": [1, None, 2],
                "pair": [[1, 2], [3, 4], [5, 6]],
                "old": [1, 2, 3],
            }
        )
    )
    schema["fare"].float_domain.min = 0.0
    schema["tip"].presence.min_fraction = 0.5
    schema["old"].lifecycle_stage = "DEPRECATED"
    schema.set_rules("fare", mean={"max": 9.0})
    frame = schema.to_frame()
    assert list(frame["feature"]) == ["fare", "kind", "many", "tip", "pair", "old"]
    table = dict(zip(frame["feature"], frame.to_dict("records"), strict=True))
    assert table["fare"]["domain"] == "0.0.."
    assert table["fare"]["rules"] == "mean"
    assert (table["fare"]["presence"], table["fare"]["values"]) == ("required", "1")
    assert (table["tip"]["presence"], table["tip"]["values"]) == ("required in 0.5", "1")
    assert table["pair"]["values"] == "2"
    assert table["kind"]["domain"] == "'<b>', 'a', 'b'"
    assert table["old"]["presence"] == "deprecated"
    page = schema._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert zs.Schema()._repr_html_() == "<p>A schema without features</p>"
