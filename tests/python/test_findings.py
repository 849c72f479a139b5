"""What `check` writes for machines, and its exit codes."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import zeroskew as zs
from zeroskew.cli import main

GOOD = "fare,tip,zone\n3.5,0.5,north\n7.0,1.0,south\n12.25,0.0,north\n"
BAD = "fare,tip,zone\n3.5,0.5,north\n7.0,9.5,moon\n12.25,0.0,north\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.csv").write_text(GOOD)
    Path("bad.csv").write_text(BAD)
    schema = zs.infer_schema(zs.profile("good.csv"))
    schema.add_row_rule("tip <= fare", "tip", description="A tip above the fare")
    schema.set_rules("fare", mean={"max": 7.0})
    schema.save("schema.json")
    return tmp_path


def check(*arguments: str) -> int:
    return main(["check", *arguments, "--schema", "schema.json"])


def test_sarif(folder: Path) -> None:
    assert check("bad.csv", "--sarif", "out.sarif") == 1
    written = json.loads(Path("out.sarif").read_text(encoding="utf-8"))
    assert written["version"] == "2.1.0"
    (run,) = written["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    found = {result["ruleId"]: result for result in run["results"]}
    assert set(found) == {
        "ENUM_TYPE_UNEXPECTED_STRING_VALUES",
        "CUSTOM_VALIDATION/mean",
        "CUSTOM_VALIDATION/tip",
    }
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] == "error"
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad.csv"
    assert found["CUSTOM_VALIDATION/tip"]["properties"]["rows"] == [1]
    zone = found["ENUM_TYPE_UNEXPECTED_STRING_VALUES"]
    assert zone["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "zone"
    assert "moon" in zone["properties"]["fix"]


def test_junit(folder: Path) -> None:
    assert check("bad.csv", "--junit", "out.xml") == 1
    suite = ET.parse("out.xml").getroot()
    cases = {case.get("name"): case for case in suite}
    assert list(cases) == ["fare", "tip", "zone", "(data set)"]
    failed = [name for name, case in cases.items() if case.find("failure") is not None]
    assert failed == ["fare", "zone", "(data set)"]
    assert (suite.get("tests"), suite.get("failures")) == ("4", "3")
    assert "tip <= fare" in (cases["(data set)"].find("failure").text or "")  # type: ignore[union-attr]


def test_github(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("bad.csv", "--github") == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::")]
    assert len(lines) == 3
    assert lines[0].startswith(
        "::error file=bad.csv,title=fare%3A The mean is too high::Expected a mean"
    )


def test_rows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("bad.csv", "--rows", "--junit", "-") == 1
    assert "moon" in capsys.readouterr().out
    assert main(["profile", "bad.csv", "-o", "bad.profile"]) == 0
    assert check("bad.profile") == 1  # rules across columns need rows, the others do not
    assert check("bad.profile", "--rows") == 2
    assert "cli.no_rows" in capsys.readouterr().err


def test_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.csv").write_text(GOOD.replace("12.25", "10.25"))
    schema = zs.Schema.load("schema.json")
    schema.set_rules("fare", mean={"max": 7.0})
    assert check("good.csv", "--sarif", "out.sarif", "--junit", "out.xml", "--rows") == 0
    assert json.loads(Path("out.sarif").read_text())["runs"][0]["results"] == []
    assert ET.parse("out.xml").getroot().get("failures") == "0"


def test_warnings_count_as_asked(folder: Path) -> None:
    schema = zs.Schema.load("schema.json")
    schema.set_rules("fare", mean=None)
    schema.add_row_rule("tip < 9", "tip", severity="WARNING")
    schema.domain("zone").value.append("moon")
    schema.save("schema.json")
    assert check("bad.csv", "--junit", "out.xml") == 1
    assert check("bad.csv", "--severity", "error") == 0
    assert "WARNING: Expected tip &lt; 9" in Path("out.xml").read_text(encoding="utf-8")


def test_hostile_names_and_values(folder: Path) -> None:
    odd = 'a<b>&"\x01\n::error::,%'
    Path("odd.jsonl").write_text(json.dumps({odd: 1}) + "\n")
    zs.Schema().save("schema.json")
    assert check("odd.jsonl", "--sarif", "out.sarif", "--junit", "out.xml", "--github") == 1
    json.loads(Path("out.sarif").read_text(encoding="utf-8"))
    ET.parse("out.xml")
