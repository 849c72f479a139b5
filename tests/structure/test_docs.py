"""What the README and docs/ show runs: the Python blocks and shell commands of a page, in their
order, as one program.

What a reader need not see (the files that commands read) stands in a comment `<!-- run ... -->`.
Commands that install, build or serve are not run: a block that begins with `pip`, `./dev` or a
setting `NAME=`.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tree import ROOT

import zeroskew

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]


def blocks(page):
    """(language, line, code) of each block that runs."""
    text = page.read_text(encoding="utf-8")
    found = re.finditer(
        r"^(?:```|<!-- )(python|sh|run)\n(.*?)^(?:```|-->)", text, re.MULTILINE | re.DOTALL
    )
    return [
        (block[1], text.count("\n", 0, block.start(2)), block[2])
        for block in found
        if not re.match(r"pip |\./dev|[A-Z_]+=", block[2])
    ]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page)], ids=lambda path: path.name
)
def test_what_a_page_shows_runs(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "docs"}
    for language, line, code in blocks(page):
        if language != "sh":
            exec(compile("\n" * line + code, page, "exec"), names)
        else:
            run_commands(code, tmp_path)


def run_commands(code, place):
    """As a person would type them; a comment may say that the exit code is 1."""
    for command in re.sub(r"\\\n", " ", code).splitlines():
        words = shlex.split(command, comments=True)
        if not words:
            continue
        if words[0] == "zeroskew":
            words[:1] = [sys.executable, "-m", "zeroskew"]
        home = os.pathsep.join(
            [str(Path(zeroskew.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        )
        done = subprocess.run(
            words,
            cwd=place,
            env=os.environ | {"PYTHONPATH": home},
            capture_output=True,
            text=True,
            check=False,
        )
        wanted = (1 if "exit code 1" in command else 0, "")
        assert (done.returncode, done.stderr) == wanted, f"{command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_linked_files_exist(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
