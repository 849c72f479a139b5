"""Profiles as dict, frame, text and HTML."""

import json
import sys

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import zeroskew as zs

DATA = {
    "x": [1.5, float("inf"), float("nan"), 4.0],
    "n": [1, 2, 2, None],
    "<script>": ["<b>", "a\nb", "\x1b[31m", None],
    "b": [b"\xff", b"a", None, None],
    "l": [[1, 2], [], None, [3]],
    "s": [{"a": 1}, {"a": 2}, None, {"a": None}],
    "e": pa.nulls(4),
}
PROFILE = zs.profile(DATA)


def test_dicts_are_json() -> None:
    facts = PROFILE.to_dict()
    assert json.loads(json.dumps(facts, allow_nan=False)) == facts
    assert facts["rows"] == 4
    assert list(facts["columns"]) == list(DATA)
    x, n = facts["columns"]["x"], facts["columns"]["n"]
    assert (x["max"], x["variance"], x["nan"]) == ("Infinity", None, 1)
    assert (n["sum"], n["missing"], n["distinct"]["value"]) == (5, 1, 2)
    assert n["top"][0] == {"value": 2, "count": {"value": 2, "lo": 2, "hi": 2, "exact": True}}
    assert facts["columns"]["b"]["top"][0]["value"] == "\\xff"
    assert facts["columns"]["l"]["length"]["max"] == 2
    assert facts["columns"]["s"]["children"]["a"]["sum"] == 3


def test_frames_have_a_row_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = PROFILE.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert frame["column"].tolist() == list(DATA)
    assert frame.loc[1, "mean"] == pytest.approx(5 / 3)
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert isinstance(PROFILE.to_frame(), pl.DataFrame)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(zs.Error) as caught:
        PROFILE.to_frame()
    assert caught.value.id == "python.package_missing"


def test_text_is_a_table() -> None:
    title, header, *lines = repr(PROFILE).splitlines()
    assert title == "Profile of 4 rows, 7 columns"
    assert header.split()[:3] == ["column", "type", "missing"]
    assert [line.split()[1] for line in lines] == [
        "float",
        "int",
        "string",
        "bytes",
        "list",
        "struct",
        "null",
    ]
    assert "\x1b" not in repr(PROFILE)
    assert repr(zs.Profile()) == "Profile of 0 rows, 0 columns"
    wide = zs.profile({f"c{i}": [i] for i in range(100)})
    assert repr(wide).endswith("... and 40 more")


def test_html_is_escaped() -> None:
    text = PROFILE._repr_html_()
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "&lt;b&gt;" in text


def test_html_draws_how_numbers_are_spread() -> None:
    profile = zs.profile(
        {
            "x": [0.5, 1.5, 1.5, float("inf")],
            "n": [1, 2, 2, 3],
            "nan": [float("nan")] * 4,
            "s": ["a", "b", "a", "a"],
            "none": [None] * 4,
        }
    )
    rows = profile._repr_html_().split("<tr>")[2:]
    assert ["<path" in row for row in rows] == [False, True, False, False, False]
    finite = zs.profile({"x": [0.5, 1.5, 1.5]})._repr_html_()
    assert "<path" in finite


def test_estimates_are_numbers_too() -> None:
    estimate = PROFILE["n"].distinct
    assert (float(estimate), int(estimate), str(estimate)) == (2.0, 2, "2")
    assert isinstance(estimate.value, int)


def test_a_column_reads_well() -> None:
    assert repr(PROFILE["n"]).startswith("n: int, 4 rows\n  missing    1 (25.0%)\n  distinct   2\n")
    assert repr(PROFILE["l"].length) == "Numbers(count=3, min=0, mean=1.0, max=2)"


def test_shares_are_never_rounded_to_none_or_all() -> None:
    column = zs.profile({"x": [None] + ["a"] * 5000 + [f"{i}" for i in range(9)]})["x"]
    assert "missing   1 (<0.1%)" in repr(column)
    assert "a >99%" in repr(zs.profile({"x": ["a"] * 5000 + ["b"]}))
    assert repr(zs.profile({"x": [f"{i}" for i in range(300)]})).splitlines()[-1].endswith("99 <1%")


def test_times_are_shown_as_times() -> None:
    day = 1_767_225_600
    table = pa.table(
        {
            "when": pa.array([day, day + 1], pa.timestamp("s", "Europe/Berlin")),
            "local": pa.array([day * 1000 + 250, None], pa.timestamp("ms")),
            "day": pa.array([20454, 20455], pa.date32()),
            "clock": pa.array([1, 86_399_999], pa.time32("ms")),
        }
    )
    profile = zs.profile(table)
    lines = repr(profile).splitlines()
    assert "2026-01-01 00:00:00Z" in lines[2]
    assert "2026-01-01 00:00:00.25 " in lines[3]
    assert "2026-01-01" in lines[4]
    assert "00:00:00.001" in lines[5]
    assert "23:59:59.999" in repr(profile["clock"])
    assert profile["when"].min == day  # what programs read stays a number


def test_every_column_has_a_text_of_its_own() -> None:
    texts = [repr(PROFILE[name]) for name in DATA]
    assert "infinities  1 (25.0%)" in texts[0]
    assert "invalid" not in texts[3]
    assert "items    0 to 2, 1 on average" in texts[4]
    assert "fields   a: int" in texts[5]
    assert texts[6].splitlines()[0] == "e: null, 4 rows"


def test_slices_are_a_line_each() -> None:
    slices = zs.profile({"k": ["a", "b", "a"], "x": [1, 2, 3]}, slices="k").slices
    assert repr(slices).splitlines() == ["2 slices", "  k_a  2 rows", "  k_b  1 rows"]
    assert dict(slices)["k_a"]["x"].max == 3


def test_whole_numbers_of_a_frame_stay_whole() -> None:
    frame = PROFILE.to_frame().set_index("column")
    assert frame.loc["n", "top_count"] == 2
    assert str(frame["distinct"].dtype) == "Int64"
    assert frame["distinct"].isna()["l"]


def test_dicts_have_weights_slices_pairs_and_levels_too() -> None:
    data = {"k": ["a", "b", "a"], "x": [1.0, 2.0, 4.0], "w": [1, 0, 3], "l": [[[1]], [], None]}
    facts = zs.profile(data, weight="w", slices="k", pairs=[("x", "k")]).to_dict()
    assert json.loads(json.dumps(facts, allow_nan=False)) == facts
    assert facts["weighted_rows"] == 4.0
    assert facts["columns"]["x"]["weighted"]["mean"] == 13 / 4
    top = facts["columns"]["k"]["weighted"]["top"]
    assert top[0] == {"value": "a", "weight": {"value": 4.0, "lo": 4.0, "hi": 4.0, "exact": True}}
    assert facts["slices"]["k_b"]["columns"]["x"]["weighted"]["mean"] is None
    assert facts["slices"]["k_a"]["rows"] == 2
    assert facts["pairs"][0]["columns"] == ["k", "x"]
    assert facts["pairs"][0]["count"] == 3
    assert facts["columns"]["l"]["levels"] == [
        {"present": 2, "missing": 1, "empty": 1, "items": 1},
        {"present": 1, "missing": 0, "empty": 0, "items": 1},
    ]
