"""Two implementations held against each other: every planted skew is found, none is invented."""

from __future__ import annotations

import datetime
import decimal
import math

import hypothesis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import zeroskew as zs
from zeroskew import testing

ROWS = 2000


@pytest.fixture(scope="module")
def learned() -> pd.DataFrame:
    random = np.random.default_rng(1)
    fare = np.where(random.random(ROWS) < 0.1, np.nan, random.gamma(2, 10, ROWS))
    kind = random.choice(["cash", "card", "none"], ROWS, p=[0.7, 0.2, 0.1])
    return pd.DataFrame({"fare": fare, "kind": kind, "riders": random.integers(1, 7, ROWS)})


@pytest.fixture(scope="module")
def fitted(learned: pd.DataFrame) -> zs.FittedPipeline:
    steps = [zs.Impute("fare", "median"), zs.Standardize("fare"), zs.OneHot("kind")]
    return zs.Pipeline(steps).fit(learned)


def facts(learned: pd.DataFrame) -> tuple[float, float, float]:
    filled = learned.fare.fillna(learned.fare.median())
    return learned.fare.median(), filled.mean(), filled.std(ddof=0)


def faithful(learned: pd.DataFrame):
    middle, mean, std = facts(learned)

    def transform(row):
        fare = row["fare"]
        missing = fare is None or math.isnan(fare)
        made = {"fare": ((middle if missing else fare) - mean) / std}
        return made | {f"kind_{k}": float(row["kind"] == k) for k in ("card", "cash", "none")}

    return transform


def test_the_same_code_twice_has_no_skew(learned, fitted):
    found = testing.find_skew(fitted, fitted.transform_row, zs.profile(learned))
    assert not found
    assert len(found) == 0
    assert repr(found) == f"no skew: {len(found.outputs)} outputs are the same on {found.rows} rows"
    assert found.rows >= 400
    assert {"fare", "kind_cash", "kind_card", "kind_none"} <= set(found.outputs)


def test_a_faithful_copy_has_no_skew_beyond_rounding(learned, fitted):
    reference = zs.profile(learned)
    testing.assert_no_skew(fitted, faithful(learned), reference, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("output", "change", "cells"),
    [
        # A deviation of the sample where the other divides by n: everywhere.
        ("fare", lambda row, made: made | {"fare": made["fare"] * 0.9997}, set()),
        # A fallback of its own for what is missing.
        ("fare", lambda row, made: made | {"fare": made["fare"] + (row["fare"] is None)}, {"fare"}),
        # A category in another case counts here, and not there.
        (
            "kind_cash",
            lambda row, made: made | {"kind_cash": float((row["kind"] or "").lower() == "cash")},
            {"kind"},
        ),
        # An exception for one value of another column.
        ("", lambda row, made: made if row["riders"] != 6 else {}["riders"], {"riders"}),
        # A renamed output.
        ("kind_none", lambda row, made: {n: v for n, v in made.items() if n != "kind_none"}, set()),
        # Two columns at once.
        (
            "fare",
            lambda row, made: (
                made | {"fare": -9.0} if row["riders"] == 6 and not row["kind"] else made
            ),
            {"riders", "kind"},
        ),
    ],
)
def test_a_planted_skew_is_found_and_shrunk_to_the_cells_that_matter(
    learned, fitted, output, change, cells
):
    found = testing.find_skew(
        fitted, lambda row: change(row, fitted.transform_row(row)), zs.profile(learned), atol=1e-12
    )
    assert [skew.output for skew in found] == [output]
    skew = found[output]
    assert set(skew.cells) == cells
    assert 0 < skew.different <= skew.rows == found.rows
    assert output in repr(found)
    assert list(found.to_frame()["output"]) == [output]


def test_the_answer_is_a_function_of_the_seed(learned, fitted):
    def other(row):
        return {"fare": None if row["riders"] == 3 else fitted.transform_row(row)["fare"]}

    first, second = (
        testing.find_skew(fitted, other, zs.profile(learned), outputs=["fare"], seed=5)
        for _ in range(2)
    )
    assert repr(first) == repr(second)
    assert first


def test_frames_are_rows(learned, fitted):
    middle, mean, std = facts(learned)

    def of_frame(frame):
        fare = pd.to_numeric(frame.fare, errors="coerce").fillna(middle)
        return pd.DataFrame({"fare": (fare - mean) / std})

    rows = testing.rows(zs.profile(learned), hostile=False)
    options = {"outputs": ["fare"], "rtol": 1e-9, "atol": 1e-12, "examples": 100}
    testing.assert_no_skew(fitted, testing.of_frames(of_frame), rows, **options)

    def wrong(frame):
        return of_frame(frame.assign(fare=frame.fare.fillna(0)))

    with pytest.raises(AssertionError, match="fare = None"):
        testing.assert_no_skew(fitted, testing.of_frames(wrong), rows, **options)


def test_what_pandas_calls_missing_is_none():
    side = testing.of_frames(lambda frame: frame.assign(a=np.nan, b=pd.NaT, c=[[1, 2]]))
    assert side({"d": 1}) == {"d": 1, "a": None, "b": None, "c": [1, 2]}


def every_type() -> pa.Table:
    moment = datetime.datetime(2020, 1, 1, 5, 30)
    return pa.table(
        {
            "float": [1.5, None, 3.0],
            "int": [1, 2, None],
            "text": ["a", None, "b"],
            "bool": [True, False, None],
            "day": [datetime.date(2020, 1, 1)] * 3,
            "moment": pa.array([moment] * 3, pa.timestamp("us", "UTC")),
            "local": pa.array([moment] * 3, pa.timestamp("ms")),
            "clock": pa.array([3600, 7200, None], pa.time32("s")),
            "passed": pa.array([5, 6, 7], pa.duration("s")),
            "list": [["x", "y"], [], None],
            "money": pa.array([decimal.Decimal("1.25")] * 3),
            "bytes": [b"x", None, b"y"],
            "struct": [{"q": 1, "w": "z"}] * 3,
            "void": pa.nulls(3),
        }
    )


def test_rows_of_every_type_are_rows_that_a_pipeline_takes():
    table = every_type()
    fitted = zs.Pipeline([zs.Impute("float"), zs.OneHot("text")]).fit(table)
    seen: dict[str, set[str]] = {name: set() for name in table.column_names}

    @hypothesis.settings(max_examples=200, database=None, deadline=None, derandomize=True)
    @hypothesis.given(testing.rows(zs.profile(table)))
    def look(row):
        assert set(row) == set(table.column_names)
        assert "float" in fitted.transform_row(row)
        for name, cell in row.items():
            seen[name].add(type(cell).__name__)

    look()
    kinds = ["float", "int", "str", "bool", "date", "datetime", "datetime", "time", "timedelta"]
    kinds += ["list", "Decimal", "bytes", "dict"]
    for name, kind in zip(table.column_names, kinds, strict=False):
        assert seen[name] == {kind, "NoneType"}, name
    assert seen["void"] == {"NoneType"}


def test_ordinary_rows_stay_within_the_reference(learned):
    reference = zs.profile(learned)
    low, high = reference["fare"].min, reference["fare"].max

    @hypothesis.settings(max_examples=200, database=None, deadline=None, derandomize=True)
    @hypothesis.given(testing.rows(reference, hostile=False))
    def look(row):
        assert row["fare"] is None or low <= row["fare"] <= high
        assert row["kind"] in ("cash", "card", "none")
        assert 1 <= row["riders"] <= 6

    look()


@pytest.mark.parametrize(
    ("call", "id"),
    [
        (lambda f, p: testing.find_skew(1, f, p), "testing.side"),
        (lambda f, p: testing.find_skew(f, "f", p), "testing.side"),
        (lambda f, p: testing.find_skew(f, f, p, outputs=[]), "testing.outputs"),
        (lambda f, p: testing.find_skew(f, f, p, examples=0), "testing.examples"),
        (lambda f, p: testing.find_skew(f, f, "p"), "testing.reference"),
        (lambda f, p: testing.rows("p"), "testing.reference"),
        (lambda f, p: testing.rows(p, ["fair"]), "testing.column"),
    ],
)
def test_bad_calls_say_what_would_be_right(learned, fitted, call, id):
    with pytest.raises(zs.Error) as caught:
        call(fitted, zs.profile(learned))
    assert caught.value.id == id
