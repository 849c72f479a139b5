"""A server for a test, and the thin client that talks to it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import threading
import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "a token for tests"


def binary() -> Path:
    """The newest server that was built, or the one that ZEROSKEW_SERVER names."""
    if named := os.environ.get("ZEROSKEW_SERVER"):
        return Path(named)
    built = [
        *ROOT.glob("build/examples/server/zeroskew-server"),
        *ROOT.glob("build/*/examples/server/zeroskew-server"),
    ]
    assert built, (
        "no server: build the target zeroskew_server"
        " (./dev test does, where libboost-dev is installed)"
    )
    return max(built, key=lambda path: path.stat().st_mtime)


class Answer:
    """What the server answered."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        return str(self.json["error"]["id"])

    @property
    def policy(self) -> str | None:
        return self.headers.get("X-Zeroskew-Policy")

    def __repr__(self) -> str:
        return f"<{self.status} {self.body[:300]!r}>"


class Client:
    """One connection. Not for several threads."""

    def __init__(self, port: int, tenant: str = "") -> None:
        self._port = port
        self._tenant = tenant
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        given = {"Content-Type": "application/json", **(headers or {})}
        if self._tenant:
            given["X-Zeroskew-Tenant"] = self._tenant
        sent = body.encode() if isinstance(body, str) else body
        self._connection.request(method, path, sent, given)
        got = self._connection.getresponse()
        return Answer(got.status, got.headers, got.read())

    def get(self, path: str, token: str = "") -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.request("GET", path, headers=headers)

    def row(
        self, row: Mapping[str, Any], key: int | str | None = None, epoch: int | None = None
    ) -> Answer:
        more = {} if key is None else {"key": key}
        more |= {} if epoch is None else {"epoch": epoch}
        return self.request("POST", "/v1/transform", json.dumps({"row": row, **more}))

    def rows(
        self, rows: Sequence[Mapping[str, Any]], keys: Sequence[int | str] | None = None
    ) -> Answer:
        more = {} if keys is None else {"keys": list(keys)}
        return self.request("POST", "/v1/transform", json.dumps({"rows": list(rows), **more}))

    def invoke(self, body: bytes | str, content_type: str = "application/json") -> Answer:
        return self.request("POST", "/invocations", body, {"Content-Type": content_type})

    def admin(self, verb: str, body: str | None = None, token: str = TOKEN, **query: Any) -> Answer:
        path = f"/v1/policy/{verb}?{urllib.parse.urlencode(query)}"
        return self.request("POST", path, body, {"Authorization": f"Bearer {token}"})

    def metrics(self) -> dict[str, float]:
        """Each sample of the exposition, by its name and labels."""
        text = self.get("/metrics").body.decode()
        samples = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                samples[name] = float(value)
        return samples

    def close(self) -> None:
        self._connection.close()


class Server:
    """A server on a free port of this machine; ends with the block."""

    def __init__(
        self,
        *arguments: str | Path,
        environment: Mapping[str, str] | None = None,
        limit: int | None = None,
    ):
        options = [
            "--port",
            "0",
            "--address",
            "127.0.0.1",
            "--threads",
            "2",
            "--report-every",
            "100",
        ]
        command = [str(binary()), *options, *map(str, arguments)]
        # The size of files is limited by a shell, so that the limit binds the server alone.
        if limit is not None:
            command = ["sh", "-c", f'ulimit -f {limit}; exec "$@"', "sh", *command]
        self.process = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"ZEROSKEW_ADMIN_TOKEN": TOKEN} | dict(environment or {}),
        )
        self._clients: list[Client] = []
        self.log: list[dict[str, Any]] = []
        self.other: list[str] = []
        self._listening = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            try:
                self.log.append(json.loads(line))
            except ValueError:
                self.other.append(line)
            if '"listening"' in line:
                self._listening.set()
        self._listening.set()

    @property
    def port(self) -> int:
        self._listening.wait(60)
        ports = [line["port"] for line in self.log if line["event"] == "listening"]
        assert ports, self.other
        return int(ports[0])

    def client(self, tenant: str = "") -> Client:
        """A client of its own for the caller; closed with the server at the latest."""
        self._clients.append(Client(self.port, tenant))
        return self._clients[-1]

    def events(self, name: str) -> list[dict[str, Any]]:
        return [line for line in self.log if line["event"] == name]

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self._reader.join(60)
        assert self.process.stderr is not None
        self.process.stderr.close()
        for client in self._clients:
            client.close()
        return code

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        code = self.stop()
        assert code in (0, -signal.SIGKILL), (code, self.other)
        reports = [line for line in self.other if re.search("Sanitizer|runtime error", line)]
        assert not reports, "".join(self.other)
