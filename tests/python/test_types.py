"""The package is typed, and its stubs say what the compiled core has."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import zeroskew

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("mypy") is None, reason="mypy is not installed"
)


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_the_package_is_typed_strictly() -> None:
    assert "no issues found" in run("mypy", "--config-file", "pyproject.toml", "python/zeroskew")


def test_the_stubs_say_what_the_core_has() -> None:
    config = ("--mypy-config-file", "pyproject.toml")
    lines = run("mypy.stubtest", "--concise", *config, "zeroskew._core").splitlines()
    # What pybind11 gives every class, which no stub can say.
    own = (
        "metaclass differs",
        'stub does not have *args parameter "args"',
        "stub does not have **kwargs",
    )
    assert [line for line in lines if not any(what in line for what in own)] == []


def test_type_checkers_find_the_marker() -> None:
    assert (Path(zeroskew.__file__).parent / "py.typed").exists()
