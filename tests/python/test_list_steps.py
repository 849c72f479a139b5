"""Steps on lists: tokens as terms, several ones hot, one number of each list."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import MultiLabelBinarizer

import zeroskew as zs

RNG = np.random.default_rng(4)
WORDS = ["red", "dark blue", "", "Grün", "a,b"]
TOKENS = [list(RNG.choice(WORDS, RNG.integers(1, 6))) for _ in range(300)]
TYPES = [
    pa.list_(pa.string()),
    pa.large_list(pa.large_string()),
    pa.list_view(pa.string_view()),
    pa.list_(pa.dictionary(pa.int8(), pa.string())),
]


def table(cells: list[Any], type_: pa.DataType = TYPES[0]) -> pa.Table:
    return pa.table({"c": pa.array(cells, type_)})


def matrix(made: zs.Table) -> np.ndarray:
    return made.to_numpy()


def check_rows(fitted: zs.FittedPipeline, data: pa.Table) -> zs.Table:
    """A table, its rows, its chunks and the pipeline read back: the same bits."""
    made = fitted.transform(data)
    again = zs.FittedPipeline.from_json(fitted.to_json())
    assert repr(again.transform(data).to_arrow().to_pylist()) == repr(made.to_arrow().to_pylist())
    plan = fitted.plan(data.column_names)
    rows = [plan(row, key=at) for at, row in enumerate(data.to_pylist())]
    assert str(rows) == str(made.to_arrow().to_pylist())
    chunks = pa.Table.from_batches(data.to_batches(max_chunksize=7))
    assert fitted.transform(chunks).to_arrow().to_pylist().__repr__() == rows.__repr__()
    return made


@pytest.mark.parametrize("type_", TYPES, ids=str)
def test_tokens_count_as_in_scikit_learn(type_: pa.DataType) -> None:
    data = table(TOKENS, type_)
    for step, peer in (
        (zs.BagOfWords("c"), CountVectorizer(analyzer=lambda tokens: tokens)),
        (zs.Tfidf("c"), TfidfVectorizer(analyzer=lambda tokens: tokens)),
    ):
        made = check_rows(zs.Pipeline([step]).fit(data), data)
        expected = peer.fit_transform(TOKENS).toarray()
        assert made.columns == [f"c_{term}" for term in peer.get_feature_names_out()]
        assert np.allclose(matrix(made), expected, rtol=0, atol=1e-12)


def test_several_are_hot_as_in_scikit_learn() -> None:
    data = table(TOKENS)
    peer = MultiLabelBinarizer().fit(TOKENS)
    fitted = zs.Pipeline([zs.OneHot("c", unknown="other", missing="column")]).fit(data)
    made = check_rows(fitted, data)
    assert made.columns == [*(f"c_{name}" for name in peer.classes_), "c_other", "c_missing"]
    assert np.array_equal(matrix(made)[:, :-2], peer.transform(TOKENS))
    assert not matrix(made)[:, -2:].any()
    odd = check_rows(fitted, table([["red", "new"], None, [None], []]))
    assert matrix(odd)[:, -2:].tolist() == [[1, 0], [0, 1], [0, 0], [0, 0]]
    strict = zs.Pipeline([zs.OneHot("c", unknown="error")]).fit(data)
    with pytest.raises(zs.Error, match="'new'") as caught:
        strict.transform(table([["new"]]))
    assert caught.value.id == "transform.unknown_value"
    with pytest.raises(zs.Error) as caught:
        fitted.inverse_transform(made)
    assert caught.value.id == "transform.no_inverse"


def test_n_grams_of_tokens() -> None:
    data = table([["New York", "to", None, "Rome"], ["one"], [], None])
    pairs = zs.Pipeline([zs.Ngrams("c", separator="|")]).fit(data)
    made = check_rows(pairs, data)["c"]
    assert list(made) == ["New York_to|to_Rome", "", "", None]
    joined = zs.Pipeline([zs.Ngrams("c", 1, 1, separator=","), zs.HashBucket("c", 100)])
    assert check_rows(joined.fit(data), data).rows == 4
    bag = zs.Pipeline([zs.BagOfWords("c", ngram_low=2, ngram_high=3)]).fit(data)
    assert bag.transform(data).columns == ["c_New York to", "c_New York to Rome", "c_to Rome"]


def test_whole_numbers_and_bools_are_tokens_too() -> None:
    data = pa.table({"c": pa.array([[3, 7], [3], [None], None], pa.list_(pa.uint8()))})
    made = check_rows(zs.Pipeline([zs.BagOfWords("c")]).fit(data), data)
    assert made.columns == ["c_3", "c_7"]
    flags = table([[True, False], [True]], pa.list_(pa.bool_()))
    assert zs.Pipeline([zs.OneHot("c")]).fit(flags).transform(flags).columns == [
        "c_false",
        "c_true",
    ]
    floats = table([[0.5]], pa.list_(pa.float32()))
    with pytest.raises(zs.Error, match="floats") as caught:
        zs.Pipeline([zs.BagOfWords("c")]).fit(floats)
    assert caught.value.id == "transform.wrong_type"


items = st.none() | st.floats(width=32) | st.floats(-1e308, 1e308)
STATISTICS = ("count", "sum", "mean", "min", "max", "first", "last")


@given(st.lists(st.none() | st.lists(items, max_size=6), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_numbers_of_lists(cells: list[Any]) -> None:
    data = table(cells, pa.list_(pa.float64()))
    steps = [zs.ListAggregate("c", name, output=name) for name in STATISTICS]
    made = check_rows(zs.Pipeline(steps).fit(data), data).to_arrow().to_pylist()
    for cell, row in zip(cells, made, strict=True):
        if cell is None:
            assert [row[name] for name in STATISTICS] == [None] * 7
            continue
        x = [item for item in cell if item is not None]
        assert row["count"] == len(x)
        if not x:
            assert [row[name] for name in STATISTICS[1:]] == [0.0, *[None] * 5]
            continue
        with np.errstate(all="ignore"):
            expected = [np.min(x), np.max(x), x[0], x[-1]]
        found = [row[name] for name in STATISTICS[3:]]
        assert np.array_equal(found, expected, equal_nan=True)
        if all(math.isfinite(item) for item in x) and abs(sum(x)) < 1e308:
            assert row["sum"] == pytest.approx(math.fsum(x), rel=1e-15, abs=1e-300)
            assert row["mean"] == row["sum"] / len(x)
        elif not all(math.isfinite(item) for item in x):
            assert str(row["sum"]) == str(float(np.sum(x)))


@pytest.mark.parametrize(
    "type_",
    [pa.list_(pa.int32()), pa.list_(pa.float16(), 2), pa.large_list(pa.uint64())],
    ids=str,
)
def test_numbers_of_any_type(type_: pa.DataType) -> None:
    data = table(
        [np.array([3, 4], np.float16) for _ in range(3)] if "half" in str(type_) else [[3, 4]] * 3,
        type_,
    )
    made = zs.Pipeline([zs.ListAggregate("c")]).fit(data).transform(data)
    assert list(made["c"]) == [3.5] * 3
    rows = zs.Pipeline([zs.ListAggregate("c", "sum")]).fit(data)
    for value in ([3, 4], (3, 4), np.array([3, 4]), [3.0, 4]):
        assert rows.transform_row({"c": value}) == {"c": 7.0}
    texts = zs.Pipeline([zs.ListAggregate("c", "count")]).fit(table([["a", "b"]]))
    assert texts.transform_row({"c": ["a", None]}) == {"c": 1.0}


def test_what_is_no_list_of_cells_is_an_error() -> None:
    lists, texts = table([["ab"]]), table(["ab"], pa.string())
    nested = table([[["a"]]], pa.list_(pa.list_(pa.string())))
    structs = table([{"x": 1}], pa.struct({"x": pa.int64()}))

    def refused(act: Any) -> None:
        with pytest.raises(zs.Error) as caught:
            act()
        assert caught.value.id == "transform.wrong_type"

    bag = zs.Pipeline([zs.BagOfWords("c")])
    refused(lambda: bag.fit(nested))
    refused(lambda: bag.fit(structs))
    refused(lambda: bag.fit(lists).transform(texts))
    refused(lambda: bag.fit(texts).transform(lists))
    refused(lambda: bag.fit(lists).transform_row({"c": "a"}))
    refused(lambda: bag.fit(lists).transform_row({"c": 3}))
    refused(lambda: bag.fit(lists).transform_row({"c": [["a"]]}))
    refused(lambda: bag.fit(texts).transform_row({"c": ["a"]}))
    refused(lambda: zs.Pipeline([zs.ListAggregate("c")]).fit(lists).transform(lists))
    refused(lambda: zs.Pipeline([zs.ListAggregate("c")]).fit(texts))
    # These looked at bytes that were never theirs.
    for data in (lists, nested, structs):
        for step in (
            zs.MissingIndicator("c"),
            zs.MaskToMissing("c", p=0.5),
            zs.SwapColumns(["c", "d"]),
            zs.Impute("c", "mode"),
            zs.Standardize("c"),
        ):
            both = data.append_column("d", data["c"])
            refused(lambda step=step, both=both: zs.Pipeline([step]).fit(both))
        # What only moves may be anything.
        moved = zs.Pipeline([zs.Rename("c", to=["e"]), zs.Select(["e"])]).fit(data)
        assert moved.transform(data).to_arrow().to_pylist() == [{"e": data["c"][0].as_py()}]
        assert moved.transform_row(data.to_pylist()[0]) == {"e": data["c"][0].as_py()}
    with pytest.raises(zs.Error, match="does not work on list"):
        zs.Pipeline([zs.Expression(["c"], formula="length(c)", name="n")]).fit(lists)
    with pytest.raises(zs.Error, match="is a list"):
        both = lists.append_column("d", pa.array([1.0]))
        zs.Pipeline([zs.Clip("d", 0.0, when="c is missing")]).fit(both)
    with pytest.raises(zs.Error, match="analyzer"):
        zs.Pipeline([zs.BagOfWords("c", analyzer="char")]).fit(lists)
    with pytest.raises(zs.Error) as caught:
        bag.fit(zs.profile(lists))
    assert caught.value.id == "transform.needs_data"


def test_a_policy_keeps_and_replays_lists(tmp_path: Path) -> None:
    data = table([*TOKENS, None, []]).append_column("x", pa.array(np.arange(302.0)))
    fitted = zs.Pipeline([zs.Tfidf("c", keep=True), zs.Standardize("x")]).fit(data)
    made = zs.Policy(pipeline=fitted, baseline=zs.profile(data), sample=data)
    made.save(tmp_path / "policy.json")
    golden = json.loads((tmp_path / "policy.json").read_text())["golden"]["rows"]
    assert len(golden) >= 32
    assert any("red" in str(row["in"][0]) for row in golden)
    loaded = zs.Policy.load(tmp_path / "policy.json")
    assert loaded.pipeline.transform(data) == fitted.transform(data)
    loaded.monitor().record(data)
    row = loaded.pipeline.transform_row({"c": ["red", "new"], "x": 1.0})
    assert row["c"] == ["red", "new"]
    assert row["c_red"] == 1.0
