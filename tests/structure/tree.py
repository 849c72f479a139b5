"""What the tests of the tree's structure share: where it is, and how a C++ file is read."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Data flows down this list; an include may only point up.
ROOMS = [
    "detail",
    "column",
    "kernel",
    "random",
    "stats",
    "drift",
    "schema",
    "monitor",
    "transform",
    "policy",
]


def cpp_files(*folders):
    found = [
        p for folder in folders for ext in ("hpp", "cpp") for p in (ROOT / folder).rglob(f"*.{ext}")
    ]
    assert found, f"no C++ files in {folders}"
    return sorted(found)


def includes(path):
    """The file's includes as (line number, "<" or '"', name)."""
    pattern = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(n, m[1], m[2]) for n, line in enumerate(lines, 1) if (m := pattern.match(line))]


def report(violations, advice):
    """Fails with one line a violation."""
    assert not violations, "\n".join([advice, *violations])
