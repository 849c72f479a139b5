"""The HTML report: whole, safe, small, and the same for the same profiles."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

import zeroskew as zs

pytest.importorskip("jinja2")

HOSTILE = "<script>alert('x')</script>\"&'"
VOID = {"meta", "input", "path", "br"}


class Checker(HTMLParser):
    """Every element is closed in order; collects names of elements, attributes and ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def anomaly(path: str, message: str, severity: str = "ERROR", fix: str = "") -> SimpleNamespace:
    return SimpleNamespace(
        path=path, type="SCHEMA_NEW_COLUMN", severity=severity, message=message, fix=fix
    )


class Found(list):  # type: ignore[type-arg]
    measurements: list[SimpleNamespace] = []  # noqa: RUF012


DATA = {
    "price": [1.5, 2.5, np.inf, np.nan],
    "n": [1, 2, 2, 7],
    "zone": ["north", "south", "north", ""],
    "open": [True, False, True, True],
    "trip": [{"miles": 1.5}] * 4,
    "trip.miles": [1, 2, 3, 4],
    HOSTILE: [HOSTILE, "b", HOSTILE, "c"],
}


@pytest.mark.parametrize(
    "reference", [None, zs.profile(DATA), zs.profile({"price": ["a"], "other": [1]})]
)
def test_pages_are_well_formed_and_fetch_nothing(reference: zs.Profile | None) -> None:
    html = zs.report(zs.profile(DATA), reference)
    assert isinstance(html, str)
    page = Checker(html)
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    links = [value or "" for name, value in page.attributes if name in ("href", "src")]
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    assert not re.search(r"https?:|//[a-z]|@import|url\(", html)
    assert page.tags.count("script") == 1


def test_hostile_names_and_values_stay_text() -> None:
    found = Found([anomaly(HOSTILE, HOSTILE, fix=HOSTILE)])
    found.measurements = [
        SimpleNamespace(
            path=HOSTILE,
            comparison="skew",
            measure="infinity_norm",
            value=0.5,
            threshold=0.1,
            exceeded=True,
        )
    ]
    html = zs.report(zs.profile(DATA), zs.profile(DATA), found, title=HOSTILE)
    assert isinstance(html, str)
    assert "<script>alert" not in html
    page = Checker(html)
    assert page.tags.count("script") == 1
    assert "".join(page.texts).count(HOSTILE) >= 5


def test_names_that_no_text_can_hold() -> None:
    name = "a\x00\x1b\u202e\ud800"[:4]
    html = zs.report(zs.profile({name: [b"\xff\xfe", b"\x00"]}))
    assert isinstance(html, str)
    assert "\x00" not in html
    assert "\u202e" not in html
    Checker(html)


def test_anomalies_come_first_and_the_worst_of_them() -> None:
    found = Found(
        [
            anomaly("zone", "mild", "WARNING"),
            anomaly("n", "bad", fix="'n': drop it"),
            anomaly("", "rows"),
        ]
    )
    html = zs.report(zs.profile(DATA), anomalies=found)
    assert isinstance(html, str)
    assert html.index("bad") < html.index("mild") < html.index("<article")
    assert "2 errors, 1 warning" in html
    assert "&#39;n&#39;: drop it" in html
    assert '<article id="c1" class="error">' in html
    assert "the data set" in html


def test_no_anomaly_is_said() -> None:
    assert "as the schema says" in str(zs.report(zs.profile(DATA), anomalies=Found()))


@pytest.mark.parametrize(
    "column",
    [
        [],
        [None, None],
        [np.nan, np.nan],
        [np.inf, -np.inf],
        [1e308, -1e308],
        [5e-324, 0.0],
        [7],
        [2**63 - 1, -(2**63)],
        np.array([2**64 - 1, 0], dtype=np.uint64),
        [True],
        [""],
        [[1, 2], []],
        [{"a": 1, "b": "x"}],
        [date(2024, 2, 29), date(1, 1, 1)],
        np.array(["2024-02-29T12:00:00", "-290000-01-01"], dtype="datetime64[s]"),
    ],
)
def test_every_column_has_a_card(column: list[object]) -> None:
    table = pa.table({"x": pa.array(column)})
    for reference in (
        None,
        zs.profile(table),
        zs.profile({"x": [1.0, 2.0]}),
        zs.profile({"x": ["a"]}),
    ):
        html = zs.report(zs.profile(table), reference)
        assert isinstance(html, str)
        assert "<article" in html
        assert "nan" not in html.replace("NaN", "")
        Checker(html)


def test_size_does_not_depend_on_rows() -> None:
    random = np.random.default_rng(1)
    sizes = [
        len(str(zs.report(zs.profile({"x": random.normal(size=n)})))) for n in (10_000, 200_000)
    ]
    assert abs(sizes[0] - sizes[1]) < 200


def test_a_thousand_columns() -> None:
    random = np.random.default_rng(1)
    data = {f"number_{i}": random.gamma(2.0, size=500) for i in range(500)}
    data |= {
        f"word_{i}": random.choice([f"value {j}" for j in range(30)], size=500) for i in range(500)
    }
    profile = zs.profile(data)
    html = zs.report(profile, profile)
    assert isinstance(html, str)
    assert html.count("<article") == 1000
    assert len(html.encode()) < 3_000_000
    Checker(html)


def test_one_page_for_one_profile(tmp_path: Path) -> None:
    path = zs.report(zs.profile(DATA), path=tmp_path / "report.html")
    assert isinstance(path, Path)
    assert path.read_text(encoding="utf-8") == zs.report(zs.profile(DATA))


def test_histograms_are_drawn_in_the_reference_s_bins() -> None:
    reference = zs.profile({"x": np.arange(1000.0)})
    html = str(zs.report(zs.profile({"x": np.arange(5000.0, 5010.0)}), reference))
    [axis] = re.findall(r'<p class="axis">(.*?)</p>', html)
    assert re.sub("<.*?>", " ", axis).split() == ["0", "999", "›"]


def test_errors(tmp_path: Path) -> None:
    with pytest.raises(zs.Error, match=re.escape("report.not_a_profile")):
        zs.report("data.csv")  # type: ignore[arg-type]
    with pytest.raises(OSError, match=re.escape("[io.write]")):
        zs.report(zs.profile(DATA), path=tmp_path / "missing" / "report.html")
