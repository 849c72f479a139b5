"""What the report's page shows, as plain values; the template only lays it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from zeroskew._cell_text import shown
from zeroskew._imported import ImportedProfile
from zeroskew._profile import Profile
from zeroskew._report import _charts
from zeroskew._report._charts import Column, Numbered
from zeroskew._texts import MEASURES, complaint, counted, number, percent, value_text

if TYPE_CHECKING:
    from zeroskew import Anomalies, Anomaly, Measurement

_SHORT_PAGE = 200  # columns; a longer page shows less of each
_NAME, _VALUE = 120, 48  # characters


class Row(NamedTuple):
    name: str
    current: str
    reference: str


class BarRow(NamedTuple):
    label: str
    current: str
    reference: str
    width: float  # of the bars, in percent of the longest one
    reference_width: float


class Card(NamedTuple):
    name: str
    anchor: str
    type: str
    severity: str  # "" where nothing is wrong
    note: str
    chart: _charts.Chart | None
    chart_of: str
    low: str
    high: str
    bars: list[BarRow]
    rows: list[Row]


class Finding(NamedTuple):
    severity: str
    path: str
    anchor: str
    type: str
    message: str
    fix: str


class Distance(NamedTuple):
    path: str
    anchor: str
    comparison: str
    measure: str
    definition: str
    value: str
    threshold: str
    exceeded: bool
    width: float  # percent of the scale
    mark: float


class Page(NamedTuple):
    rows: str
    reference_rows: str
    columns: int
    digest: str
    reference_digest: str
    checked: bool
    findings: list[Finding]
    errors: int
    counts: str
    distances: list[Distance]
    definitions: list[tuple[str, str]]
    exceeded: int
    cards: list[Card]
    compared: bool


def page(
    profile: Profile | ImportedProfile,
    reference: Profile | ImportedProfile | None,
    anomalies: Anomalies | None,
) -> Page:
    columns = list(_columns(profile, reference))
    anchors: dict[str, str] = {}
    for i, (name, _, _) in enumerate(columns):
        anchors.setdefault(name, f"c{i}")  # a column may be called like the field of another: "a.b"
    findings = sorted(
        (_finding(anomaly, anchors) for anomaly in anomalies or ()),
        key=lambda finding: finding.severity != "error",
    )
    errors = sum(finding.severity == "error" for finding in findings)
    worst: dict[str, str] = {}
    for finding in findings:
        worst.setdefault(finding.anchor, finding.severity)
    measured = list(anomalies.measurements) if anomalies is not None else []
    measured.sort(key=lambda one: (not one.exceeded, -one.value, one.path))
    distances = [_distance(one, anchors) for one in measured]
    most = 8 if len(columns) <= _SHORT_PAGE else 4
    cards = [
        _card(name, f"c{i}", worst, current, other, reference is not None, most)
        for i, (name, current, other) in enumerate(columns)
    ]
    return Page(
        f"{profile.rows:,}",
        f"{reference.rows:,}" if reference is not None else "",
        len(profile.columns),
        profile.digest,
        reference.digest if reference is not None else "",
        anomalies is not None,
        findings,
        errors,
        ", ".join(
            counted(n, word)
            for n, word in ((errors, "error"), (len(findings) - errors, "warning"))
            if n
        ),
        distances,
        list(dict.fromkeys((one.measure, one.definition) for one in distances if one.definition)),
        sum(one.exceeded for one in distances),
        cards,
        reference is not None,
    )


def _columns(
    profile: Profile | ImportedProfile, reference: Profile | ImportedProfile | None
) -> Iterator[tuple[str, Column | None, Column | None]]:
    """Columns of either side in the profile's order, fields and items after what holds them."""
    for name in [*profile.columns, *(n for n in (reference or ()) if n not in profile)]:
        current, other = (
            side[name] if side is not None and name in side else None
            for side in (profile, reference)
        )
        yield from _nested(name, current, other)


def _nested(
    name: str, current: Column | None, other: Column | None
) -> Iterator[tuple[str, Column | None, Column | None]]:
    yield name, current, other
    mine = {child.name: child for child in current.children.values()} if current is not None else {}
    theirs = {child.name: child for child in other.children.values()} if other is not None else {}
    for child in dict.fromkeys([*mine, *theirs]):
        yield from _nested(child, mine.get(child), theirs.get(child))


def _finding(anomaly: Anomaly, anchors: dict[str, str]) -> Finding:
    path, fix = str(anomaly.path), str(anomaly.fix)
    return Finding(
        anomaly.severity.lower(),
        shown(path, _NAME) or "the data set",
        anchors.get(path, ""),
        str(anomaly.type),
        shown(complaint(anomaly.message, fix), 600),
        shown(fix, 400),
    )


def _distance(one: Measurement, anchors: dict[str, str]) -> Distance:
    measure, definition = MEASURES.get(one.measure, (one.measure, ""))
    scale = max(one.value, one.threshold * 1.25, 1e-9)
    return Distance(
        shown(str(one.path), _NAME),
        anchors.get(str(one.path), ""),
        one.comparison,
        measure,
        definition,
        f"{one.value:.4f}",
        f"{one.threshold:g}",
        one.exceeded,
        round(100 * min(1.0, one.value / scale), 1),
        round(100 * min(1.0, one.threshold / scale), 1),
    )


def _card(
    name: str,
    anchor: str,
    severities: dict[str, str],
    current: Column | None,
    other: Column | None,
    compared: bool,
    most: int,
) -> Card:
    column = current or other
    assert column is not None
    chart, chart_of, bars = None, "", []
    numeric = column.mean is not None and column.type != "bool"
    if numeric:
        chart = _charts.histogram(
            _numbered(current), _numbered(other), whole=column.type in ("int", "date")
        )
    elif column.type in ("list", "struct"):
        lengths = [side.length if side is not None else None for side in (current, other)]
        if any(lengths):
            chart, chart_of = (
                _charts.histogram(_numbered(lengths[0]), _numbered(lengths[1]), whole=True),
                "items",
            )
    else:
        bars = _bar_rows(column, current, other, most)
    return Card(
        shown(name, _NAME),
        anchor,
        _type(current, other),
        severities.get(anchor, ""),
        _note(current, other, compared),
        chart,
        chart_of,
        value_text(column, chart.low)
        if chart and not chart_of
        else number(chart.low)
        if chart
        else "",
        value_text(column, chart.high)
        if chart and not chart_of
        else number(chart.high)
        if chart
        else "",
        bars,
        list(_rows(current, other)),
    )


def _numbered(side: Numbered | None) -> Numbered | None:
    """A side that has no numbers, perhaps because its type is another one, is left out of the
    picture.
    """
    return side if side is not None and side.count and side.mean is not None else None


def _type(current: Column | None, other: Column | None) -> str:
    types = [
        side.type + (f"[{side.unit}]" if side.unit else "")
        for side in (other, current)
        if side is not None
    ]
    return " → ".join(dict.fromkeys(types))


def _note(current: Column | None, other: Column | None, compared: bool) -> str:
    if current is None:
        return "only in the reference"
    if compared and other is None:
        return "not in the reference"
    return "" if current.count else "no values"


def _bar_rows(
    column: Column, current: Column | None, other: Column | None, most: int
) -> list[BarRow]:
    found = _charts.bars(current, other, most)
    longest = max(
        (share for bar in found for share in (bar.current, bar.reference) if share), default=0.0
    )
    if not longest:
        return []
    rows = []
    for value, *shares in found:
        texts = ["?" if share is None else percent(share) for share in shares]
        widths = [round(100 * (share or 0.0) / longest, 1) for share in shares]
        rows.append(
            BarRow(value_text(column, value, _VALUE), texts[0], texts[1], widths[0], widths[1])
        )
    return rows


def _rows(current: Column | None, other: Column | None) -> Iterator[Row]:
    ours, theirs = _facts(current), _facts(other)
    for name in dict.fromkeys([*ours, *theirs]):
        yield Row(name, ours.get(name, ""), theirs.get(name, ""))


def _facts(column: Column | None) -> dict[str, str]:
    """A fact that says nothing (no NaN among integers) is left out."""
    if column is None:
        return {}
    rows = column.count + column.missing
    facts = {"missing": percent(column.missing / rows) if rows else ""}
    if column.distinct is not None:
        facts["distinct"] = f"{'' if column.distinct.exact else '≈ '}{int(column.distinct):,}"
    if column.mean is not None and column.count:
        facts |= _number_facts(column)
    if column.invalid_utf8:
        facts["not UTF-8"] = f"{column.invalid_utf8:,}"
    if column.length is not None and column.count:
        kind = "items" if column.type == "list" else "bytes"
        facts[f"{kind}, mean"] = number(column.length.mean)
        ends = dict.fromkeys(number(end) for end in (column.length.min, column.length.max))
        facts[f"{kind}, range"] = " – ".join(ends)
    return facts


def _number_facts(column: Column) -> dict[str, str]:
    count = column.count
    if column.type == "bool":
        return {"true": percent(column.mean)}
    facts = {}
    for name in ("zeros", "nan", "infinities"):
        if value := getattr(column, name):
            facts["NaN" if name == "nan" else name] = percent(value / count)
    if column.type in ("int", "float", "decimal"):
        facts["mean"], facts["std"] = number(column.mean), number(column.std)
    facts["min"] = value_text(column, column.min)
    for name, q in (("5%", 0.05), ("median", 0.5), ("95%", 0.95)):
        facts[name] = value_text(column, column.quantile(q))
    facts["max"] = value_text(column, column.max)
    return facts
