"""The command line, as a shell and as Python sees it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import zeroskew as zs
from zeroskew.cli import main

GOOD = "fare,zone\n3.5,north\n7.0,south\n12.25,north\n"
BAD = "fare,zone\n3.5,north\n,moon\n12.25,north\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with good and bad data and the schema of the good."""
    monkeypatch.chdir(tmp_path)
    Path("good.csv").write_text(GOOD)
    Path("bad.csv").write_text(BAD)
    zs.infer_schema(zs.profile("good.csv")).save("schema.json")
    return tmp_path


def shell(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "zeroskew", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def test_the_whole_way_in_a_shell(folder: Path) -> None:
    for arguments, code in [
        (["profile", "good.csv", "-o", "good.profile"], 0),
        (["profile", "bad.csv", "-o", "bad.profile"], 0),
        (["merge", "good.profile", "bad.csv", "-o", "all.profile"], 0),
        (["infer", "good.profile", "-o", "made.json"], 0),
        (["convert", "made.json", "made.pbtxt"], 0),
        (["check", "good.csv", "--schema", "made.pbtxt"], 0),
        (
            [
                "check",
                "bad.profile",
                "--schema",
                "made.json",
                "--html",
                "bad.html",
                "--json",
                "bad.json",
            ],
            1,
        ),
        (["update", "bad.csv", "--schema", "made.json", "-o", "wider.json"], 0),
        (["check", "bad.csv", "--schema", "wider.json"], 0),
        (
            [
                "report",
                "bad.csv",
                "--reference",
                "good.profile",
                "--schema",
                "made.json",
                "-o",
                "report.html",
            ],
            0,
        ),
    ]:
        done = shell(*arguments)
        assert (done.returncode, done.stderr) == (code, ""), arguments
        assert "\x1b" not in done.stdout  # a pipe gets no colours
    assert zs.Profile.load("all.profile") == zs.profile("good.csv") + zs.profile("bad.csv")
    assert (
        zs.Schema.load("made.json")
        == zs.Schema.load("made.pbtxt")
        == zs.infer_schema(zs.profile("good.csv"))
    )
    found = json.loads(Path("bad.json").read_text())
    assert set(found["anomaly_info"]) == {"fare", "zone"}
    assert "moon" in Path("bad.html").read_text(encoding="utf-8")


def test_a_check_says_what_where_and_what_would_fix_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "bad.csv", "--schema", "schema.json"]) == 1
    printed = capsys.readouterr().out
    for word in ("error", "zone", "fare", "moon", "string_domain", "3 errors in 3 rows"):
        assert word in printed
    assert main(["check", "good.csv", "--schema", "schema.json"]) == 0
    assert "no anomaly in 3 rows" in capsys.readouterr().out


def test_json_to_standard_output_is_nothing_but_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "bad.csv", "--schema", "schema.json", "--json", "-"]) == 1
    assert set(json.loads(capsys.readouterr().out)["anomaly_info"]) == {"fare", "zone"}
    assert main(["profile", "good.csv", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == zs.profile("good.csv").to_dict()


def test_weights_slices_and_pairs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = [
        "--weight",
        "fare",
        "--slice",
        "zone",
        "--slice",
        "zone,fare",
        "--pairs",
        "--columns",
        "zone",
    ]
    assert main(["profile", "good.csv", "-o", "good.profile", *options]) == 0
    expected = zs.profile(
        "good.csv", weight="fare", slices=["zone", ("zone", "fare")], pairs=True, columns=["zone"]
    )
    assert zs.Profile.load("good.profile").to_bytes() == expected.to_bytes()
    assert main(["profile", "good.profile", "--pairs"]) == 2
    assert "not a saved profile" in capsys.readouterr().err


def test_environments_and_skew(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = zs.Schema.load("schema.json")
    schema.set_environments("TRAINING", "SERVING")
    schema["fare"].not_in_environment.append("SERVING")
    schema["zone"].skew_comparator.infinity_norm.threshold = 0.1
    schema["zone"].drift_comparator.infinity_norm.threshold = 0.9
    schema.save("skew.json")
    Path("served.csv").write_text("zone\nnorth\nnorth\n")
    assert main(["check", "served.csv", "--schema", "skew.json", "--environment", "SERVING"]) == 0
    assert main(["check", "served.csv", "--schema", "skew.json"]) == 1
    capsys.readouterr()
    command = ["check", "served.csv", "--schema", "skew.json", "--environment", "SERVING"]
    assert main([*command, "--previous", "good.csv"]) == 0
    assert "0 of 1 distance too large" in capsys.readouterr().out
    assert main([*command, "--previous", "good.csv", "--reference", "good.csv"]) == 1
    printed = capsys.readouterr().out
    assert re.search(r"zone +L-infinity, skew +0\.3333 +0\.1 +too large", printed)
    assert "1 of 2 distances too large" in printed


def test_the_mildest_severity_that_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    validate = zs.validate
    milder = {"ENUM_TYPE_UNEXPECTED_STRING_VALUES": "WARNING"}
    monkeypatch.setattr(
        zs, "validate", lambda *a, **options: validate(*a, **options, severities=milder)
    )
    Path("bad.csv").write_text(GOOD.replace("south", "moon"))
    command = ["check", "bad.csv", "--schema", "schema.json"]
    assert main(command) == 1
    assert main([*command, "--severity", "warning"]) == 1
    assert main([*command, "--severity", "error"]) == 0


@pytest.mark.parametrize(
    ("arguments", "id"),
    [
        ([], "cli.usage"),
        (["conjure"], "cli.usage"),
        (["check", "good.csv"], "cli.usage"),
        (["profile", "missing.csv"], "io.not_found"),
        (["profile", "missing.profile"], "io.not_found"),
        (["profile", "."], "io.is_directory"),
        (["profile", "folder.csv"], "io.is_directory"),
        (["profile", "ragged.csv"], "io.csv_ragged"),
        (["profile", "empty.csv"], "io.csv_empty"),
        (["profile", "broken.parquet"], "io.malformed"),
        (["profile", "broken.jsonl"], "json.malformed"),
        (["profile", "noise.profile"], "profile.malformed"),
        (["profile", "twice.csv"], "column.duplicate_name"),
        (["profile", "good.csv", "--columns", "fair"], "column.unknown"),
        (["profile", "good.csv", "--columns", ","], "profile.bad_columns"),
        (["profile", "good.csv", "--threads", "0"], "profile.bad_threads"),
        (["profile", "good.csv", "-o", "missing/good.profile"], "io."),
        (["merge", "good.csv", "words.csv", "-o", "x.profile"], "column.type_changed"),
        (["infer", "good.csv", "-o", "schema.yaml"], "schema.suffix"),
        (["infer", "good.csv", "-o", "schema.json", "--max-categories", "-1"], "schema.bad_option"),
        (["check", "good.csv", "--schema", "missing.json"], "io."),
        (["check", "good.csv", "--schema", "broken.json"], "schema."),
        (
            ["check", "good.csv", "--schema", "schema.json", "--environment", "MOON"],
            "schema.unknown_environment",
        ),
        (["check", "good.csv", "--schema", "schema.json", "--html", "missing/x.html"], "io.write"),
        (["check", "good.csv", "--schema", "schema.json", "--json", "missing/x.json"], "io.write"),
        (["convert", "broken.json", "x.pbtxt"], "schema."),
    ],
)
def test_an_error_is_one_line_with_an_id(
    folder: Path, arguments: list[str], id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("folder.csv").mkdir()
    Path("ragged.csv").write_text("a,b\n1,2\n1,2,3\n")
    Path("empty.csv").write_text("")
    Path("broken.parquet").write_bytes(b"PAR1 but no more")
    Path("broken.jsonl").write_text('{"a": 1}\n{"a"\n')
    Path("noise.profile").write_bytes(bytes(range(256)))
    Path("twice.csv").write_text("a,a\n1,2\n")
    Path("words.csv").write_text("fare,zone\nmuch,north\n")
    Path("broken.json").write_text('{"feature": [{"nme": "x"}]}')
    schema = zs.Schema.load("schema.json")
    schema.set_environments("TRAINING")
    schema.save("schema.json")
    before = sorted(path.name for path in folder.iterdir())
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    [line] = printed.err.splitlines()
    assert line.startswith(f"zeroskew: [{id}")
    assert sorted(path.name for path in folder.iterdir()) == before


def test_no_rows_and_no_columns(folder: Path) -> None:
    Path("header.csv").write_text("a,b\n")
    Path("nothing.jsonl").write_text("")
    for name in ("header.csv", "nothing.jsonl"):
        for arguments in (
            ["profile", name, "-o", "no.profile"],
            ["infer", name, "-o", "no.json"],
            ["report", name, "-o", "no.html"],
        ):
            assert main(arguments) == 0


def test_hostile_text_reaches_no_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.csv").write_text("fare,zone,\x1b[31mred\n1.5,\x1b[2J[bold]moon[/],1\n")
    assert main(["profile", "bad.csv"]) == 0
    assert main(["check", "bad.csv", "--schema", "schema.json"]) == 1
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "[bold]moon[/]" in printed


def test_a_reader_that_stops_is_no_error(folder: Path) -> None:
    program = f"{sys.executable} -m zeroskew profile good.csv --json -"
    command = program + " | head -c 1; echo ${PIPESTATUS[0]}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] in ("0", "{0")
    assert done.stderr == ""


def test_version_and_help() -> None:
    assert shell("--version").stdout == f"zeroskew {zs.__version__}\n"
    for arguments in (["--help"], ["check", "--help"]):
        done = shell(*arguments)
        assert done.returncode == 0
        assert "exit code" in done.stdout


def test_colours_and_bars_are_for_terminals(folder: Path) -> None:
    pty = pytest.importorskip("pty")

    def on_a_terminal(**environment: str) -> str:
        master, slave = pty.openpty()
        command = [sys.executable, "-m", "zeroskew", "check", "bad.csv", "--schema", "schema.json"]
        plain = {
            name: value
            for name, value in os.environ.items()
            if name not in ("NO_COLOR", "FORCE_COLOR")
        }
        terminal = plain | {"TERM": "xterm-256color"} | environment
        with subprocess.Popen(command, stdout=slave, stderr=slave, env=terminal) as process:
            os.close(slave)
            printed = b""
            try:
                while block := os.read(master, 4096):
                    printed += block
            except OSError:  # Linux ends a terminal that way
                pass
        os.close(master)
        assert process.returncode == 1
        return printed.decode()

    colour = re.compile(r"\x1b\[[0-9;]*3[0-9]m")
    assert colour.search(on_a_terminal())
    assert not colour.search(on_a_terminal(NO_COLOR="1"))


def test_compare_says_what_moved(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{i % 50},{'north' if i % 3 else 'south'}\n" for i in range(900)]
    Path("before.csv").write_text("fare,zone\n" + "".join(rows))
    Path("after.csv").write_text(
        "fare,zone\n" + "".join(row.replace("south", "moon") for row in rows)
    )
    assert main(["compare", "before.csv", "before.csv"]) == 0
    assert "0 of 2 columns drifted" in capsys.readouterr().out
    assert (
        main(["compare", "before.csv", "after.csv", "--json", "drift.json", "--html", "drift.html"])
        == 1
    )
    shown = capsys.readouterr().out
    assert "new value 'moon'" in shown
    assert "1 of 2 columns drifted" in shown
    assert json.loads(Path("drift.json").read_text())["drifted"] is True
    assert "<html" in Path("drift.html").read_text()
    assert main(["compare", "before.csv", "after.csv", "--alpha", "2"]) == 2
    assert "drift.bad_rule" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".pb", ".pbtxt", ".tfrecord"])
def test_reports_of_another_tool_s_statistics(folder: Path, suffix: str) -> None:
    pytest.importorskip("tensorflow_metadata")
    for name in ("good", "bad"):
        zs.tfx.save_statistics(zs.profile(f"{name}.csv"), f"{name}{suffix}")
    page = Path("page.html")
    schema = ["--schema", "schema.json"]
    assert main(["check", f"bad{suffix}", *schema, "--html", str(page)]) == 1
    assert "moon" in page.read_text(encoding="utf-8")
    both = ["--reference", f"good{suffix}", "--html", str(page)]
    assert main(["check", f"bad{suffix}", *schema, *both]) == 1
    assert main(["check", "bad.csv", *schema, *both]) == 1
    text = page.read_text(encoding="utf-8")
    assert "Reference rows" in text
    assert "fare" in text
    assert main(["compare", f"good{suffix}", "good.csv", "--html", str(page)]) == 0
    assert main(["report", f"bad{suffix}", *schema, "-o", str(page)]) == 0
    for tag in ("<svg", "<html"):
        assert tag in page.read_text(encoding="utf-8")


def test_schemas_are_compared_line_by_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = zs.Schema.load("schema.json")
    schema["fare"].presence.min_fraction = 0.25
    schema.save("other.pbtxt")
    capsys.readouterr()
    assert main(["diff", "schema.json", "schema.json"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["diff", "schema.json", "other.pbtxt"]) == 1
    shown = capsys.readouterr().out
    assert shown == "".join(
        f"{change}\n" for change in zs.schema_diff(zs.Schema.load("schema.json"), schema)
    )
    assert "fare: presence.min_fraction" in shown
    assert main(["diff", "schema.json", "nothing.json"]) == 2


def test_rows_count_by_weight(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("w.csv").write_text("kind,w\na,8\nb,1\n,1\n")
    Path("v.csv").write_text("kind,w\na,1\nb,1\n,8\n")
    assert main(["infer", "w.csv", "--weight", "w", "-o", "w.json"]) == 0
    schema = zs.Schema.load("w.json")
    assert schema.features == ["kind"]
    schema["kind"].presence.min_fraction = 0.5
    schema["kind"].drift_comparator.infinity_norm.threshold = 0.2
    schema.save("w.json")
    check = ["--schema", "w.json", "--columns", "kind"]
    assert main(["check", "w.csv", "--weight", "w", *check]) == 0
    # What rows weigh is no column of theirs.
    assert main(["check", "w.csv", "--weight", "w", "--schema", "w.json", "--rows"]) == 0
    assert main(["check", "w.csv", "--schema", "w.json", "--rows"]) == 1
    capsys.readouterr()
    assert main(["check", "v.csv", "--weight", "w", "--previous", "w.csv", *check]) == 1
    shown = capsys.readouterr().out
    assert "0.2" in shown
    assert "8 of 10 lack it" in " ".join(shown.split())
    assert main(["profile", "w.csv", "-o", "plain.profile"]) == 0
    assert main(["check", "v.csv", "--weight", "w", "--previous", "plain.profile", *check]) == 2
    assert "schema.mixed_weights" in capsys.readouterr().err
    assert main(["update", "v.csv", "--weight", "w", "--schema", "w.json", "-o", "v.json"]) == 0
    assert zs.Schema.load("v.json")["kind"].presence.min_fraction == pytest.approx(0.2)
