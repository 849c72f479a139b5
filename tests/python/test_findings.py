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
    schema["tip"].float_domain.max = 5.0
    schema.save("schema.json")
    return tmp_path


def check(*arguments: str) -> int:
    return main(["check", *arguments, "--schema", "schema.json"])


def test_sarif(folder: Path) -> None:
    assert check("bad.csv", "--rows", "--sarif", "out.sarif") == 1
    written = json.loads(Path("out.sarif").read_text(encoding="utf-8"))
    assert written["version"] == "2.1.0"
    (run,) = written["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["FLOAT_TYPE_BIG_FLOAT", "ENUM_TYPE_UNEXPECTED_STRING_VALUES"]
    assert len(run["results"]) == 4  # the columns' faults, then the rows'
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] == "error"
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad.csv"
    zone = run["results"][1]
    assert zone["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "zone"
    assert "moon" in zone["properties"]["fix"]
    assert run["results"][3]["properties"]["rows"] == [1]


def test_junit(folder: Path) -> None:
    assert check("bad.csv", "--junit", "out.xml") == 1
    suite = ET.parse("out.xml").getroot()
    cases = {case.get("name"): case for case in suite}
    assert list(cases) == ["fare", "tip", "zone"]
    failed = [name for name, case in cases.items() if case.find("failure") is not None]
    assert failed == ["tip", "zone"]
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    assert "Expected at most 5, found 9.5" in (cases["tip"].find("failure").text or "")  # type: ignore[union-attr]


def test_github(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("bad.csv", "--github") == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::")]
    assert len(lines) == 2
    assert lines[0].startswith(
        "::error file=bad.csv,title=tip%3A A number above the maximum::Expected at most 5"
    )


def test_rows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("bad.csv", "--rows") == 1
    assert "found 'moon' in row 1" in " ".join(capsys.readouterr().out.split())
    assert main(["profile", "bad.csv", "-o", "bad.profile"]) == 0
    assert check("bad.profile") == 1
    assert check("bad.profile", "--rows") == 2
    assert "cli.no_rows" in capsys.readouterr().err


def test_clean(folder: Path) -> None:
    assert (
        check("good.csv", "--sarif", "out.sarif", "--junit", "out.xml", "--rows", "--github") == 0
    )
    assert json.loads(Path("out.sarif").read_text())["runs"][0]["results"] == []
    assert ET.parse("out.xml").getroot().get("failures") == "0"


def test_machines_get_nothing_but_their_form(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check("bad.csv", "--sarif", "-") == 1
    json.loads(capsys.readouterr().out)
    assert check("bad.csv", "--junit", "-") == 1
    ET.fromstring(capsys.readouterr().out.split("?>", 1)[1])


def test_hostile_names_and_values(folder: Path) -> None:
    odd = 'a<b>&"\x01\n::error::,%'
    Path("odd.jsonl").write_text(json.dumps({odd: 1}) + "\n")
    zs.Schema().save("schema.json")
    assert check("odd.jsonl", "--sarif", "out.sarif", "--junit", "out.xml", "--github") == 1
    json.loads(Path("out.sarif").read_text(encoding="utf-8"))
    ET.parse("out.xml")
