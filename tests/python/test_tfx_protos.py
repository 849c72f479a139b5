"""Messages in and out: nothing is lost, and what is no such message is an error."""

import pickle

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from google.protobuf import text_format
from hypothesis import given, settings
from hypothesis import strategies as st
from tensorflow_metadata.proto.v0 import anomalies_pb2, schema_pb2, statistics_pb2
from tfx_messages import messages

import zeroskew as zs
from zeroskew import tfx
from zeroskew._core.schema import message_fields
from zeroskew._imported import imported

List = statistics_pb2.DatasetFeatureStatisticsList


def read_or_refused(read, document, *rooms):
    """What is read; None where an error of these rooms refuses it."""
    try:
        return read(document)
    except zs.Error as failure:
        if failure.id.split(".")[0] not in rooms:
            raise
        return None


def canonical(message):
    return message.SerializeToString(deterministic=True)


@settings(max_examples=300)
@given(messages(schema_pb2.Schema))
def test_a_schema_that_can_be_read_comes_back_whole(message):
    schema = read_or_refused(tfx.schema_from_proto, message, "schema")
    if schema is None:
        return
    assert text_format.MessageToString(tfx.schema_to_proto(schema)) == text_format.MessageToString(
        message
    )


@settings(max_examples=100)
@given(messages(anomalies_pb2.Anomalies, skip=("baseline_v1",)))
def test_anomalies_that_can_be_read_come_back_whole(message):
    anomalies = read_or_refused(tfx.anomalies_from_proto, message, "schema")
    if anomalies is None:
        return
    assert canonical(tfx.anomalies_to_proto(anomalies)) == canonical(message)


@settings(max_examples=300)
@given(messages(List, depth=6))
def test_random_statistics_are_read_or_refused(message):
    profile = read_or_refused(tfx.profile_from_proto, message, "statistics", "schema")
    if profile is None:
        return
    assert canonical(tfx.profile_to_proto(profile)) == canonical(message)
    schema = zs.infer_schema(profile)
    assert not zs.validate(profile, schema, previous=profile, serving=profile)
    zs.compare(profile, profile)


cells = {
    "int": st.one_of(st.none(), st.integers(-(2**62), 2**62)),
    "float": st.one_of(st.none(), st.floats(width=64)),
    "string": st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=5)),
    "bool": st.one_of(st.none(), st.booleans()),
    "list": st.one_of(st.none(), st.lists(st.integers(0, 3), max_size=3)),
    "struct": st.one_of(
        st.none(), st.fixed_dictionaries({"a": st.integers(0, 9), "b": st.text("xy", max_size=2)})
    ),
}
TYPES = {
    "int": pa.int64(),
    "float": pa.float64(),
    "string": pa.string(),
    "bool": pa.bool_(),
    "list": pa.list_(pa.int64()),
    "struct": pa.struct({"a": pa.int64(), "b": pa.string()}),
}


@st.composite
def tables(draw):
    rows = draw(st.integers(0, 30))
    kinds = draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=4))
    return pa.table(
        {
            f"c{i}": pa.array(
                draw(st.lists(cells[kind], min_size=rows, max_size=rows)), TYPES[kind]
            )
            for i, kind in enumerate(kinds)
        }
    )


@settings(max_examples=150)
@given(tables(), tables())
def test_a_profile_as_a_message_is_judged_as_the_profile_is(first, second):
    profiles = zs.profile(first), zs.profile(second)
    through = [tfx.profile_from_proto(tfx.profile_to_proto(one)) for one in profiles]
    schemas = [zs.infer_schema(side[0]) for side in (profiles, through)]
    assert schemas[0] == schemas[1]

    def types(anomalies):
        return [(one.path, one.type) for one in anomalies]

    own = zs.validate(profiles[1], schemas[0])
    other = zs.validate(through[1], schemas[0])
    assert types(own) == types(other)
    assert zs.update_schema(schemas[0], profiles[1]) == zs.update_schema(schemas[0], through[1])


@settings(max_examples=50)
@given(tables())
def test_a_message_of_a_profile_says_what_the_profile_says(data):
    profile = zs.profile(data)
    read = tfx.profile_from_proto(tfx.profile_to_proto(profile))
    assert read.rows == profile.rows
    assert read.columns == profile.columns
    for name in profile.columns:
        own, other = profile[name], read[name]
        assert (own.count, own.missing) == (other.count, other.missing)
        if own.type in ("int", "float") and own.count > own.nan:
            assert other.mean == pytest.approx(own.mean, nan_ok=True)
            assert (other.zeros, other.nan) == (own.zeros, own.nan)
            assert float(other.min) == float(own.min)
        if own.type == "string":
            assert other.distinct.value == own.distinct.value
            assert other.top(1000) == own.top(1000)


@given(tables(), st.data())
def test_damaged_bytes_are_read_or_refused(table, data):
    document = bytearray(canonical(tfx.profile_to_proto(zs.profile(table))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(document) - 1))
        document[at] = data.draw(st.integers(0, 255))
    document = bytes(document[: data.draw(st.integers(0, len(document)))])
    profile = read_or_refused(imported, document, "statistics", "schema")
    if profile is not None:
        assert not zs.validate(profile, zs.infer_schema(profile))


@given(st.binary(max_size=60), st.sampled_from(["binary", "text", "json"]))
def test_any_bytes_are_read_or_refused(document, form):
    read_or_refused(lambda one: imported(one, form), document, "statistics", "schema", "tfx")


WORDS = ["datasets", "features", "name", "path", "step", "num_stats", "string_stats", "buckets"]
WORDS += [
    "{",
    "}",
    ":",
    "'x'",
    "1",
    "-1",
    "nan",
    "1e999",
    "[a.b/C]",
    "custom_stats",
    "any",
    "#",
    ",",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_words_are_read_or_refused(text):
    read_or_refused(lambda one: imported(one, "text"), text.encode(), "statistics", "schema", "tfx")


def one_feature(**fields):
    message = List()
    feature = message.datasets.add(num_examples=3).features.add()
    feature.CopyFrom(statistics_pb2.FeatureNameStatistics(**fields))
    return message


def numeric(text):
    return one_feature(
        name="x", type=1, num_stats=text_format.Parse(text, statistics_pb2.NumericStatistics())
    )


COMMON = (
    "common_stats { num_non_missing: 3 min_num_values: 1 max_num_values: 1 tot_num_values: 3 } "
)


@pytest.mark.parametrize(
    ("message", "id", "where"),
    [
        (List(), "statistics.no_dataset", ""),
        (one_feature(type=0, num_stats={}), "statistics.no_name", ""),
        (one_feature(name="x", type=9, num_stats={}), "statistics.bad_type", "x"),
        (
            numeric(
                COMMON + "histograms { buckets { low_value: 1 high_value: 0 sample_count: 3 } }"
            ),
            "statistics.bad_histogram",
            "x",
        ),
        (
            numeric(
                COMMON + "histograms { buckets { low_value: 0 high_value: 2 sample_count: 1 }"
                " buckets { low_value: 1 high_value: 3 sample_count: 1 } }"
            ),
            "statistics.bad_histogram",
            "x",
        ),
        (
            numeric(COMMON + "histograms { buckets { sample_count: -1 } }"),
            "statistics.bad_count",
            "x",
        ),
        (
            numeric(COMMON + "histograms { buckets { sample_count: nan } }"),
            "statistics.bad_count",
            "x",
        ),
        (one_feature(path={"step": ["a", "b"]}, num_stats={}), "statistics.no_parent", "a.b"),
    ],
)
def test_impossible_statistics_are_refused(message, id, where):
    with pytest.raises(zs.Error) as failure:
        tfx.profile_from_proto(message)
    assert failure.value.id == id
    assert failure.value.where == where


def test_names_and_paths_do_not_mix():
    message = one_feature(name="x", num_stats={})
    message.datasets[0].features.add(path={"step": ["y"]}, num_stats={})
    with pytest.raises(zs.Error, match="mixed_names"):
        tfx.profile_from_proto(message)


def test_a_feature_stands_there_once():
    message = one_feature(name="x", num_stats={})
    message.datasets[0].features.add(name="x", num_stats={})
    with pytest.raises(zs.Error, match="duplicate_feature"):
        tfx.profile_from_proto(message)


def test_fields_of_a_structure_may_be_named_with_a_prefix():
    message = one_feature(
        name="s", type=4, struct_stats={"common_stats": {"num_non_missing": 2, "num_missing": 1}}
    )
    message.datasets[0].features.add(name="s.a", num_stats={"common_stats": {"num_non_missing": 2}})
    message.datasets[0].features.add(name="sa", num_stats={"common_stats": {"num_non_missing": 3}})
    profile = tfx.profile_from_proto(message)
    assert profile.columns == ["s", "sa"]
    assert zs.infer_schema(profile).features == ["s", "s.a", "sa"]


def test_slices_are_found_by_name():
    message = List()
    for name, rows in (("state_TX", 2), ("All Examples", 5), ("state_CA", 3)):
        message.datasets.add(name=name, num_examples=rows)
    profile = tfx.profile_from_proto(message)
    assert (profile.name, profile.rows) == ("All Examples", 5)
    assert {name: one.rows for name, one in profile.slices.items()} == {
        "state_TX": 2,
        "state_CA": 3,
    }
    message.datasets[1].name = "whole"
    with pytest.raises(zs.Error, match="no_dataset"):
        tfx.profile_from_proto(message)


def test_profiles_of_both_kinds_are_held_against_each_other():
    frame = pd.DataFrame(
        {"x": np.arange(1000) % 7, "word": ["a", "b"] * 500, "flag": [True, False] * 500}
    )
    moved = frame.assign(x=frame.x + 3, word=["a"] * 1000)
    own = zs.profile(frame)
    other = tfx.profile_from_proto(tfx.profile_to_proto(zs.profile(moved)))
    drift = zs.compare(own, other)
    assert drift["x"].drifted
    assert drift["word"].drifted
    assert not drift["flag"].drifted
    assert not zs.compare(own, tfx.profile_from_proto(tfx.profile_to_proto(own))).drifted
    assert zs.drift.linf(own["word"], other["word"]).statistic == pytest.approx(0.5)
    schema = zs.infer_schema(own)
    schema["word"].drift_comparator.infinity_norm.threshold = 0.1
    found = zs.validate(other, schema, previous=own)
    assert [one.type for one in found] == ["COMPARATOR_L_INFTY_HIGH"]
    assert zs.validate(own, schema, previous=other)


def test_categorical_numbers_are_counted_by_name_where_the_schema_says_so():
    profile = zs.profile(pd.DataFrame({"code": [3, 1, 3, 7]}))
    schema = zs.infer_schema(profile)
    schema["code"].int_domain.is_categorical = True
    feature = tfx.profile_to_proto(profile, schema=schema).datasets[0].features[0]
    assert feature.type == statistics_pb2.FeatureNameStatistics.INT
    assert [
        (one.label, one.sample_count) for one in feature.string_stats.rank_histogram.buckets
    ] == [
        ("3", 2),
        ("7", 1),
        ("1", 1),
    ]


def test_strings_that_are_not_text_have_a_placeholder():
    column = pa.array([b"\xff", b"a", b"\xfe"], pa.binary()).view(pa.string())
    feature = tfx.profile_to_proto(zs.profile(pa.table({"x": column}))).datasets[0].features[0]
    labels = {one.label: one.sample_count for one in feature.string_stats.rank_histogram.buckets}
    assert labels == {"__BYTES_VALUE__": 2, "a": 1}
    assert feature.string_stats.invalid_utf8_count == 2


def test_other_things_are_refused():
    with pytest.raises(TypeError, match="wrong_message"):
        tfx.schema_from_proto(List())
    with pytest.raises(TypeError, match="wrong_message"):
        tfx.profile_from_proto(3)
    with pytest.raises(TypeError, match="not_a_profile"):
        tfx.profile_to_proto(3)
    with pytest.raises(TypeError, match="not_anomalies"):
        tfx.anomalies_to_proto([])
    with pytest.raises(TypeError, match="not_a_schema"):
        tfx.schema_to_proto({})


def test_an_imported_profile_is_read_only_and_can_be_pickled():
    profile = tfx.profile_from_proto(
        tfx.profile_to_proto(zs.profile(pd.DataFrame({"x": [1.5, 2.5]})))
    )
    assert pickle.loads(pickle.dumps(profile)) == profile
    assert "x" in profile
    assert profile["x"].histogram("quantile")
    with pytest.raises(KeyError, match="unknown_column"):
        profile["y"]
    with pytest.raises(ValueError, match="bad_histogram"):
        profile["x"].histogram("round")


def test_slices_pairs_and_weights_are_written():
    table = pa.table(
        {
            "state": ["TX", "CA", "TX", "NY"],
            "x": [1.0, 2.0, 3.0, None],
            "y": [2.0, 4.0, 6.0, 1.0],
            "w": [1.0, 2.0, 0.5, 4.0],
        }
    )
    profile = zs.profile(
        table, weight="w", slices="state", pairs=[("x", "y")], columns=table.column_names
    )
    message = tfx.profile_to_proto(profile)
    names = [one.name for one in message.datasets]
    assert names == ["All Examples", "state_CA", "state_NY", "state_TX"]
    whole = message.datasets[0]
    assert (whole.num_examples, whole.weighted_num_examples) == (4, 7.5)
    cross = whole.cross_features[0]
    assert (list(cross.path_x.step), list(cross.path_y.step), cross.count) == (["x"], ["y"], 3)
    assert cross.num_cross_stats.correlation == pytest.approx(1.0)
    assert cross.num_cross_stats.covariance == pytest.approx(4 / 3)
    x = next(one for one in whole.features if list(one.path.step) == ["x"]).num_stats
    common = x.common_stats.weighted_common_stats
    assert (common.num_non_missing, common.num_missing, common.tot_num_values) == (3.5, 4.0, 3.5)
    assert x.weighted_numeric_stats.mean == pytest.approx((1 + 4 + 1.5) / 3.5)
    for chart in x.weighted_numeric_stats.histograms:
        assert sum(bucket.sample_count for bucket in chart.buckets) == pytest.approx(3.5)
    state = next(one for one in whole.features if list(one.path.step) == ["state"]).string_stats
    ranks = state.weighted_string_stats.rank_histogram.buckets
    assert [(one.label, one.sample_count) for one in ranks] == [("NY", 4), ("CA", 2), ("TX", 1.5)]
    read = tfx.profile_from_proto(message)
    assert read.rows == 7.5
    assert read.slices["state_TX"].rows == 1.5
    schema = zs.infer_schema(read)
    assert not zs.validate(read, schema)
    assert zs.validate(read.slices["state_TX"], schema, previous=read) == zs.validate(
        tfx.profile_from_proto(tfx.profile_to_proto(profile.slices["state_TX"])),
        schema,
        previous=read,
    )


@settings(max_examples=30)
@given(tables())
def test_a_profile_may_travel_whole(table):
    profile = zs.profile(table)
    message = tfx.profile_to_proto(profile, state=True)
    read = tfx.profile_from_proto(message)
    assert read.original == profile
    assert read.original.digest == profile.digest
    assert zs.infer_schema(read) == zs.infer_schema(profile)
    assert tfx.profile_from_proto(tfx.profile_to_proto(profile)).original is None
    message.datasets[0].features[0].custom_stats[-1].str = "!"
    with pytest.raises(zs.Error, match="bad_state"):
        _ = tfx.profile_from_proto(message).original


KINDS = {
    1: "float",
    2: "float",
    3: "int",
    4: "int",
    5: "int",
    8: "bool",
    9: "string",
    11: "message",
}
KINDS |= {12: "bytes", 13: "int", 14: "enum"}


def reached(descriptor, found):
    """Every message that this one reaches, within the package."""
    if descriptor.full_name not in found and descriptor.file.package == "tensorflow.metadata.v0":
        found[descriptor.full_name] = descriptor
        for field in descriptor.fields:
            if field.message_type is not None:
                reached(field.message_type, found)
    return found


MESSAGES = reached(
    List.DESCRIPTOR, reached(statistics_pb2.NaturalLanguageStatistics.DESCRIPTOR, {})
)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_core_knows_the_messages_as_they_are_published(name):
    published = [
        (field.name, KINDS[field.type], field.is_repeated)
        for field in sorted(MESSAGES[name].fields, key=lambda field: field.number)
    ]
    known = message_fields(name.removeprefix("tensorflow.metadata.v0."))
    assert [row[:3] for row in known] == published
    exclusive = [row[0] for row in known if row[3]]
    assert exclusive == [
        field.name
        for field in sorted(MESSAGES[name].fields, key=lambda field: field.number)
        if field.containing_oneof is not None
    ]
