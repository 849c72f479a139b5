"""Policies are loaded, tried, promoted and rolled back while requests go on."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import make
from serving import Client, Server
from test_routes import wait_for

import zeroskew as zs
from zeroskew.cli import main

ROW = {"fare": 3.5, "hour": 4, "kind": "card"}


def test_the_life_of_a_policy(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy, tmp_path: Path
) -> None:
    server = start()
    client = server.client()
    assert client.row(ROW).policy == policy.digest
    got = client.admin(
        "load", other.to_json(), role="canary", weight="0.5", who="ada", note="a try"
    )
    assert got.json["canary"]["digest"] == other.digest
    assert got.json["canary"]["weight"] == 0.5
    assert client.admin("promote", who="ada").json["current"]["digest"] == other.digest
    assert client.row(ROW).policy == other.digest
    assert client.get("/v1/policy").json["previous"]["digest"] == policy.digest
    assert (
        client.admin("rollback", who="bob", note="it was wrong").json["current"]["digest"]
        == policy.digest
    )
    assert client.row(ROW).policy == policy.digest
    assert client.admin("rollback").error == "policy.audit_unknown"
    assert client.admin("rollback", digest=other.digest).json["current"]["digest"] == other.digest
    entries = zs.PolicyStore(tmp_path / "store").log.entries
    assert [(one.action, one.who) for one in entries] == [
        ("deploy", "zeroskew-server"),
        ("canary", "ada"),
        ("deploy", "ada"),
        ("rollback", "bob"),
        ("rollback", ""),
    ]
    assert entries[-2].note == "it was wrong"
    # A new process takes up where this one ended.
    server.stop()
    assert start().client().row(ROW).policy == other.digest


def test_who_may_change_policies(start: Callable[..., Server], other: zs.Policy) -> None:
    client = start().client()
    for verb in ("load", "promote", "rollback", "clear", "conjure"):
        assert client.admin(verb, other.to_json(), token="a guess").status == 401
        assert client.request("POST", f"/v1/policy/{verb}").error == "server.token"
    assert client.admin("conjure").status == 404
    assert client.admin("promote").error == "server.no_canary"
    assert client.admin("load", other.to_json(), role="canary", weight="2").error == "server.weight"
    assert client.admin("load", other.to_json(), role="king").error == "server.role"
    closed = start(environment={"ZEROSKEW_ADMIN_TOKEN": ""}, store="closed").client()
    assert closed.admin("load", other.to_json(), token="").status == 403


def test_a_canary_gets_its_share_and_keys_stay(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy
) -> None:
    client = start().client()
    client.admin("load", other.to_json(), role="canary", weight="0.3")
    answers = {key: client.row(ROW, key=key) for key in range(1000)}
    share = Counter(answer.policy for answer in answers.values())[other.digest] / 1000
    assert abs(share - 0.3) < 0.06  # four standard errors
    assert all(client.row(ROW, key=key).policy == answers[key].policy for key in range(0, 1000, 10))
    unkeyed = Counter(client.row(ROW).policy for _ in range(1000))[other.digest] / 1000
    assert abs(unkeyed - 0.3) < 0.06
    for key, answer in list(answers.items())[:100]:
        expected = other if answer.policy == other.digest else policy
        assert answer.json["row"]["fare"] == expected.pipeline.transform_row(ROW, key=key)["fare"]
    client.admin("clear")
    assert all(client.row(ROW, key=key).policy == policy.digest for key in range(50))


def test_a_shadow_answers_nothing_and_counts(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy
) -> None:
    client = start().client()
    client.admin("load", policy.to_json(), role="shadow")
    for key in range(20):
        assert client.row(ROW, key=key).policy == policy.digest
    wait_for(lambda: client.metrics()["zeroskew_shadow_rows_total"] == 20)
    assert client.metrics()["zeroskew_shadow_differences_total"] == 0
    client.admin("load", other.to_json(), role="shadow")
    for key in range(20):
        assert client.row(ROW, key=key).policy == policy.digest
    client.rows([ROW, {"fare": "much"}])
    wait_for(lambda: client.metrics()["zeroskew_shadow_rows_total"] == 42)
    assert client.metrics()["zeroskew_shadow_differences_total"] == 21  # both refuse the last one


def test_a_reload_under_load_loses_nothing(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy
) -> None:
    server = start("--threads", "4")
    made = {one.digest: one for one in (policy, other)}
    expected = {
        (digest, key): one.pipeline.transform_row(ROW, key=key)["fare"]
        for digest, one in made.items()
        for key in range(50)
    }
    stop = threading.Event()
    wrong: list[Any] = []
    counts: list[Counter[str]] = []

    def hammer() -> None:
        client, seen = server.client(), Counter[str]()
        key = 0
        while not stop.is_set():
            key = (key + 1) % 50
            answer = client.row(ROW, key=key)
            seen[answer.policy or ""] += 1
            body = answer.json
            if (
                answer.status != 200
                or body["policy"] != answer.policy
                or body["row"]["fare"] != expected[body["policy"], key]
            ):
                wrong.append(answer)
        counts.append(seen)

    threads = [threading.Thread(target=hammer) for _ in range(8)]
    for thread in threads:
        thread.start()
    admin = server.client()
    for at in range(20):
        assert admin.admin("load", (other if at % 2 == 0 else policy).to_json()).status == 200
        time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong
    total = sum(counts, Counter[str]())
    assert set(total) == set(made)
    assert admin.metrics()["zeroskew_rows_total"] == total.total()


def test_eight_threads_lose_no_count(start: Callable[..., Server]) -> None:
    server = start("--threads", "8", "--cache", "16")

    def send() -> None:
        for at in range(40):
            client: Client = server.client()
            client.rows([{"fare": float(i), "hour": i % 24, "kind": "card"} for i in range(25)])
            client.row(ROW, key=at % 3)
            client.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    snapshot = json.loads(server.client().get("/v1/monitor").body)
    fare = next(feature for feature in snapshot["features"] if feature["name"] == "s:fare")
    assert sum(int(n) for n in fare["bins"]) == 8 * 40 * 26
    served = zs.Profile.from_bytes(server.client().get("/v1/profile").body)
    assert served.rows == 8 * 40 * 26


def test_another_process_deploys_and_rolls_back(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy, tmp_path: Path
) -> None:
    client = start().client()
    other.save(tmp_path / "other.json")
    store = str(tmp_path / "store")
    assert main(["policy", "deploy", str(tmp_path / "other.json"), "--store", store]) == 0
    wait_for(lambda: client.row(ROW).policy == other.digest)
    assert main(["policy", "rollback", "--store", store, "--note", "drift"]) == 0
    wait_for(lambda: client.row(ROW).policy == policy.digest)


BAD = {"fare": "much", "kind": "card"}


def breaking(action: str, **more: Any) -> zs.Policy:
    return make(
        fallback={
            "action": action,
            "budget": 0.2,
            "min_rows": 10,
            "window": 60.0,
            "pause": 0.3,
            "trials": 2,
        },
        **more,
    )


@pytest.mark.parametrize("action", ["reject", "pass_through", "last_good"])
def test_a_policy_that_does_not_fit_the_traffic_falls_back(
    start: Callable[..., Server], other: zs.Policy, action: str
) -> None:
    server = start(serve=other)
    client = server.client()
    made = breaking(action)
    client.admin("load", made.to_json())
    for _ in range(10):
        assert client.row(BAD).error == "transform.wrong_type"
    got = client.row(ROW, key=1)
    assert got.headers["X-Zeroskew-Fallback"] == action
    if action == "reject":
        assert (got.status, got.error) == (503, "server.fallback")
        assert "Retry-After" in got.headers
    elif action == "pass_through":
        assert got.json["row"] == ROW
        body = client.invoke("kind,fare\ncard,1.5\n", "text/csv").body
        assert body == b"fare,kind\n1.5,card\n"
    else:
        assert got.policy == other.digest
        assert got.json["row"]["fare"] == other.pipeline.transform_row(ROW, key=1)["fare"]
    samples = client.metrics()
    assert samples['zeroskew_breaker_open{tenant="default",role="stable"}'] == 1
    assert samples["zeroskew_fallbacks_total"] >= 1
    assert client.get("/v1/policy").json["current"]["breaker"] == "open"
    # After a pause two good rows close it.
    time.sleep(0.4)
    for _ in range(2):
        assert client.row(ROW, key=1).policy == made.digest
    assert client.get("/v1/policy").json["current"]["breaker"] == "closed"
    got = client.row(ROW, key=1)
    assert "X-Zeroskew-Fallback" not in got.headers
    # What fell back was not kept as the answer to this row.
    assert got.json["row"]["fare"] == made.pipeline.transform_row(ROW, key=1)["fare"]


def test_a_guard_of_the_monitor_opens_the_breaker(start: Callable[..., Server]) -> None:
    guards = [{"measure": "drifted", "limit": 0, "action": "error"}]
    server = start(serve=breaking("pass_through", guards=guards))
    client = server.client()
    for _ in range(30):
        client.rows([{"fare": 500.0 + i, "hour": 1, "kind": "card"} for i in range(100)])
    wait_for(lambda: bool(server.events("breaker.opened")))
    wait_for(lambda: len(server.events("drift.alarm")) == 3)
    assert {line["feature"] for line in server.events("drift.alarm")} == {"fare", "hour", "kind"}
    assert client.row(ROW).headers["X-Zeroskew-Fallback"] == "pass_through"
    samples = client.metrics()
    assert samples['zeroskew_feature_drifted{tenant="default",role="stable",feature="fare"}'] == 1
    assert samples['zeroskew_feature_evalue{tenant="default",role="stable",feature="fare"}'] > 1000
    # The same policy, loaded again, is looked at with fresh eyes.
    client.admin("load", breaking("pass_through", guards=guards).to_json())
    assert "X-Zeroskew-Fallback" not in client.row(ROW).headers
