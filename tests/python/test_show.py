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
    assert [line.split()[1] for line in lines] == ["float", "int", "string", "bytes", "list", "struct", "null"]
    assert "\x1b" not in repr(PROFILE)
    assert repr(zs.Profile()) == "Profile of 0 rows, 0 columns"
    wide = zs.profile({f"c{i}": [i] for i in range(100)})
    assert repr(wide).endswith("... and 40 more")


def test_html_is_escaped() -> None:
    text = PROFILE._repr_html_()
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "&lt;b&gt;" in text


def test_estimates_are_numbers_too() -> None:
    estimate = PROFILE["n"].distinct
    assert (float(estimate), int(estimate), str(estimate)) == (2.0, 2, "2")
    assert isinstance(estimate.value, int)


def test_a_column_reads_well() -> None:
    assert "type: int" in repr(PROFILE["n"])
    assert repr(PROFILE["l"].length) == "Numbers(count=3, min=0, mean=1.0, max=2)"
