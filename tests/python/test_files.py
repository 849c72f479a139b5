"""Files in: every format gives the digest of the table; what is broken gives a clear error."""

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs
from zeroskew import _files

TABLE = pa.table(
    {
        "whole": [1, None, 3, -4],
        "float": [0.5, 1e300, None, -0.25],
        "text": ["a", None, "", 'say "hi",\nplease'],
        "flag": [True, False, None, True],
    }
)
DIGEST = zs.profile(TABLE).digest


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def error_of(path: Path | str, **options: object) -> zs.Error:
    with pytest.raises(zs.Error) as caught:
        zs.profile(path, **options)
    return caught.value


def test_every_format_gives_one_digest(tmp_path: Path) -> None:
    pa.csv.write_csv(TABLE, tmp_path / "t.csv")
    pq.write_table(TABLE, tmp_path / "t.parquet", row_group_size=2)
    pa.feather.write_feather(TABLE, tmp_path / "t.feather")
    with pa.ipc.new_file(tmp_path / "t.arrow", TABLE.schema) as file:
        file.write_table(TABLE, max_chunksize=3)
    with pa.ipc.new_stream(tmp_path / "s.arrow", TABLE.schema) as stream:
        stream.write_table(TABLE, max_chunksize=1)
    import json

    write(tmp_path / "t.jsonl", "\n".join(json.dumps(row) for row in TABLE.to_pylist()))
    write(tmp_path / "T.NDJSON", "\n\n".join(json.dumps(row) for row in TABLE.to_pylist()) + "\n")
    for path in sorted(tmp_path.iterdir()):
        assert zs.profile(path).digest == DIGEST, path
        assert zs.profile(str(path)).columns == TABLE.column_names


def test_csv_cells(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", 'x,s,d\n1,,2024-01-01\n,"",2024-01-02\nNA,b,\n')
    profile = zs.profile(path)
    assert [profile[name].type for name in profile] == ["int", "string", "date"]
    assert [profile[name].missing for name in profile] == [2, 1, 1]
    assert profile["s"].top() == [("b", 1), ("", 1)]


def test_a_long_csv_file_is_read_in_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        f"{i},{i},{i},,{'true' if i % 2 else 'false'},2024-01-0{1 + i % 9}" for i in range(2_000)
    ]
    rows.append("2.5,word,7,8,maybe,2024-01-01 12:00:00")
    path = write(tmp_path / "t.csv", "a,b,c,d,e,f\n" + "\n".join(rows) + "\n")
    whole = zs.profile(path)
    assert [whole[name].type for name in whole] == [
        "float",
        "string",
        "int",
        "int",
        "string",
        "timestamp",
    ]
    monkeypatch.setattr(_files, "_CSV_BLOCK", 1_000)
    assert zs.profile(path) == whole


CSV_CELLS = [
    "", "NA", "0", "1", "-3", "true", "False", "2020-01-01", "12:30:00", "2020-01-01 10:00:00",
    "2020-01-01T10:00:00.123456789", "2020-01-01T10:00:00Z", "2020-01-01T10:00:00+0100", "1.5",
    "inf", "abc", "99999999999999999999", '"say ""so"""', "it's",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(CSV_CELLS), min_size=1, max_size=3),
    st.sampled_from([3, 60]),
    st.randoms(use_true_random=False),
)
def test_blocks_of_csv_leave_no_trace_in_types(
    tmp_path_factory: pytest.TempPathFactory, pool: list[str], rows: int, rng: random.Random
) -> None:
    # Mostly one kind of cell, so that others come late.
    cells = [rng.choice(pool if rng.random() < 0.1 else pool[:1]) for _ in range(rows)]
    path = write(
        tmp_path_factory.mktemp("csv") / "t.csv", "n,x\n" + "".join(f"1,{x}\n" for x in cells)
    )
    options = pa.csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
    whole = zs.profile(pa.csv.read_csv(path, convert_options=options))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_files, "_CSV_BLOCK", 64)
        assert zs.profile(path) == whole


def test_long_json_lines_are_read_in_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f'{{"a": {i}, "s": "{"x" * (i % 50)}"}}' for i in range(500)] + [
        '{"a": 1.5, "late": [true]}'
    ]
    path = write(tmp_path / "t.jsonl", "\n".join(lines))
    whole = zs.profile(path)
    assert [whole[name].type for name in whole] == ["float", "string", "list"]
    monkeypatch.setattr(_files, "_BLOCK", 100)
    assert zs.profile(path) == whole
    write(path, "\n".join([*lines, "{"]))
    assert "502" in error_of(path).where


def test_parquet_reads_the_chosen_columns(tmp_path: Path) -> None:
    pq.write_table(TABLE, tmp_path / "t.parquet")
    profile = zs.profile(tmp_path / "t.parquet", columns=["text", "whole"])
    assert profile == zs.profile(TABLE.select(["text", "whole"]))
    error = error_of(tmp_path / "t.parquet", columns=["txt"])
    assert (error.id, error.where) == ("column.unknown", "txt")
    assert "'text'" in str(error)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet", "arrow", "feather"])
def test_no_rows(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t.{suffix}"
    empty = TABLE.slice(0, 0)
    if suffix == "csv":
        pa.csv.write_csv(empty, path)
    elif suffix == "jsonl":
        write(path, "")
    elif suffix == "parquet":
        pq.write_table(empty, path)
    else:
        pa.feather.write_feather(empty, path)
    profile = zs.profile(path)
    assert profile.rows == 0
    assert profile.columns == ([] if suffix == "jsonl" else TABLE.column_names)


def test_missing_files_folders_and_suffixes(tmp_path: Path) -> None:
    missing = error_of(tmp_path / "no.csv")
    assert isinstance(missing, FileNotFoundError)
    assert (missing.id, missing.where) == ("io.not_found", str(tmp_path / "no.csv"))
    folder = error_of(tmp_path)
    assert isinstance(folder, OSError)
    assert folder.id == "io.is_directory"
    unknown = error_of(write(tmp_path / "t.xlsx", "x"))
    assert unknown.id == "io.unknown_format"
    assert ".parquet" in str(unknown)


@pytest.mark.parametrize(
    ("name", "content", "id"),
    [
        ("t.csv", "", "io.csv_empty"),
        ("t.csv", "a,b\n1,2\n3\n", "io.csv_ragged"),
        ("t.csv", "a,b\n1,2\n3,4,5\n", "io.csv_ragged"),
        ("t.csv", "a,a\n1,2\n", "column.duplicate_name"),
        ("t.parquet", "PAR1 and nothing else", "io.malformed"),
        ("t.parquet", "", "io.malformed"),
        ("t.arrow", "ARROW1 and nothing else", "io.malformed"),
        ("t.arrow", "", "io.malformed"),
        ("t.feather", "nothing", "io.malformed"),
        ("t.jsonl", "null\n", "json.malformed"),
        ("t.jsonl", '{"a": 1}\n[2]\n', "json.malformed"),
        ("t.jsonl", '{"a": 1}\n{"a": "x"}\n', "json.type_conflict"),
    ],
)
def test_broken_files(tmp_path: Path, name: str, content: str, id: str) -> None:
    error = error_of(write(tmp_path / name, content))
    assert error.id == id
    assert str(tmp_path / name) in error.where


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    profile = zs.profile(write(tmp_path / "t.csv", b"a,b\n\xff,x\nok,y\n"))
    assert profile["a"].type == "bytes"
    assert profile["a"].top() == [(b"\xff", 1), (b"ok", 1)]
    array = pa.StringArray.from_buffers(
        2, pa.array([0, 1, 3], pa.int32()).buffers()[1], pa.py_buffer(b"\xffok")
    )
    column = zs.profile({"a": array})["a"]
    assert (column.type, column.invalid_utf8) == ("string", 1)
    assert column.top() == [("\udcff", 1), ("ok", 1)]
