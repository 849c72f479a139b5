"""The routes that SageMaker, Vertex AI, Kubernetes, Prometheus and people expect."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import make, rides
from serving import TOKEN, Client, Server, binary

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
    quantile = f'zeroskew_feature_quantile{{{fare},q="0.5",bound='
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
        central.absorb(client.get("/v1/monitor").body.decode())
    assert central.report().to_json() == whole.report().to_json()


def test_profiles_of_two_servers_merge_into_that_of_all_rows(
    start: Callable[..., Server], policy: zs.Policy
) -> None:
    """What was served, with full statistics, as one machine would have profiled it."""
    data = rides(1500, seed=4)
    rows = [{name: column[at].item() for name, column in data.items()} for at in range(1500)]
    pieces = []
    for at in range(2):
        server = start("--threads", "3", store=f"store{at}")
        own = rows[at * 700 : at * 700 + 700 + at * 100]
        clients = [server.client() for _ in range(5)]
        for first in range(0, len(own), 100):
            clients[first // 100 % 5].rows(own[first : first + 60])
            for row in own[first + 60 : first + 100]:
                clients[first // 100 % 5].row(row, key=first % 3)
        client = server.client()
        closed, opened = client.get("/v1/profile"), client.get("/v1/profile", token=TOKEN)
        assert closed.policy == opened.policy == policy.digest
        # Whoever has no token gets every number, and no raw text of anybody's row.
        redacted = zs.Profile.from_bytes(closed.body)
        piece = zs.Profile.from_bytes(opened.body)
        assert redacted.digest == piece.digest
        assert b"cash" in opened.body
        assert b"cash" not in closed.body
        pieces.append(piece)
    served = zs.merge(pieces)
    whole = zs.profile(data)
    assert served.rows == 1500
    assert served == whole
    assert served.digest == whole.digest
    assert served["fare"].mean == whole["fare"].mean
    assert served["kind"].top(3) == whole["kind"].top(3)
    assert zs.merge([policy.baseline, served]).rows == 2000
    assert not zs.compare(policy.baseline, served).drifted


def test_cells_of_another_type_are_missing_in_the_profile(start: Callable[..., Server]) -> None:
    client = start().client()
    client.rows([ROW, {"fare": 3, "hour": 4.0, "kind": "card"}, {"hour": 1.5, "kind": 7}])
    client.row({"fare": "NaN", "hour": True})
    served = zs.Profile.from_bytes(client.get("/v1/profile").body)
    assert served.rows == 4
    fare, hour, kind = (served[name] for name in ("fare", "hour", "kind"))
    assert (fare.count, fare.missing, fare.nan, fare.sum) == (3, 1, 1, 6.5)
    assert (hour.count, hour.missing, hour.sum) == (2, 2, 8)
    assert (kind.count, kind.missing) == (2, 2)


def test_a_reload_starts_a_profile_of_its_own(
    start: Callable[..., Server], policy: zs.Policy, other: zs.Policy
) -> None:
    client = start().client()
    client.row(ROW)
    client.admin("load", other.to_json(), role="shadow")
    client.row(ROW)
    client.rows([ROW, ROW])
    wait_for(lambda: client.metrics()["zeroskew_shadow_rows_total"] == 3)
    assert zs.Profile.from_bytes(client.get("/v1/profile?role=shadow").body).rows == 3
    assert client.get("/v1/profile?role=canary").error == "server.no_policy"
    assert zs.Profile.from_bytes(client.get("/v1/profile").body).rows == 4
    client.admin("load", other.to_json())
    assert zs.Profile.from_bytes(client.get("/v1/profile").body).rows == 0


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


def test_metrics_go_to_the_collector(start: Callable[..., Server]) -> None:
    """The same numbers as Prometheus reads, as OpenTelemetry's own messages."""
    collector = Collector()
    server = start(
        environment={
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint,
            "OTEL_METRIC_EXPORT_INTERVAL": "100",
            "OTEL_SERVICE_NAME": "fares",
        }
    )
    client = server.client()
    for key in range(7):
        client.row(ROW, key=key)
    mean = 'zeroskew_feature_mean{tenant="default",role="stable",feature="fare"}'
    wait_for(lambda: mean in collector.metrics())
    assert collector.metrics()["zeroskew_rows_total"] == 7
    expected = client.metrics()
    found = collector.metrics()
    for name in (
        'zeroskew_requests_total{route="transform",status="2xx"}',
        'zeroskew_request_seconds_count{route="transform"}',
        'zeroskew_request_seconds_bucket{route="transform",le="+Inf"}',
        mean,
        'zeroskew_feature_drifted{tenant="default",role="stable",feature="kind"}',
    ):
        assert found[name] == expected[name], name
    # Only what these two requests do themselves may differ.
    told = {name for name in expected if 'route="metrics"' not in name and "_bucket" not in name}
    assert told <= set(found)
    [resource] = collector.bodies["/v1/metrics"][-1]["resourceMetrics"]
    names = {one["key"]: one["value"]["stringValue"] for one in resource["resource"]["attributes"]}
    assert names["service.name"] == "fares"
    assert names["service.instance.id"].endswith(f":{server.process.pid}")
    # The last ones are sent when the server ends.
    client.row(ROW)
    server.stop()
    assert collector.metrics()["zeroskew_rows_total"] == 8
    collector.close()


class Collector:
    """Takes spans and metrics as an OpenTelemetry collector does."""

    def __init__(self) -> None:
        import threading
        from http.server import BaseHTTPRequestHandler, HTTPServer

        self.bodies: dict[str, list[dict[str, Any]]] = {"/v1/traces": [], "/v1/metrics": []}
        bodies = self.bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                bodies[self.path].append(body)
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
            for body in self.bodies["/v1/traces"]
            for resource in body["resourceSpans"]
            for scope in resource["scopeSpans"]
            for span in scope["spans"]
        ]

    def metrics(self) -> dict[str, float]:
        """The latest ones, as Prometheus would write them."""
        samples: dict[str, float] = {}
        if not self.bodies["/v1/metrics"]:
            return samples
        [resource] = self.bodies["/v1/metrics"][-1]["resourceMetrics"]
        [scope] = resource["scopeMetrics"]
        for metric in scope["metrics"]:
            [kind] = {"sum", "gauge", "histogram"} & set(metric)
            assert kind == "gauge" or metric[kind]["aggregationTemporality"] == 2
            assert metric.get("sum", {}).get("isMonotonic", True)
            for point in metric[kind]["dataPoints"]:
                assert int(point["timeUnixNano"]) >= int(point["startTimeUnixNano"]) > 1.7e18
                labels = [(one["key"], one["value"]["stringValue"]) for one in point["attributes"]]

                def put(suffix: str, value: float, *more: tuple[str, str]) -> None:
                    text = ",".join(f'{name}="{label}"' for name, label in [*labels, *more])  # noqa: B023
                    name = metric["name"] + suffix  # noqa: B023
                    samples[f"{name}{{{text}}}" if text else name] = value

                if kind != "histogram":
                    put("", float(point.get("asDouble", point.get("asInt"))))
                    continue
                put("_sum", float(point["sum"]))
                put("_count", float(point["count"]))
                below = 0.0
                bounds = [*map(str, point["explicitBounds"]), "+Inf"]
                for bound, count in zip(bounds, point["bucketCounts"], strict=True):
                    below += int(count)
                    put("_bucket", below, ("le", bound))
        return samples

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
