"""What `check` found, for machines: SARIF, JUnit XML, annotations of GitHub's workflows."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from zeroskew import __version__
from zeroskew._anomalies import Anomalies, Anomaly
from zeroskew._rows import RowAnomaly

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


class Finding(NamedTuple):
    """One fault, of a column or of some rows."""

    path: str
    type: str
    rule: str
    severity: str
    summary: str
    message: str
    fix: str
    rows: list[int]

    @property
    def id(self) -> str:
        return f"{self.type}/{self.rule}" if self.rule else self.type


def findings(anomalies: Anomalies, rows: Iterable[RowAnomaly] = ()) -> list[Finding]:
    """Those of the columns, then those of the rows."""
    columns = [_finding(one, str(one.fix), []) for one in anomalies]
    return columns + [_finding(one, "", [sample.row for sample in one.samples]) for one in rows]


def _finding(one: Anomaly | RowAnomaly, fix: str, rows: list[int]) -> Finding:
    kind, severity = str(one.type), str(one.severity)
    return Finding(one.path, kind, one.rule, severity, one.summary, one.message, fix, rows)


def sarif(found: Sequence[Finding], data: str) -> str:
    """SARIF 2.1.0: a result a fault, each at the data file and at its feature."""
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for one in found:
        rules.setdefault(
            one.id, {"id": one.id, "shortDescription": {"text": one.summary or one.type}}
        )
        location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": data}}}
        if one.path:
            location["logicalLocations"] = [{"fullyQualifiedName": one.path, "kind": "member"}]
        properties: dict[str, Any] = {
            key: value for key, value in (("fix", one.fix), ("rows", one.rows)) if value
        }
        results.append(
            {
                "ruleId": one.id,
                "ruleIndex": list(rules).index(one.id),
                "level": {"ERROR": "error", "WARNING": "warning"}.get(one.severity, "note"),
                "message": {"text": one.message},
                "locations": [location],
                "partialFingerprints": {"feature": f"{one.path}:{one.id}"},
                **({"properties": properties} if properties else {}),
            }
        )
    driver = {
        "name": "zeroskew",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": list(rules.values()),
    }
    run = {"tool": {"driver": driver}, "results": results}
    return (
        json.dumps(
            {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False
        )
        + "\n"
    )


def junit(found: Sequence[Finding], features: Iterable[str], data: str) -> str:
    """JUnit XML: a test a feature, failed where it has a fault of severity ERROR."""
    by_path: dict[str, list[Finding]] = {path: [] for path in features}
    for one in found:
        by_path.setdefault(one.path, []).append(one)
    failed = sum(any(one.severity == "ERROR" for one in faults) for faults in by_path.values())
    suite = ET.Element(
        "testsuite",
        name="zeroskew check",
        tests=str(len(by_path)),
        failures=str(failed),
        errors="0",
        skipped="0",
    )
    for path, faults in by_path.items():
        case = ET.SubElement(
            suite, "testcase", classname=_clean(data), name=_clean(path) or "(data set)"
        )
        errors = [one for one in faults if one.severity == "ERROR"]
        if errors:
            failure = ET.SubElement(
                case, "failure", type=errors[0].id, message=_clean(errors[0].message)
            )
            failure.text = "\n".join(_clean(one.message) for one in errors)
        milder = [one for one in faults if one.severity != "ERROR"]
        if milder:
            ET.SubElement(case, "system-out").text = "\n".join(
                f"{one.severity}: {_clean(one.message)}" for one in milder
            )
    ET.indent(suite)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"
    )


def github(found: Sequence[Finding], data: str) -> str:
    """A line a fault, which GitHub's runner turns into an annotation."""
    lines = []
    for one in found:
        level = {"ERROR": "error", "WARNING": "warning"}.get(one.severity, "notice")
        title = f"{one.path or 'data set'}: {one.summary or one.type}"
        lines.append(
            f"::{level} file={_property(data)},title={_property(title)}::{_escaped(one.message)}\n"
        )
    return "".join(lines)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(
        c
        if c in "\t\n" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
        else "\ufffd"
        for c in text
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
