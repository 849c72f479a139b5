"""Every Arrow type in, nested too; what has no place gives an error that names the column."""

from decimal import Decimal

import pyarrow as pa
import pytest

import zeroskew as zs

INTEGERS = [
    pa.int8(),
    pa.int16(),
    pa.int32(),
    pa.int64(),
    pa.uint8(),
    pa.uint16(),
    pa.uint32(),
    pa.uint64(),
]
TEXT = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.large_binary(),
    pa.binary_view(),
    pa.binary(1),
]
TEMPORAL = [
    pa.date32(), pa.date64(), pa.time32("s"), pa.time32("ms"), pa.time64("us"), pa.time64("ns"),
    *(pa.timestamp(unit, zone) for unit in ("s", "ms", "us", "ns") for zone in (None, "UTC")),
    *(pa.duration(unit) for unit in ("s", "ms", "us", "ns")),
]  # fmt: skip
LISTS = [
    pa.list_(pa.int64()), pa.large_list(pa.int64()), pa.list_view(pa.int64()),
    pa.large_list_view(pa.int64()), pa.list_(pa.int64(), 2),
]  # fmt: skip


def column(values: object) -> zs.ColumnProfile:
    return zs.profile({"x": values})["x"]


@pytest.mark.parametrize("type", [*INTEGERS, pa.float16(), pa.float32(), pa.float64()], ids=str)
def test_numbers(type: pa.DataType) -> None:
    # The first and last cells are cut off: offsets, in values and in validity, are respected.
    values = pa.array([100, 1, None, 3, 3, 101], type).slice(1, 4)
    found = column(values)
    assert (found.count, found.missing, found.sum, found.min, found.max) == (3, 1, 7, 1, 3)
    assert found.top() == [(3, 2), (1, 1)]
    # By hand, since PyArrow before 26 does not encode halves.
    encoded = pa.DictionaryArray.from_arrays(
        pa.array([0, None, 1, 1], pa.int32()), pa.array([1, 3], type)
    )
    assert zs.profile({"x": encoded}) == zs.profile({"x": values})


@pytest.mark.parametrize("type", TEXT, ids=str)
def test_text(type: pa.DataType) -> None:
    binary = "binary" in str(type)
    a, b = (b"a", b"b") if binary else ("a", "b")
    values = (
        pa.array([b, a, None, a, b, a], pa.binary() if binary else pa.string())
        .cast(type)
        .slice(1, 4)
    )
    found = column(values)
    assert (found.type, found.count, found.missing) == ("bytes" if binary else "string", 3, 1)
    assert found.top() == [(a, 2), (b, 1)]
    assert found.length is not None
    assert (found.length.min, found.length.mean, found.length.max, found.length.quantile(0.5)) == (
        1,
        1.0,
        1,
        1.0,
    )


@pytest.mark.parametrize("type", TEMPORAL, ids=str)
def test_times(type: pa.DataType) -> None:
    day = 86_400_000 if type == pa.date64() else 1
    values = pa.array(
        [9 * day, day, None, 3 * day], pa.int32() if type.bit_width == 32 else pa.int64()
    ).cast(type)
    found = column(values.slice(1))
    assert (found.count, found.missing, found.min, found.max, found.sum) == (
        2,
        1,
        day,
        3 * day,
        4 * day,
    )
    assert found.unit == {"date32[day]": "day", "date64[ms]": "ms"}.get(
        str(type), getattr(type, "unit", None)
    )
    assert found.timezone == getattr(type, "tz", None)


@pytest.mark.parametrize(
    "type",
    [pa.decimal32(7, 2), pa.decimal64(10, 2), pa.decimal128(30, 2), pa.decimal256(50, 2)],
    ids=str,
)
def test_decimals(type: pa.DataType) -> None:
    found = column(
        pa.array([Decimal("9.99"), Decimal("0.10"), None, Decimal("-2.05")], type).slice(1)
    )
    assert (found.type, found.sum, found.min, found.max, found.missing) == (
        "decimal",
        -1.95,
        -2.05,
        0.1,
        1,
    )


@pytest.mark.parametrize("type", LISTS, ids=str)
def test_lists(type: pa.DataType) -> None:
    values = pa.array([[9, 9], [1, 2], None, [3, None]], type).slice(1)
    found = column(values)
    assert (found.type, found.count, found.missing) == ("list", 2, 1)
    assert found.length is not None
    assert found.items is not None
    assert (found.length.min, found.length.max, found.length.mean) == (2, 2, 2.0)
    assert (found.items.count, found.items.missing, found.items.sum) == (3, 1, 6)
    assert (found.distinct, found.mean, found.top(), found.fields) == (None, None, [], None)


def test_structures_and_paths() -> None:
    rows = [
        {"a": 1, "b": [{"c": "x"}, {"c": None}]},
        None,
        {"a": None, "b": None},
        {"a": 3, "b": []},
    ]
    profile = zs.profile({"s": pa.array(rows).slice(0)})
    assert profile["s"].type == "struct"
    assert list(profile["s"].fields or ()) == ["a", "b"]
    assert (profile["s.a"].count, profile["s.a"].missing, profile["s.a"].sum) == (2, 1, 4)
    assert profile["s.b[].c"].top() == [("x", 1)]
    assert profile["s"].children["b"].items.children["c"].name == "s.b[].c"
    assert "s.b[].c" in profile
    assert "s.d" not in profile
    assert (
        zs.profile(
            {
                "s": pa.array(
                    rows, pa.struct({"b": pa.list_(pa.struct({"c": pa.string()})), "a": pa.int64()})
                )
            }
        )
        == profile
    )


def test_null_columns() -> None:
    found = column(pa.nulls(3))
    assert (found.type, found.count, found.missing, found.mean, found.top()) == (
        "null",
        0,
        3,
        None,
        [],
    )
    assert found.distinct == (0, 0, 0, True)
    assert column([None, None]).type == "null"


@pytest.mark.parametrize(
    "values",
    [
        pa.array([1, 2]).cast(pa.int32()).view(pa.int32()).dictionary_encode().dictionary_decode(),
        pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())),
    ],
)
def test_other_layouts_of_known_meaning(values: pa.Array) -> None:
    assert column(values).count == len(values)


@pytest.mark.parametrize(
    "values",
    [
        pa.array([(1, 2, 3)], pa.month_day_nano_interval()),
        pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array([1])),
        pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array([1])]),
    ],
    ids=["interval", "run ends", "union"],
)
def test_types_without_a_place(values: pa.Array) -> None:
    with pytest.raises(zs.errors.DataTypeError) as caught:
        zs.profile({"odd": values})
    assert (caught.value.id, caught.value.where) == ("column.unsupported_type", "odd")
