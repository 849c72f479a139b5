"""The routes that SageMaker, Vertex AI, Kubernetes, Prometheus and people expect."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import make, rides
from serving import Client, Server, binary

import zeroskew as zs

ROW = {"fare": 3.5, "hour": 4, "kind": "card"}


def test_health(client: Client) -> None:
    for path in ("/ping", "/healthz", "/readyz"):
        assert client.get(path).status == 200
        head = client.request("HEAD", path)
        assert (head.status, head.body) == (200, b"")
        assert client.request("POST", path).status == 405
    assert client.get("/nothing").error == "server.route"
    assert client.get("/v1/transform").status == 405
    assert client.get("/v1/transform").headers["Allow"] == "POST"


def test_routes_and_port_of_vertex(tmp_path: Path, policy: zs.Policy) -> None:
    policy.save(tmp_path / "policy.json")
    routes = {
        "AIP_HEALTH_ROUTE": "/health/7",
        "AIP_PREDICT_ROUTE": "/v1/models/m:predict",
        "AIP_HTTP_PORT": "1",
    }
    with Server("--policy", tmp_path / "policy.json", environment=routes) as server:
        client = server.client()
        assert client.get("/health/7").status == 200
        got = client.request("POST", "/v1/models/m:predict", json.dumps({"instances": [ROW, ROW]}))
        assert len(got.json["predictions"]) == 2


def test_sagemaker_starts_it_with_a_word() -> None:
    done = subprocess.run(
        [binary(), "serve", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"zeroskew {zs.__version__}\n")


def test_metrics_add_up(start: Callable[..., Server]) -> None:
    server = start("--threads", "4")
    data = rides(400, seed=3)
    for first in range(0, 400, 40):
        client = server.client()
        rows = [
            {name: column[at].item() for name, column in data.items()}
            for at in range(first, first + 40)
        ]
        assert client.rows(rows).status == 200
        client.close()
    client = server.client()
    client.row({"fare": "much"})
    client.row({**ROW, "never seen": 1})
    samples = client.metrics()
    assert samples["zeroskew_rows_total"] == 402
    assert samples["zeroskew_rows_failed_total"] == 1
    assert samples["zeroskew_cells_unknown_total"] == 1
    assert samples['zeroskew_requests_total{route="transform",status="2xx"}'] == 11
    assert samples['zeroskew_requests_total{route="transform",status="4xx"}'] == 1
    assert samples['zeroskew_request_seconds_count{route="transform"}'] == 12
    assert samples['zeroskew_request_seconds_bucket{route="transform",le="+Inf"}'] == 12
    where = 'tenant="default",role="stable"'
    wait_for(lambda: client.metrics().get(f"zeroskew_monitor_rows{{{where}}}") == 402)
    samples = client.metrics()
    assert samples[f'zeroskew_policy_info{{{where},digest="{make().digest}"}}'] == 1
    fare = f'{where},feature="fare"'
    mean = (sum(data["fare"]) + 3.5) / 401
    assert abs(samples[f"zeroskew_feature_mean{{{fare}}}"] - mean) < 1e-9 * mean
    quantile = f'zeroskew_feature_quantile{{{fare},quantile="0.5",bound='
    median = sorted(data["fare"])[200]
    assert samples[f'{quantile}"lo"}}'] <= median <= samples[f'{quantile}"hi"}}']


def test_snapshots_of_two_servers_add_up(start: Callable[..., Server], policy: zs.Policy) -> None:
    whole, central = policy.monitor(), policy.monitor()
    for at in range(2):
        server = start(store=f"store{at}")
        data = rides(200, seed=at)
        whole.record(data)
        client = server.client()
        client.rows([{name: column[i].item() for name, column in data.items()} for i in range(200)])
        central.absorb(client.get("/v1/profile").body.decode())
    assert central.report().to_json() == whole.report().to_json()


def test_tenants_have_policies_of_their_own(
    tmp_path: Path, policy: zs.Policy, other: zs.Policy
) -> None:
    zs.PolicyStore(tmp_path / "a").deploy(policy)
    zs.PolicyStore(tmp_path / "b").deploy(other)
    with Server(
        "--store",
        tmp_path / "a",
        "--tenant",
        f"b={tmp_path / 'b'}",
        "--tenant",
        f"c={tmp_path / 'c'}",
    ) as one:
        assert one.client().row(ROW).policy == policy.digest
        assert one.client("b").row(ROW).policy == other.digest
        assert (
            one.client().request("POST", "/v1/transform?tenant=b", json.dumps({"row": ROW})).policy
            == other.digest
        )
        got = one.client("c").row(ROW)
        assert (got.status, got.error) == (503, "server.no_policy")
        assert one.client("d").row(ROW).error == "server.tenant"
        assert one.client("c").admin("load", policy.to_json()).status == 200
        assert one.client("c").row(ROW).policy == policy.digest


def test_a_server_without_a_policy_is_not_ready(tmp_path: Path, policy: zs.Policy) -> None:
    with Server("--store", tmp_path / "store") as server:
        client = server.client()
        assert client.get("/healthz").status == 200
        assert client.get("/readyz").status == client.get("/ping").status == 503
        client.admin("load", policy.to_json())
        assert client.get("/readyz").status == 200


def test_trace_context_goes_on(start: Callable[..., Server]) -> None:
    collector = Collector()
    server = start(
        "--log-every", "1", environment={"OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint}
    )
    client = server.client()
    trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"

    def traced(header: str) -> str | None:
        body = json.dumps({"row": ROW})
        return client.request("POST", "/v1/transform", body, {"traceparent": header}).headers.get(
            "traceparent"
        )

    given = traced(f"00-{trace}-{parent}-01")
    assert given is not None
    version, same, span, flags = given.split("-")
    assert (version, same, flags) == ("00", trace, "01")
    assert span != parent
    assert traced(f"00-{trace}-{parent}-00") is not None  # goes on, and is not exported
    assert traced(f"cc-{trace}-{parent}-01-what is to come") is not None
    for wrong in (
        f"00-{'0' * 32}-{parent}-01",
        f"00-{trace}-{'0' * 16}-01",
        f"ff-{trace}-{parent}-01",
        f"00-{trace.upper()}-{parent}-01",
        f"00-{trace}-{parent}-01-more",
        "00",
    ):
        assert traced(wrong) is None
    wait_for(lambda: len(collector.spans()) == 2)
    first = collector.spans()[0]
    assert (first["traceId"], first["parentSpanId"], first["spanId"]) == (trace, parent, span)
    assert int(first["endTimeUnixNano"]) >= int(first["startTimeUnixNano"]) > 1.7e18
    assert any(line.get("trace_id") == trace for line in server.events("request"))
    collector.close()


class Collector:
    """Takes spans as an OpenTelemetry collector does."""

    def __init__(self) -> None:
        import threading
        from http.server import BaseHTTPRequestHandler, HTTPServer

        self.bodies: list[dict[str, Any]] = []
        bodies = self.bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def spans(self) -> list[dict[str, Any]]:
        return [
            span
            for body in self.bodies
            for resource in body["resourceSpans"]
            for scope in resource["scopeSpans"]
            for span in scope["spans"]
        ]

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def wait_for(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    import time

    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
