"""Rows that are served are held against the schema; too many anomalies open the breaker."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import make, rides
from serving import Server
from test_routes import wait_for

import zeroskew as zs

ROW = {"fare": 3.5, "hour": 4, "kind": "card"}


def test_what_the_schema_has_against_rows_is_said(
    start: Callable[..., Server], policy: zs.Policy, tmp_path: Path
) -> None:
    server = start()
    client = server.client()
    client.rows([ROW] * 50)
    samples = 'zeroskew_schema_anomalies{tenant="default",role="stable"}'
    wait_for(lambda: samples in client.metrics())
    assert client.metrics()[samples] == 0
    for row in ({**ROW, "kind": "gold"}, {"hour": 4, "kind": "card"}):
        assert client.row(row).status == 200
    wait_for(lambda: client.metrics()[samples] == 3)
    found = client.get("/v1/policy").json["current"]["anomalies"]
    # As the notebook finds them in the rows that were served.
    served = zs.Profile.from_bytes(client.get("/v1/profile", "a token for tests").body)
    expected = zs.validate(served, policy.schema)
    assert [(one["feature"], one["type"], one["message"]) for one in found] == [
        (one.path, one.type, one.message) for one in expected
    ]
    assert {one["feature"] for one in found} == {"fare", "kind"}
    kind = next(one["type"] for one in found if one["feature"] == "kind")
    label = (
        f'zeroskew_feature_anomalous{{tenant="default",role="stable",feature="kind",type="{kind}"}}'
    )
    assert client.metrics()[label] == 1
    wait_for(lambda: len(server.events("schema.anomaly")) == 3)
    log = zs.PolicyStore(tmp_path / "store").log
    wait_for(lambda: [one.action for one in log.entries] == ["deploy"] + ["alarm"] * 3)
    assert {one.note.partition(":")[0] for one in log.entries[1:]} == {"fare", "kind"}
    # Nothing was said of a budget, so all rows are answered.
    assert "X-Zeroskew-Fallback" not in client.row(ROW).headers


def test_a_schema_that_does_not_fit_the_traffic_opens_the_breaker(
    start: Callable[..., Server], policy: zs.Policy
) -> None:
    guards = [{"measure": "anomalies", "limit": 1, "action": "error"}]
    made = make(3, guards=guards, fallback={"action": "last_good"})
    server = start()
    client = server.client()
    client.admin("load", made.to_json())
    assert client.row(ROW).policy == made.digest
    client.row({**ROW, "kind": "gold"})
    wait_for(lambda: len(server.events("schema.anomaly")) == 1)
    assert client.row(ROW).policy == made.digest  # one is within the budget
    client.row({"hour": 4, "kind": "card"})
    wait_for(lambda: bool(server.events("breaker.opened")))
    got = client.row(ROW, key=1)
    assert got.headers["X-Zeroskew-Fallback"] == "last_good"
    assert got.policy == policy.digest

    def guard() -> dict[str, Any]:
        [one] = client.get("/v1/policy").json["current"]["monitor"]["guards"]
        return dict(one)

    wait_for(lambda: guard()["broken"])
    assert (guard()["measure"], guard()["value"]) == ("anomalies", 3)


def test_columns_that_only_training_has_are_no_anomalies(
    start: Callable[..., Server], tmp_path: Path
) -> None:
    data = rides() | {"tip": rides(seed=9)["fare"]}
    baseline = zs.profile(data)
    schema = zs.infer_schema(baseline)
    plain = zs.Policy(
        schema=schema,
        pipeline=zs.Pipeline([zs.Standardize("fare")]).fit(data),
        baseline=baseline,
    )
    client = start(serve=plain).client()
    client.rows([ROW] * 10)
    samples = 'zeroskew_schema_anomalies{tenant="default",role="stable"}'
    wait_for(lambda: samples in client.metrics())
    assert client.get("/v1/policy").json["current"]["anomalies"] == []


def test_the_gate_counts_them_too() -> None:
    rows = rides(200, seed=4)
    rows["kind"][3] = "gold"
    kept = {"measure": "anomalies", "limit": 1, "action": "error"}
    [strict] = [one for one in zs.gate(make(), rows) if one.name == "anomalies"]
    assert not strict.passed
    for guard, passed in (
        (kept, True),
        (kept | {"limit": 0}, False),
        (kept | {"limit": 0, "action": "warn"}, True),
    ):
        [one] = [one for one in zs.gate(make(guards=[guard]), rows) if one.name == "anomalies"]
        assert one.passed is passed
        assert one.found == strict.found
