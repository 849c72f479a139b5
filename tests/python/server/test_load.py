"""Everything at once, as on a bad day, and the end in the midst of it: no request is lost, and no
sanitizer that the server was built with has anything to say (`./dev test sanitize`).
"""

import contextlib
import http.server
import json
import random
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import rides
from serving import TOKEN, Server
from test_answers import bits, records

import zeroskew as zs

ROW = {"fare": 3.5, "hour": 4, "kind": "card"}
TRACE = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}


class Collector(http.server.BaseHTTPRequestHandler):
    """Takes what is sent to OpenTelemetry, and forgets it."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Load:
    """Callers in threads of their own; what one of them did not expect is in `wrong`."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.wrong: list[Any] = []
        self.calls = 0
        self.ended = threading.Event()
        self.ending = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, call: Callable[["Load"], None], copies: int = 1) -> None:
        for _ in range(copies):
            self._threads.append(threading.Thread(target=self._run, args=(call,)))
            self._threads[-1].start()

    def _run(self, call: Callable[["Load"], None]) -> None:
        try:
            while not self.ended.is_set():
                call(self)
                self.calls += 1
        except OSError as failure:
            if not self.ending.is_set():
                self.wrong.append(failure)
        except Exception as failure:
            self.wrong.append(failure)

    def join(self) -> None:
        self.ended.set()
        for thread in self._threads:
            thread.join()


@pytest.fixture
def collector() -> Any:
    one = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=one.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{one.server_port}"
    one.shutdown()
    thread.join()
    one.server_close()


@pytest.mark.parametrize("batches", [(), ("--batch-rows", "8", "--batch-wait", "500")])
def test_everything_at_once(
    start: Callable[..., Server],
    policy: zs.Policy,
    other: zs.Policy,
    collector: str,
    tmp_path: Path,
    batches: tuple[str, ...],
) -> None:
    server = start(
        *("--threads", "4", "--cache", "64", "--request-time", "1000", "--log-every", "50"),
        *("--tenant", f"second={tmp_path / 'second'}", "--report-every", "20", *batches),
        environment={
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector,
            "OTEL_METRIC_EXPORT_INTERVAL": "100",
        },
    )
    expected = {
        (one.digest, key): bits(dict(one.pipeline.transform_row(ROW, key=key)))
        for one in (policy, other)
        for key in range(50)
    }
    table = records(rides(60))
    chance = random.Random(5)
    known = {200, 503}  # the second: too many administrators' requests wait

    def rows(load: Load) -> None:
        client = load.server.client()
        for key in range(25):
            got = (
                client.row(ROW, key=key)
                if key % 2
                else client.request(
                    "POST", "/v1/transform", json.dumps({"row": ROW, "key": key}), TRACE
                )
            )
            right = got.status == 200 and got.json["policy"] == got.policy
            if not right or bits(got.json["row"]) != expected[str(got.policy), key]:
                load.wrong.append(got)
            if got.headers.get("Connection") == "close":
                break
        client.close()

    def tables(load: Load) -> None:
        client = load.server.client()
        for got in (client.rows(table), client.invoke(json.dumps({"instances": table}))):
            if got.status != 200:
                load.wrong.append(got)
            if got.headers.get("Connection") == "close":
                break
        client.close()

    def mistakes(load: Load) -> None:
        with socket.create_connection(("127.0.0.1", load.server.port), 10) as one:
            one.sendall(
                chance.choice(
                    [
                        b"\0\0\r\n\r\n",
                        b"POST /v1/transform HTTP/1.1\r\nHost: x\r\n",
                        b"POST /invocations HTTP/1.1\r\nContent-Length: 5\r\n\r\n[[[[[",
                    ]
                )
            )
            if chance.random() < 0.5:
                with contextlib.suppress(ConnectionError):
                    one.recv(1000)

    def slow(load: Load) -> None:
        with socket.create_connection(("127.0.0.1", load.server.port), 10) as one:
            for byte in b"POST /v1/transform HTTP/1.1\r\n":
                try:
                    one.sendall(bytes([byte]))
                except OSError:
                    return  # told so, and shut out
                if load.ended.wait(0.05):
                    return

    def looks(load: Load) -> None:
        client = load.server.client()
        for path in ("/metrics", "/v1/profile", "/v1/monitor", "/v1/policy", "/readyz"):
            got = client.get(path, token=TOKEN)
            if got.status not in known:
                load.wrong.append(got)
            if got.headers.get("Connection") == "close":
                break
        client.close()

    def changes(load: Load) -> None:
        client = load.server.client()
        for verb, body, query in (
            ("load", other, {"role": "canary", "weight": "0.5"}),
            ("load", other, {"role": "shadow"}),
            ("promote", None, {}),
            ("load", policy, {}),
            ("rollback", None, {}),
            ("load", policy, {"tenant": "second"}),
            ("clear", None, {}),
        ):
            got = client.admin(verb, None if body is None else body.to_json(), **query)
            if got.status not in known | {404}:  # there may be none to promote
                load.wrong.append(got)
            if got.headers.get("Connection") == "close":
                break
        client.close()

    load = Load(server)
    load.start(rows, 4)
    load.start(tables)
    load.start(mistakes)
    load.start(slow, 4)
    load.start(looks, 2)
    load.start(changes)
    hammer = None
    if wrk := shutil.which("wrk"):
        script = tmp_path / "row.lua"
        script.write_text(
            'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
            f"wrk.body = '{json.dumps({'row': ROW})}'\n"
        )
        url = f"http://127.0.0.1:{server.port}/v1/transform"
        hammer = subprocess.Popen(
            [wrk, "-t1", "-c8", "-d2", "--timeout", "20s", "-s", str(script), url],
            stdout=subprocess.PIPE,
            text=True,
        )
    time.sleep(3)
    assert server.process.poll() is None, (server.process.poll(), server.other)
    if hammer is not None:
        said, _ = hammer.communicate()
        assert "Non-2xx" not in said, said
        assert "Socket errors" not in said, said
    load.ending.set()  # who connects from now on may find nobody
    server.process.terminate()
    assert server.process.wait(60) == 0
    load.join()
    assert not load.wrong, load.wrong[:5]
    assert load.calls > 10
    assert [line["event"] for line in server.log][-1] == "stopped"
