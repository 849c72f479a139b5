"""Which rows are anomalous, from Python; the judging itself is tested in C++."""

import json
import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs

FARES = {"fare": [3.5, -1.0, None, 7.0, -2.0], "kind": ["cash", "card", "gold", "cash", "card"]}


def schema() -> zs.Schema:
    made = zs.infer_schema(zs.profile({"fare": [1.0, 2.0], "kind": ["cash", "card"]}))
    made["fare"].float_domain.min = 0.0
    return made


def test_rows_and_reasons() -> None:
    found = zs.validate_rows(FARES, schema())
    assert found
    assert found.total_rows == 5
    assert found.rows.tolist() == [1, 2, 4]
    assert found.mask.tolist() == [False, True, True, False, True]
    by_type = {one.type: one for one in found}
    assert set(by_type) == {
        "FLOAT_TYPE_SMALL_FLOAT",
        "FEATURE_TYPE_LOW_FRACTION_PRESENT",
        "INVALID_FEATURE_SHAPE",
        "ENUM_TYPE_UNEXPECTED_STRING_VALUES",
    }
    small = by_type["FLOAT_TYPE_SMALL_FLOAT"]
    assert small.path == "fare"
    assert small.count == 2
    assert small.rows.tolist() == [1, 4]
    assert small.samples == [(1, "-1"), (4, "-2")]
    assert small.severity == zs.Severity.ERROR
    assert small.message == "Expected at least 0, found '-1' in row 1 (2 of 5 rows)."


def test_a_frame_is_split_by_the_mask() -> None:
    frame = pd.DataFrame(FARES)
    good = frame[~zs.validate_rows(frame, schema()).mask]
    assert good["fare"].tolist() == [3.5, 7.0]
    assert not zs.validate_rows(good, schema())


def test_shows_itself() -> None:
    found = zs.validate_rows(FARES, schema(), samples=1)
    assert repr(found).startswith("3 of 5 rows are anomalous\n")
    assert "<li>" in found._repr_html_()
    assert (
        repr(zs.validate_rows({"fare": [1.0], "kind": ["cash"]}, schema()))
        == "No anomalous rows among 1"
    )
    read = json.loads(found.to_json())
    assert read["anomalous_rows"] == 3
    assert all(len(one["samples"]) == 1 for one in read["anomalies"])
    assert found.to_frame()["row"].tolist() == [
        sample.row for one in found for sample in one.samples
    ]


def test_options() -> None:
    assert not zs.validate_rows(
        {"a": [1]}, zs.Schema(), severities={"SCHEMA_NEW_COLUMN": "UNKNOWN"}
    )
    warned = zs.validate_rows({"a": [1]}, zs.Schema(), severities={"SCHEMA_NEW_COLUMN": "WARNING"})
    assert [one.severity for one in warned] == ["WARNING"]
    for wrong in (
        {"samples": -1},
        {"samples": True},
        {"environment": 3},
        {"threads": 0},
        {"environment": "T"},
    ):
        with pytest.raises(zs.Error):
            zs.validate_rows(FARES, schema(), **wrong)
    with pytest.raises(zs.Error, match="unknown_anomaly_type"):
        zs.validate_rows(FARES, schema(), severities={"X": "ERROR"})


@given(
    st.lists(
        st.one_of(st.none(), st.floats(), st.sampled_from([0.0, 1.0, math.inf])),
        min_size=1,
        max_size=40,
    ),
    st.floats(min_value=-1e6, max_value=1e6, width=32),
    st.integers(1, 7),
)
def test_every_cut_of_the_data_gives_the_same_rows(
    values: list[float | None], least: float, piece: int
) -> None:
    column = pa.table({"x": pa.array(values, pa.float64())})
    bounded = zs.Schema.from_text(
        f"feature {{ name: 'x' type: FLOAT float_domain {{ min: {least} disallow_nan: true }} }}"
    )
    whole = zs.validate_rows(column, bounded)
    assert (
        zs.validate_rows((column.slice(i, piece) for i in range(0, len(values), piece)), bounded)
        == whole
    )
    wrong = [
        row
        for row, value in enumerate(values)
        if value is not None
        and (math.isnan(value) or np.float32(max(min(value, 3e38), -3e38)) < np.float32(least))
    ]
    assert whole.rows.tolist() == wrong
