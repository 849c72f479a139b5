"""The example of a policy's life runs, with a real Prometheus."""

import runpy
import shutil
from pathlib import Path

from serving import ROOT, binary


def test_from_the_notebook_to_the_server_and_back(tmp_path: Path) -> None:
    story = runpy.run_path(str(ROOT / "examples/python/serving.py"))
    entries = story["run"](binary(), tmp_path)
    assert shutil.which("prometheus"), "the Debian package prometheus is missing"
    assert [(entry.action, entry.who) for entry in entries] == [
        ("deploy", "ada"),
        ("deploy", "ada"),
        ("alarm", "zeroskew-server"),
        ("rollback", "bob"),
    ]
    assert entries[2].policy == entries[1].policy
    assert entries[2].note.startswith("dep_delay: ")
    assert entries[3].policy == entries[0].policy
    assert entries[3].note == "delays come in hours since August"
