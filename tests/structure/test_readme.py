"""The README's C++ is the consumer project's program; test_docs.py runs the rest of it."""

import re

from tree import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    found = re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no {language} block"
    return found


def test_cpp_is_the_program_that_the_consumer_test_runs():
    assert blocks("cpp") == [(ROOT / "tests/consumer/main.cpp").read_text(encoding="utf-8")]


def test_linked_files_exist():
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT) + re.findall(r"`(docs/[\w./]+)`", TEXT)
    assert [link for link in links if not (ROOT / link).exists()] == []
