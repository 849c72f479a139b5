"""The example of a policy's life runs, with a real Prometheus where there is one."""

import runpy
from pathlib import Path

from serving import ROOT, binary


def test_from_the_notebook_to_the_server_and_back(tmp_path: Path) -> None:
    story = runpy.run_path(str(ROOT / "examples/python/serving.py"))
    entries = story["run"](binary(), tmp_path)
    assert [(entry.action, entry.who) for entry in entries] == [
        ("deploy", "ada"),
        ("deploy", "ada"),
        ("rollback", "bob"),
    ]
    assert entries[2].policy == entries[0].policy
    assert entries[2].note == "delays come in hours since August"
