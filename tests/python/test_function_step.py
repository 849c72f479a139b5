"""Python functions as steps: allowed in a notebook, never saved."""

import math
import pickle

import numpy as np
import pyarrow as pa
import pytest

import zeroskew as zs

DATA = pa.table(
    {
        "x": pa.array([1.5, None, -2.0, float("nan"), 1e9] * 500),
        "n": pa.array([1, 2, None, 4, 5] * 500),
        "kind": pa.array(["card", None, "cash", "app", ""] * 500),
    }
)


def doubled(value):
    return None if value == -2.0 else 2 * value


def test_a_function_is_called_with_each_value():
    pipeline = zs.Pipeline(
        [
            zs.Function("x", doubled, output="y"),
            zs.Function("n", lambda n: n % 2, when="n > 1"),
            zs.Function("kind", str.upper, returns="str"),
            zs.Standardize("n"),
        ]
    )
    fitted = pipeline.fit(DATA)
    table = fitted.transform(DATA, threads=4)
    rows = table.to_arrow().to_pylist()
    assert rows[0]["y"] == 3.0
    assert rows[1]["y"] is None
    assert rows[2]["y"] is None
    assert math.isnan(rows[3]["y"])
    assert [row["kind"] for row in rows[:5]] == ["CARD", None, "CASH", "APP", ""]
    for i, given in enumerate(DATA.to_pylist()[:5]):
        assert repr(fitted.transform_row(given, key=i)) == repr(rows[i])
    pieces = [fitted.transform(DATA.slice(i, 700)).to_arrow() for i in range(0, 2500, 700)]
    assert sum(piece.num_rows for piece in pieces) == 2500
    assert pa.concat_tables(pieces).to_pylist()[:3] == rows[:3]


def test_saving_refuses_and_says_why(tmp_path):
    pipeline = zs.Pipeline([zs.Function("x", doubled)])
    fitted = pipeline.fit(DATA)
    path = tmp_path / "pipeline.json"
    for act in (
        pipeline.to_json,
        lambda: pipeline.save(path),
        fitted.to_json,
        lambda: fitted.save(path),
        lambda: pickle.dumps(fitted),
        lambda: zs.Policy(pipeline=fitted).save(path),
    ):
        with pytest.raises(zs.Error, match=r"cannot be saved.*Python function.*C\+\+") as refused:
            act()
        assert refused.value.id == "transform.not_savable"
    assert not path.exists()


def test_a_function_that_fails_says_where():
    def broken(value):
        raise RuntimeError("no such rate")

    with pytest.raises(zs.Error, match="no such rate") as failed:
        zs.Pipeline([zs.Function("x", broken)]).fit(DATA).transform(DATA)
    assert failed.value.id == "transform.function"
    assert failed.value.where == "x"
    with pytest.raises(zs.Error, match="a number or None"):
        zs.Pipeline([zs.Function("kind", str.upper)]).fit(DATA).transform(DATA)
    with pytest.raises(zs.Error, match="a function of one value"):
        zs.Function("x", 3.0)
    with pytest.raises(zs.Error, match="no function of this program"):
        zs.Pipeline([{"step": "function", "column": "x", "function": "gone#99"}]).fit(DATA)


def test_functions_compare_print_and_compose():
    assert zs.Function("x", doubled) == zs.Function("x", doubled)
    assert zs.Function("x", doubled) != zs.Function("x", abs)
    assert "doubled" in repr(zs.Pipeline([zs.Function("x", doubled)]))
    composed = zs.Pipeline([zs.Sequence([zs.Function("x", doubled)], when="n > 1")])
    assert composed.stages[0].members == [zs.Function("x", doubled)]
    made = composed.fit(DATA).transform(DATA)["x"]
    assert made[0] == 1.5
    assert made[4] == 2e9
    learned = zs.Pipeline([zs.Function("x", np.cbrt), zs.MinMax("x")]).fit(DATA.slice(0, 3))
    assert learned.transform(DATA.slice(0, 3))["x"][0] == 1.0
