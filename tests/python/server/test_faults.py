"""Full disks, killed processes, clocks that go backwards, shutdown under load: nothing that was
said is lost.
"""

import random
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import make
from serving import Server
from test_routes import wait_for

import zeroskew as zs

ROW = {"fare": 3.5, "hour": 4, "kind": "card"}


def test_a_disk_that_is_full(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy, tmp_path: Path
) -> None:
    # The audit log may grow by a few entries; a policy does not fit.
    zs.PolicyStore(tmp_path / "store").deploy(policy)
    assert len(other.to_json()) > 4096
    server = start(serve=None, limit=8)
    client = server.client()
    got = client.admin("load", other.to_json())
    assert (got.status, got.error) == (500, "io.write")
    assert client.row(ROW).policy == policy.digest
    assert zs.PolicyStore(tmp_path / "store").current == policy.digest
    left = {path.name for path in (tmp_path / "store").iterdir()}
    assert left == {"audit.jsonl", f"{policy.digest}.json"}


def test_a_log_that_cannot_grow(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy, tmp_path: Path
) -> None:
    store = zs.PolicyStore(tmp_path / "store")
    store.deploy(policy)
    # Until the log fills the limit (in blocks of 512 bytes), policies fit twice over.
    blocks = 2 * len(other.to_json()) // 512 + 1
    while (tmp_path / "store/audit.jsonl").stat().st_size < blocks * 512 - 400:
        store.log.append("note", policy, note="x" * 200)
    before = (tmp_path / "store/audit.jsonl").read_bytes()
    client = start(serve=None, limit=blocks).client()
    got = client.admin("load", other.to_json(), note="y" * 300)
    assert (got.status, got.error) == (500, "io.write")
    assert client.row(ROW).policy == policy.digest
    assert (tmp_path / "store/audit.jsonl").read_bytes() == before
    store.log.verify()


def test_a_process_that_is_killed_leaves_a_whole_store(
    start: Callable[..., Server], policy: zs.Policy, tmp_path: Path
) -> None:
    chance = random.Random(3)
    policies = [make(seed).to_json() for seed in range(1, 4)]
    store = zs.PolicyStore(tmp_path / "store")
    said = rounds = 0
    while rounds < 8 or said <= 8:
        rounds += 1
        server = start()
        confirmed: list[str] = []

        def deploy(server: Server = server, confirmed: list[str] = confirmed) -> None:
            try:
                client = server.client()
                while True:
                    got = client.admin("load", policies[chance.randrange(3)])
                    confirmed.append(got.json["current"]["digest"])
            except (OSError, ValueError, AssertionError, Exception):
                return

        deployer = threading.Thread(target=deploy)
        assert server.port
        deployer.start()
        time.sleep(chance.uniform(0.02, 0.3) * min(rounds, 8))
        server.process.send_signal(signal.SIGKILL)
        deployer.join()
        server.process.wait()
        # What was confirmed is in the log; what the log names can be loaded.
        store.log.append("note", policy)
        entries = store.log.entries
        said += len(confirmed)
        deployed = [entry.policy for entry in entries if entry.action == "deploy"]
        assert len(deployed) >= said
        if confirmed:
            assert confirmed[-1] in deployed[-2:]
        store.load().verify()


def test_a_clock_that_goes_backwards(
    start: Callable[..., Server], policy: zs.Policy, tmp_path: Path
) -> None:
    log = zs.PolicyStore(tmp_path / "store").log
    zs.PolicyStore(tmp_path / "store").deploy(policy)
    log.append("note", policy, when="2999-01-01T00:00:00Z")
    log.append("note", policy, when="1970-01-01T00:00:00Z")
    client = start().client()
    assert client.admin("load", make(2).to_json()).status == 200
    assert [entry.number for entry in log.entries] == [1, 2, 3, 4]


def test_the_end_is_graceful(start: Callable[..., Server]) -> None:
    server = start("--drain-delay", "300")
    failures: list[Any] = []
    answered = [0]
    ended = threading.Event()

    def hammer() -> None:
        while not ended.is_set():
            client = server.client()
            try:
                for key in range(20):
                    got = client.row(ROW, key=key)
                    answered[0] += 1
                    if got.status != 200:
                        failures.append(got)
                    if got.headers.get("Connection") == "close":
                        return  # as a balancer does that looks away
            except OSError as failure:
                failures.append(failure)
                return
            finally:
                client.close()

    threads = [threading.Thread(target=hammer) for _ in range(6)]
    for thread in threads:
        thread.start()
    wait_for(lambda: answered[0] > 100)
    waiting = server.client()
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.1)
    assert waiting.get("/readyz").status == 503  # balancers look away, requests are still answered
    assert waiting.row(ROW).status == 200
    assert server.process.wait(30) == 0
    ended.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert server.events("draining")
    assert server.log[-1]["event"] == "stopped"


def test_a_request_on_its_way_is_answered(start: Callable[..., Server]) -> None:
    server = start()
    with socket.create_connection(("127.0.0.1", server.port), 10) as one:
        one.sendall(b"POST /v1/transform HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n")
        time.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        one.sendall(b'{"row": {"fare": 1}} ')
        got = one.recv(10_000)
        assert got.startswith(b"HTTP/1.1 200 OK")
        assert b"Connection: close" in got
    assert server.process.wait(30) == 0
