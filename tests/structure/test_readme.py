"""What the README shows runs: its Python as it stands, its C++ as the consumer project's program."""

import re

import pytest
from tree import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    found = re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no {language} block"
    return found


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(code, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out


def test_cpp_is_the_program_that_the_consumer_test_runs():
    assert blocks("cpp") == [(ROOT / "tests/consumer/main.cpp").read_text(encoding="utf-8")]


def test_linked_files_exist():
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT) + re.findall(r"`(docs/[\w./]+)`", TEXT)
    assert [link for link in links if not (ROOT / link).exists()] == []
