"""The reference pages are what the registries say."""

import runpy

import pytest
from tree import ROOT

NAMESPACE = runpy.run_path(str(ROOT / "docs/make_reference.py"))


@pytest.mark.parametrize("name", sorted(NAMESPACE["PAGES"]))
def test_page_is_made_from_its_registry(name: str) -> None:
    page = NAMESPACE["PAGES"][name]()
    assert page == (ROOT / "docs/reference" / name).read_text(), "run docs/make_reference.py"


@pytest.mark.parametrize("name", sorted(NAMESPACE["PAGES"]))
def test_everything_is_documented(name: str) -> None:
    rows = [line for line in NAMESPACE["PAGES"][name]().splitlines() if line.startswith("| `")]
    assert rows
    assert not [row for row in rows if row.endswith("|  |")]
