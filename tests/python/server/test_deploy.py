"""What is deployed is valid by its own tools, and names what the server really has."""

import copy
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import grafana_foundation_sdk.cog.plugins as grafana_panels
import kubernetes_validate
import pytest
import yaml
from cloudcoil.models.istio.networking import v1 as istio
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard
from serving import ROOT, Client, Server, binary

import zeroskew as zs

DEPLOY = ROOT / "examples/deploy"


def lost(given: Any, kept: Any, path: str = "") -> list[str]:
    """What a tool's own model of a document has no place for, or holds otherwise."""
    if isinstance(given, dict) and isinstance(kept, dict):
        return [
            one for name in given for one in lost(given[name], kept.get(name), f"{path}/{name}")
        ]
    if isinstance(given, list) and isinstance(kept, list) and len(given) == len(kept):
        return [one for i in range(len(given)) for one in lost(given[i], kept[i], f"{path}/{i}")]
    return [] if given == kept and type(given) is type(kept) else [path]


def run(program: str, *arguments: str, given: bytes | None = None) -> str:
    """What a tool says that finds nothing wrong."""
    done = subprocess.run(
        [program, *arguments], cwd=DEPLOY, input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return (done.stdout + done.stderr).decode()


def documents(name: str) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all((DEPLOY / name).read_text()) if one]


def of_kind(name: str, kind: str) -> dict[str, Any]:
    [one] = [one for one in documents(name) if one["kind"] == kind]
    return one


def test_manifests_are_what_kubernetes_takes() -> None:
    for one in documents("kubernetes/server.yaml"):
        kubernetes_validate.validate(one, "1.29", strict=True)
    wrong = of_kind("kubernetes/server.yaml", "Deployment")
    wrong["spec"]["replicas"] = "two"
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, "1.29", strict=True)


def test_the_deployment_names_what_there_is(client: Client) -> None:
    deployment = of_kind("kubernetes/server.yaml", "Deployment")
    assert deployment["spec"]["replicas"] == 3
    pod = deployment["spec"]["template"]["spec"]
    [container] = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    shown = subprocess.run([binary(), "--help"], capture_output=True, text=True, check=True).stdout
    for argument in container["args"]:
        assert not argument.startswith("--") or argument in shown
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert client.get(container[probe]["httpGet"]["path"]).status == 200
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"].items() <= labels.items()
    service = of_kind("kubernetes/server.yaml", "Service")
    assert service["spec"]["selector"].items() <= labels.items()
    assert service["spec"]["ports"][0]["targetPort"] in {
        port["name"] for port in container["ports"]
    }
    scaler = of_kind("kubernetes/server.yaml", "HorizontalPodAutoscaler")
    assert scaler["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
    assert scaler["spec"]["minReplicas"] == 3
    # Pods have time to drain before they are killed.
    times = dict(zip(container["args"], container["args"][1:], strict=False))
    milliseconds = int(times["--drain-delay"]) + int(times["--grace"])
    assert milliseconds / 1000 < pod["terminationGracePeriodSeconds"]


def test_routes_are_what_istio_takes() -> None:
    """By the models that are generated from Istio's own resource definitions."""

    def faults(one: dict[str, Any]) -> list[str]:
        made = getattr(istio, one["kind"]).model_validate(one)
        return lost(one, json.loads(made.model_dump_json(by_alias=True, exclude_unset=True)))

    for one in documents("istio/routing.yaml"):
        assert faults(one) == []
    wrong = of_kind("istio/routing.yaml", "VirtualService")
    wrong["spec"]["http"][1]["mirrorShare"] = wrong["spec"]["http"][1].pop("mirrorPercentage")
    wrong["spec"]["http"][0]["timeouts"] = "2s"
    assert faults(wrong) == ["/spec/http/0/timeouts", "/spec/http/1/mirrorShare"]
    wrong["spec"]["http"][1]["route"][0]["weight"] = "most"
    with pytest.raises(ValueError, match="weight"):
        faults(wrong)


def test_istio_routes_to_what_there_is() -> None:
    rule, routes = (
        of_kind("istio/routing.yaml", kind) for kind in ("DestinationRule", "VirtualService")
    )
    subsets = {subset["name"]: subset["labels"] for subset in rule["spec"]["subsets"]}
    service = of_kind("kubernetes/server.yaml", "Service")["metadata"]
    host = f"{service['name']}.{service['namespace']}.svc.cluster.local"
    assert rule["spec"]["host"] == host
    assert routes["spec"]["hosts"] == [host]
    for route in routes["spec"]["http"]:
        targets = [one["destination"] for one in route["route"]] + [
            route[name] for name in ("mirror",) if name in route
        ]
        assert all(one["host"] == host and one["subset"] in subsets for one in targets)
        weights = [one["weight"] for one in route["route"] if "weight" in one]
        assert sum(weights) == 100 or (not weights and len(route["route"]) == 1)
    labels = of_kind("kubernetes/server.yaml", "Deployment")["spec"]["template"]["metadata"][
        "labels"
    ]
    assert subsets["stable"].items() <= labels.items()


def exposed(tmp_path: Path, policy: zs.Policy) -> set[str]:
    """The names of the samples of a server that has a canary and has seen rows."""
    policy.save(tmp_path / "policy.json")
    with Server("--policy", tmp_path / "policy.json") as server:
        one = server.client()
        one.row({"fare": 1.0, "kind": "gold"})
        from test_routes import wait_for

        wait_for(lambda: any("feature_anomalous" in name for name in one.metrics()))
        return {name.partition("{")[0] for name in one.metrics()}


def test_rules_and_dashboard_ask_for_metrics_that_there_are(
    tmp_path: Path, policy: zs.Policy
) -> None:
    names = exposed(tmp_path, policy)
    rules = [
        rule for group in documents("prometheus/rules.yaml")[0]["groups"] for rule in group["rules"]
    ]
    recorded = {rule["record"] for rule in rules if "record" in rule}
    dashboard = json.loads((DEPLOY / "grafana/dashboard.json").read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    for expression in [rule["expr"] for rule in rules] + queries:
        asked = set(re.findall(r"zeroskew[a-z0-9_:]*", expression))
        assert asked
        assert asked <= names | recorded, expression


def test_the_exposition_is_well_formed(client: Client) -> None:
    """Each name is described once, before its samples, as text format 0.0.4 wants it."""
    client.row({"fare": 1.0, "kind": "card"})
    described: set[str] = set()
    sample = re.compile(r'[a-z_]+(\{([a-z_]+="([^"\\\n]|\\.)*",?)*\})? (NaN|[+-]Inf|[-+0-9.e]+)')
    for line in client.get("/metrics").body.decode().splitlines():
        if line.startswith("# TYPE "):
            name = line.split()[2]
            assert name not in described
            described.add(name)
        elif not line.startswith("#"):
            assert sample.fullmatch(line), line
            name = line.split("{")[0].split(" ")[0]
            assert name in described or re.sub("_(bucket|sum|count)$", "", name) in described
    run("promtool", "check", "metrics", given=client.get("/metrics").body)


def test_rules_pass_their_own_tests() -> None:
    rules = documents("prometheus/rules.yaml")[0]
    for rule in rules["groups"][0]["rules"]:
        assert "record" in rule or {"severity"} == set(rule["labels"])
    assert "10 rules found" in run("promtool", "check", "rules", "prometheus/rules.yaml")
    assert "SUCCESS" in run("promtool", "test", "rules", "prometheus/rules_test.yaml")
    run("promtool", "check", "config", "prometheus/prometheus.yaml")


def test_the_dashboard_is_what_grafana_takes() -> None:
    """By Grafana's own kit of what a dashboard and its panels are made of."""
    grafana_panels.register_default_plugins()

    def faults(one: dict[str, Any]) -> list[str]:
        return lost(one, json.loads(JSONEncoder().encode(Dashboard.from_json(one))))

    dashboard = json.loads((DEPLOY / "grafana/dashboard.json").read_text())
    assert faults(dashboard) == []
    wrong = copy.deepcopy(dashboard)
    wrong["panels"][0]["titel"] = wrong["panels"][0].pop("title")
    wrong["panels"][1]["targets"][0]["query"] = "up"
    assert faults(wrong) == ["/panels/0/titel", "/panels/1/targets/0/query"]


def test_every_query_of_the_dashboard_is_promql(tmp_path: Path) -> None:
    dashboard = json.loads((DEPLOY / "grafana/dashboard.json").read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    # As Grafana fills them in.
    filled = [re.sub(r"\$__\w+", "5m", query) for query in queries]
    filled = [re.sub(r"\$\w+", "x", query) for query in filled]
    rules = [{"record": f"panel:query:{i}", "expr": query} for i, query in enumerate(filled)]
    group = {"groups": [{"name": "dashboard", "rules": rules}]}
    (tmp_path / "rules.yaml").write_text(json.dumps(group))
    found = run("promtool", "check", "rules", str(tmp_path / "rules.yaml"))
    assert f"{len(queries)} rules found" in found


def test_the_dashboard_is_the_one_that_is_made() -> None:
    dashboard = json.loads((DEPLOY / "grafana/dashboard.json").read_text())
    assert dashboard == runpy.run_path(str(DEPLOY / "grafana/make_dashboard.py"))["dashboard"]()
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in dashboard["panels"]}
    assert (
        len(places)
        == len(dashboard["panels"])
        == len({panel["id"] for panel in dashboard["panels"]})
    )


def test_the_container_file_is_as_it_should_be() -> None:
    hadolint = str(Path(sys.executable).parent / "hadolint")
    # Packages get the distribution's security updates, so their versions are not pinned.
    assert run(hadolint, "--ignore", "DL3008", "Containerfile") == ""
    wrong = subprocess.run(
        [hadolint, "-"],
        input=b"FROM debian\nRUN cd /src\n",
        capture_output=True,
        check=False,
    )
    assert b"DL3006" in wrong.stdout
    assert b"DL3003" in wrong.stdout


def test_the_container_runs_what_is_built() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    words = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines if line[:1].isupper()}
    assert words["EXPOSE"] == "8080"
    assert int(words["USER"].split(":")[0]) > 0
    [program] = json.loads(words["ENTRYPOINT"])
    assert any(line.startswith("COPY --from=build") and line.endswith(program) for line in lines)
    packages = re.findall(
        r"[a-z0-9+-]+", (ROOT / "dev").read_text().partition("packages='")[2].partition("'")[0]
    )
    built = re.findall(r"[a-z0-9+-]+", "".join(lines[3:6]))
    assert {name for name in built if name.endswith("-dev")} <= set(packages)
