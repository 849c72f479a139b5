"""One table, whoever holds it: one digest."""

import sys
from datetime import date
from decimal import Decimal

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pytest

import zeroskew as zs

COLUMNS = {
    "int": [1, 2, 2, -7, 2**63 - 1],
    "float": [0.5, -0.0, 1e308, 5e-324, 3.0],
    "text": ["a", "", "ß", "a long string that no view holds inline", "a"],
    "flag": [True, False, True, True, False],
}
TABLE = pa.table(COLUMNS)
DIGEST = zs.profile(TABLE).digest


def relation() -> duckdb.DuckDBPyRelation:
    rows = TABLE  # noqa: F841  # DuckDB finds it by its name
    return duckdb.connect().sql("select * from rows")


SOURCES = {
    "pandas": lambda: pd.DataFrame(COLUMNS),
    "pandas with an index": lambda: pd.DataFrame(COLUMNS, index=list("vwxyz")),
    "polars": lambda: pl.DataFrame(COLUMNS),
    "polars, lazy": lambda: pl.LazyFrame(COLUMNS),
    "record batch": lambda: TABLE.to_batches()[0],
    "reader": lambda: pa.RecordBatchReader.from_batches(TABLE.schema, TABLE.to_batches(2)),
    "list of batches": lambda: TABLE.to_batches(2),
    "generator": lambda: (TABLE.slice(i, 1) for i in range(5)),
    "mixed parts": lambda: [
        pd.DataFrame(TABLE.slice(0, 2).to_pydict()),
        pl.from_arrow(TABLE.slice(2)),
    ],
    "dict of lists": lambda: COLUMNS,
    "dict of arrays": lambda: {name: np.array(values) for name, values in COLUMNS.items()},
    "dict of series": lambda: {name: pd.Series(values) for name, values in COLUMNS.items()},
    "dict of polars series": lambda: {name: pl.Series(values) for name, values in COLUMNS.items()},
    "dict of arrow arrays": lambda: dict(zip(TABLE.column_names, TABLE.columns, strict=True)),
    "dict of tuples": lambda: {name: tuple(values) for name, values in COLUMNS.items()},
    "sliced": lambda: pa.concat_tables([TABLE, TABLE, TABLE]).combine_chunks().slice(5, 5),
    "columns in another order": lambda: TABLE.select(TABLE.column_names[::-1]),
    "duckdb": relation,
    "dataset": lambda: pyarrow.dataset.dataset(TABLE),
    "scanner": lambda: pyarrow.dataset.dataset(TABLE).scanner(batch_size=2),
}


@pytest.mark.parametrize("name", SOURCES)
def test_one_table_has_one_digest(name: str) -> None:
    assert zs.profile(SOURCES[name]()).digest == DIGEST


def test_string_layouts_leave_no_trace() -> None:
    text = pa.array([*COLUMNS["text"], None])
    digests = {
        zs.profile({"s": layout}).digest
        for layout in (
            text,
            text.cast(pa.large_string()),
            text.cast(pa.string_view()),
            text.dictionary_encode(),
            text.cast(pa.large_string()).dictionary_encode(),
            pl.Series(text.to_pylist()),
            pl.Series(text.to_pylist(), dtype=pl.Categorical),
            pd.Series(text.to_pylist(), dtype="category"),
            pd.Series(text.to_pylist(), dtype="str"),
            pd.Series(text.to_pylist(), dtype=object),
        )
    }
    assert len(digests) == 1


def test_integer_widths_leave_no_trace() -> None:
    widths = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, ">i2", ">i8"]
    assert (
        len({zs.profile({"x": np.array([0, 1, 100], dtype=width)}).digest for width in widths}) == 1
    )


def test_float_widths_leave_no_trace() -> None:
    widths = [np.float16, np.float32, np.float64, ">f4"]
    assert (
        len(
            {zs.profile({"x": np.array([0.5, -2, np.inf], dtype=width)}).digest for width in widths}
        )
        == 1
    )


def test_nan_is_missing_in_pandas_and_a_value_elsewhere() -> None:
    values = [1.0, float("nan")]
    assert (
        zs.profile(pd.DataFrame({"x": values}))["x"].missing,
        zs.profile({"x": np.array(values)})["x"].nan,
    ) == (
        1,
        1,
    )
    assert zs.profile(pl.DataFrame({"x": values}))["x"].nan == 1
    assert zs.profile({"x": pd.Series(values)})["x"].missing == 1


def test_numpy_arrays_of_every_kind() -> None:
    data = {
        "date": np.array(["2024-02-29", "NaT"], dtype="datetime64[D]"),
        "stamp": np.array(["2024-02-29T12:00", "NaT"], dtype="datetime64[us]"),
        "span": np.array([5, 6], dtype="timedelta64[ms]"),
        "text": np.array(["a", "b"]),
        "bytes": np.array([b"a", b"b"]),
        "masked": np.ma.array([1, 2], mask=[False, True]),
        "object": np.array(["x", None], dtype=object),
    }
    profile = zs.profile(data)
    types = ["date", "timestamp", "duration", "string", "bytes", "int", "string"]
    assert [profile[name].type for name in profile] == types
    assert [profile[name].missing for name in profile] == [1, 1, 0, 0, 0, 1, 1]


def test_frames_of_every_kind() -> None:
    frame = pd.DataFrame(
        {
            "category": pd.Categorical(["a", None, "b"]),
            "codes": pd.Categorical([3, 1, 3], ordered=True),
            "Int64": pd.array([1, None, 3], "Int64"),
            "Float64": pd.array([1.5, None, 2.5], "Float64"),
            "boolean": pd.array([True, None, False], "boolean"),
            "decimal": [Decimal("1.10"), Decimal("2.345"), None],
            "zoned": pd.date_range("2020-01-01", periods=3, tz="US/Eastern"),
            "span": pd.to_timedelta([1, None, 3], unit="s"),
            "sparse": pd.arrays.SparseArray([0, 0, 1]),
            "dicts": [{"a": 1}, {"b": "x"}, None],
            "lists": [[1, 2], None, np.array([3])],
            "days": [date(2020, 1, 1), None, None],
        }
    )
    profile = zs.profile(frame)
    assert {name: (profile[name].type, profile[name].missing) for name in profile} == {
        "category": ("string", 1),
        "codes": ("int", 0),
        "Int64": ("int", 1),
        "Float64": ("float", 1),
        "boolean": ("bool", 1),
        "decimal": ("decimal", 1),
        "zoned": ("timestamp", 0),
        "span": ("duration", 1),
        "sparse": ("int", 0),
        "dicts": ("struct", 1),
        "lists": ("list", 1),
        "days": ("date", 2),
    }
    assert profile["zoned"].timezone == "US/Eastern"
    assert profile["codes"].top(1) == [(3, 2)]
    assert profile["decimal"].sum == 3.445


def test_many_columns() -> None:
    values = np.random.default_rng(1).normal(size=(50, 1000))
    profile = zs.profile(pd.DataFrame(values, columns=[f"c{i}" for i in range(1000)]))
    assert len(profile) == 1000
    assert profile["c999"].max == values[:, 999].max()
    assert zs.Profile.from_bytes(profile.to_bytes()) == profile


@pytest.mark.parametrize(
    "data",
    [
        pd.DataFrame({"good": [1, 2], "odd": [1, "x"]}),
        pd.DataFrame({"good": [1, 2], "odd": [1j, 2]}),
        {"good": [1, 2], "odd": [1, "x"]},
        pl.DataFrame({"good": [1, 2], "odd": pl.Series([object(), object()], dtype=pl.Object)}),
        pl.Series("odd", [object()], dtype=pl.Object),
    ],
)
def test_an_error_names_the_column(data: object) -> None:
    with pytest.raises(zs.Error) as caught:
        zs.profile(data)
    assert caught.value.where == "odd"
    assert "type that Arrow has" in str(caught.value)


def test_a_structured_array_is_a_table() -> None:
    array = np.array([(1, 2.5), (3, 4.5)], dtype=[("a", "i8"), ("b", "f8")])
    assert zs.profile(array) == zs.profile({"a": [1, 3], "b": [2.5, 4.5]})


def test_one_column_objects_keep_their_name() -> None:
    assert zs.profile(pl.Series("x", [1, 2])).columns == ["x"]
    assert zs.profile(pd.Series([1, 2], name="x")).columns == ["x"]


def test_some_columns() -> None:
    profile = zs.profile(TABLE, columns=["text", "int"])
    assert profile == zs.profile(TABLE.select(["int", "text"]))
    odd = {**COLUMNS, "odd": [1, 2, 3, 4, "five"]}  # never converted, as nobody asks for it
    for source in (odd, pd.DataFrame(odd), pl.LazyFrame(COLUMNS), pyarrow.dataset.dataset(TABLE)):
        assert zs.profile(source, columns=["text", "int", "text"]) == profile
    with pytest.raises(zs.errors.DataKeyError, match="did you mean 'int'"):
        zs.profile(COLUMNS, columns=["itn"])


@pytest.mark.parametrize("data", [{}, [], pd.DataFrame(), pl.DataFrame(), pa.table({})])
def test_no_columns(data: object) -> None:
    profile = zs.profile(data)
    assert (profile.rows, profile.columns, len(profile)) == (0, [], 0)
    assert profile == zs.Profile()


def test_no_rows_have_columns_all_the_same() -> None:
    empty = TABLE.slice(0, 0)
    reader = pa.RecordBatchReader.from_batches(TABLE.schema, [])
    for source in (empty, reader, pl.from_arrow(empty)):
        profile = zs.profile(source)
        assert (profile.rows, sorted(profile)) == (0, sorted(COLUMNS))
        assert profile["int"].type == "int"


def test_a_column_that_comes_and_goes_is_missing_elsewhere() -> None:
    profile = zs.profile([{"a": [1, 2]}, {"b": ["x"]}, {"a": [3], "b": ["y"]}])
    assert (profile.rows, profile["a"].missing, profile["b"].missing) == (4, 1, 2)


def test_a_column_of_nulls_takes_the_type_that_comes() -> None:
    parts = [{"x": pa.nulls(3)}, {"x": [1.5]}]
    assert (
        zs.profile(parts) == zs.profile(parts[::-1]) == zs.profile({"x": [1.5, None, None, None]})
    )


def test_what_is_no_table() -> None:
    for data in (None, 5, b"bytes", object(), [1, 2], ["a"], np.zeros(3)):
        with pytest.raises(zs.Error) as caught:
            zs.profile(data)
        assert caught.value.id in ("data.unsupported", "io.unknown_format", "io.not_found")


@pytest.mark.parametrize(
    ("data", "id"),
    [
        ({"a": [1], "b": [1, 2]}, "data.ragged"),
        ({1: [1]}, "data.bad_name"),
        ({"a": 5}, "data.unsupported"),
        ({"a": "text"}, "data.unsupported"),
        ({"a": [1, "x"]}, "data.unconvertible"),
        ({"a": np.zeros((2, 2))}, "data.unconvertible"),
        ({"a": np.array([1j])}, "data.unconvertible"),
        ({"a": [2**70]}, "data.unconvertible"),
        (pd.DataFrame({"a": [1, "x"]}), "data.unconvertible"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "column.duplicate_name"),
        (pa.table([[1], [2]], names=["a", "a"]), "column.duplicate_name"),
        ([{"a": [1]}, {"a": ["x"]}], "column.type_changed"),
        ([{"a": [1]}, {"a": [1.5]}], "column.type_changed"),
    ],
)
def test_bad_tables(data: object, id: str) -> None:
    with pytest.raises(zs.Error) as caught:
        zs.profile(data)
    assert caught.value.id == id


def test_a_producer_that_fails() -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise RuntimeError("no more data")

    with pytest.raises(zs.errors.EngineError, match="no more data") as caught:
        zs.profile(Broken())
    assert caught.value.id == "data.producer"


def test_a_stream_that_fails_half_way() -> None:
    def batches():  # type: ignore[no-untyped-def]
        yield TABLE.to_batches()[0]
        raise RuntimeError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(TABLE.schema, batches())
    with pytest.raises(zs.Error, match="the disk is gone") as caught:
        zs.profile(reader)
    assert caught.value.id == "column.stream"


def test_a_capsule_is_taken_once() -> None:
    class Once:
        capsule = TABLE.__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return self.capsule

    once = Once()
    assert zs.profile(once).digest == DIGEST
    with pytest.raises(zs.Error, match="taken before"):
        zs.profile(once)


def test_buffers_are_given_back() -> None:
    before = pa.total_allocated_bytes()
    zs.profile(pa.table({"x": pa.array(np.arange(100_000))}))
    assert pa.total_allocated_bytes() <= before


def test_frames_are_not_imported_for_the_question() -> None:
    import subprocess

    code = (
        "import sys, zeroskew as zs; zs.profile({'a': [1]});"
        " print({'polars', 'duckdb', 'rich'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
