"""The pipeline example: runs, leaves the TFX layout, and TFX's own artifacts fit into it."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zeroskew import tfx

ROOT = Path(__file__).resolve().parents[2]
PIPELINE = ROOT / "examples/python/tfx_pipeline.py"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("pipeline")


@pytest.fixture(scope="module")
def printed(out):
    done = subprocess.run(
        [sys.executable, str(PIPELINE), "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout


def pipeline():
    spec = importlib.util.spec_from_file_location("tfx_pipeline", PIPELINE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_leaves_the_layout(out, printed):
    files = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    assert files == [
        "anomalies/Split-eval/SchemaDiff.pb",
        "anomalies/Split-train/SchemaDiff.pb",
        "schema/schema.pbtxt",
        "statistics/Split-eval/FeatureStats.pb",
        "statistics/Split-train/FeatureStats.pb",
    ]


def test_it_finds_what_changed_in_the_second_half(out, printed):
    found = tfx.read_anomalies(out / "anomalies")
    assert not found["train"]
    assert [(one.path, str(one.type)) for one in found["eval"]] == [
        ("dest", "ENUM_TYPE_UNEXPECTED_STRING_VALUES"),
        ("origin", "COMPARATOR_L_INFTY_HIGH"),
    ]
    assert "train: blessed" in printed
    assert "eval: not blessed" in printed
    assert "'ANC'" in printed


def test_its_validator_takes_what_tfx_wrote(tmp_path):
    flights = ROOT / "tests/golden/tfx/flights"
    for place in ("statistics", "schema"):
        shutil.copytree(flights, tmp_path / place)
    blessed = pipeline().example_validator(
        tmp_path / "statistics", tmp_path / "schema", tmp_path / "anomalies"
    )
    assert blessed == {"eval": False, "train": False}
    written = tfx.read_anomalies(flights)["eval"]
    found = tfx.read_anomalies(tmp_path / "anomalies")["eval"]
    assert {str(one.type) for one in found} == {str(one.type) for one in written}
