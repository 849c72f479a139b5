"""Small requests that are gathered and answered together: the same answers, in bounded time."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from conftest import make, rides
from serving import Client, Server
from test_answers import bits, records

import zeroskew as zs


def answers(
    server: Server, rows: list[dict[str, Any]], callers: int, fail: int = 0
) -> dict[int, Any]:
    """What callers on connections of their own got, by the row's number."""
    found: dict[int, Any] = {}

    def call(first: int, client: Client) -> None:
        for i in range(first, len(rows), callers):
            broken = fail and i % fail == 0
            found[i] = client.row({"fare": "much"} if broken else rows[i], key=i)

    threads = [
        threading.Thread(target=call, args=(first, server.client())) for first in range(callers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize(("rows", "wait"), [(2, 0), (8, 200), (1000, 20_000)])
def test_rows_of_a_batch_come_out_as_alone(
    start: Callable[..., Server], policy: zs.Policy, rows: int, wait: int
) -> None:
    server = start("--batch-rows", rows, "--batch-wait", wait)
    sent = records(rides(160, seed=5))
    table = policy.pipeline.transform(rides(160, seed=5), keys=list(range(160)))
    expected = table.to_arrow().to_pylist()
    found = answers(server, sent, 8, fail=40)
    for i, one in found.items():
        if i % 40 == 0:
            assert (one.status, one.json["error"]["where"]) == (422, "fare"), one
        else:
            assert bits(one.json["row"]) == bits(expected[i])
            assert one.policy == policy.digest
    assert sorted(found) == list(range(160))
    metrics = server.client().metrics()
    assert metrics["zeroskew_batched_requests_total"] == 160
    assert 160 / min(rows, 8) <= metrics["zeroskew_batches_total"] <= 160
    assert metrics["zeroskew_rows_total"] == 160
    assert metrics['zeroskew_requests_total{route="transform",status="2xx"}'] == 156


def test_a_row_waits_as_long_as_was_said(start: Callable[..., Server]) -> None:
    client = start("--batch-rows", 50, "--batch-wait", 150_000).client()
    for _ in range(3):
        begun = time.monotonic()
        assert client.row({"fare": 1.0}).status == 200
        assert 0.15 <= time.monotonic() - begun < 5
    # A request that is a batch by itself waits for nobody, nor does one that asks for no row.
    begun = time.monotonic()
    many = client.rows(records(rides(200)))
    assert len(many.json["rows"]) == 200
    assert client.get("/ping").status == 200
    assert time.monotonic() - begun < 0.15
    metrics = client.metrics()
    assert metrics["zeroskew_batched_requests_total"] == metrics["zeroskew_batches_total"] == 3


def test_batches_across_reloads_and_the_end(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy
) -> None:
    server = start("--batch-rows", 4, "--batch-wait", 2_000)
    row = {"fare": 3.5, "hour": 4, "kind": "card"}
    expected = {one.digest: one.pipeline.transform_row(row, key=7) for one in (policy, other)}
    wrong: list[Any] = []
    seen: set[str | None] = set()
    ended = threading.Event()

    def hammer(client: Client) -> None:
        while not ended.is_set():
            got = client.row(row, key=7)
            seen.add(got.policy)
            right = got.status == 200 and got.json["policy"] == got.policy
            if not right or bits(got.json["row"]) != bits(dict(expected[str(got.policy)])):
                wrong.append(got)
            if got.headers.get("Connection") == "close":
                return

    threads = [threading.Thread(target=hammer, args=(server.client(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    admin = server.client()
    for one in (other, policy) * 5:
        assert admin.admin("load", one.to_json()).status == 200
        time.sleep(0.02)
    server.process.terminate()  # those that wait are answered
    assert server.process.wait(60) == 0
    ended.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert seen == set(expected)


def test_a_batch_falls_back_and_counts_as_rows_do(start: Callable[..., Server]) -> None:
    strict = make(unknown="error", fallback={"action": "reject", "budget": 0.1, "min_rows": 10})
    client = start("--batch-rows", 4, "--batch-wait", 0, serve=strict).client()
    statuses = [client.row({"fare": 1.0, "hour": 1, "kind": "gold"}).status for _ in range(40)]
    assert set(statuses) == {422, 503}
    assert statuses == sorted(statuses)


def test_options_of_batches_say_what_is_wrong() -> None:
    for flag, text in (
        ("--batch-rows", "many"),
        ("--batch-wait", "-1"),
        ("--batch-wait", "2000000"),
    ):
        server = Server(flag, text)
        assert server.process.wait(30) == 2
        server._reader.join()
        assert flag in "".join(server.other)
        assert server.process.stderr is not None
        server.process.stderr.close()
