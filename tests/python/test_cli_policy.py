"""Policies from a shell: fitted, applied, verified, gated, deployed and rolled back."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import zeroskew as zs
from zeroskew.cli import main


def rides(rows: int = 600, seed: int = 1, shift: float = 0.0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "fare": random.gamma(2.0, 6.0, rows).round(2) + shift,
            "kind": random.choice(["cash", "card", "free"], rows, p=[0.5, 0.4, 0.1]),
        }
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with data, a pipeline and a policy fitted on the data."""
    monkeypatch.chdir(tmp_path)
    rides().to_csv("rides.csv", index=False)
    rides(seed=2).to_csv("next.csv", index=False)
    rides(seed=3, shift=9.0).to_csv("dear.csv", index=False)
    zs.Pipeline([zs.Standardize("fare"), zs.OneHot("kind")], seed=7).save("pipeline.json")
    Path("settings.json").write_text(
        json.dumps(
            {
                "rules": [{"column": "fare", "measure": "psi", "threshold": 0.2}],
                "guards": [{"measure": "drifted", "limit": 0}],
                "fallback": {"action": "pass_through", "budget": 0.2},
            }
        )
    )
    fit = [
        "fit",
        "pipeline.json",
        "rides.csv",
        "-o",
        "policy.json",
        "--settings",
        "settings.json",
        "--who",
        "ada",
    ]
    assert main(fit) == 0
    return tmp_path


def test_fit_and_apply_give_the_bits_of_the_library(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = zs.Policy.load("policy.json")
    assert (
        main(
            [
                "fit",
                "pipeline.json",
                "rides.csv",
                "-o",
                "again.json",
                "--when",
                policy.provenance["when"],
            ]
        )
        == 0
    )
    assert zs.Policy.load("again.json").digest in capsys.readouterr().out
    assert (
        zs.Policy.load("again.json").pipeline
        == policy.pipeline
        == zs.Pipeline.load("pipeline.json").fit("rides.csv")
    )
    assert policy.provenance["who"] == "ada"
    assert policy.provenance["data"] == {"rides.csv": zs.profile("rides.csv").digest}
    assert policy.fallback["action"] == "pass_through"
    assert policy.fallback["budget"] == 0.2
    expected = policy.pipeline.transform("next.csv")
    for name in ("out.parquet", "out.arrow", "out.csv", "out.jsonl"):
        assert main(["apply", "policy.json", "next.csv", "-o", name]) == 0
        assert zs.profile(name).digest == zs.profile(expected).digest or not name.endswith(
            ("parquet", "arrow")
        )
        assert zs.profile(name)["fare"].sum == zs.profile(expected)["fare"].sum
    assert main(["apply", "policy.json", "next.csv", "-o", "out.xml"]) == 2
    assert "cli.format" in capsys.readouterr().err


def test_verify_says_what_it_is_and_refuses_what_was_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policy", "verify", "policy.json"]) == 0
    shown = capsys.readouterr().out
    for word in ("by ada", "600 rows", "pass_through", "golden rows to the bit"):
        assert word in shown
    assert main(["policy", "verify", "policy.json", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["digest"] == zs.Policy.load("policy.json").digest
    Path("policy.json").write_text(
        Path("policy.json").read_text().replace('"limit":0', '"limit":1')
    )
    assert main(["policy", "verify", "policy.json"]) == 2
    assert "policy.digest" in capsys.readouterr().err


def test_diff_tells_the_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["fit", "pipeline.json", "dear.csv", "-o", "other.json", "--parent", "policy.json"])
        == 0
    )
    assert main(["policy", "diff", "policy.json", "policy.json"]) == 0
    assert "no change" in capsys.readouterr().out
    assert main(["policy", "diff", "policy.json", "other.json"]) == 1
    assert "standardize" in capsys.readouterr().out
    assert main(["policy", "diff", "policy.json", "other.json", "--json", "-"]) == 1
    parts = {change["part"] for change in json.loads(capsys.readouterr().out)}
    assert {"pipeline", "baseline", "rules", "guards", "fallback", "golden", "provenance"} <= parts


def test_a_gate_opens_for_what_fits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["policy", "gate", "policy.json", "next.csv", "--current", "policy.json"]
    assert main([*command, "--group", "kind", "--max-latency", "100000"]) == 0
    shown = capsys.readouterr().out
    for word in (
        "golden rows",
        "anomalies",
        "drifted",
        "drift introduced",
        "fairness: refused by kind",
        "latency",
    ):
        assert word in shown
    assert "fit to serve" in shown
    assert main([*command, "--max-latency", "0.001"]) == 1
    assert "1 of" in capsys.readouterr().out


def test_a_gate_stays_shut_for_drift(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "gate", "policy.json", "dear.csv", "--json", "-"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert not result["passed"]
    assert "drifted" in [check["name"] for check in result["checks"] if not check["passed"]]


def test_a_gate_finds_the_drift_that_a_candidate_introduces(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = zs.Pipeline([zs.Standardize("fare"), zs.OneHot("kind")], seed=7).fit(
        rides(seed=3, shift=9.0)
    )
    good = zs.Policy.load("policy.json")
    zs.Policy(schema=good.schema, pipeline=wrong, baseline=good.baseline).save("wrong.json")
    assert main(["policy", "gate", "wrong.json", "next.csv"]) == 0
    capsys.readouterr()
    assert (
        main(
            ["policy", "gate", "wrong.json", "next.csv", "--current", "policy.json", "--json", "-"]
        )
        == 1
    )
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert not checks["drift introduced"]["passed"]
    assert "(fare)" in checks["drift introduced"]["found"]


def test_a_gate_finds_who_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strict = zs.Pipeline([zs.OneHot("kind", unknown="error")]).fit(rides())
    zs.Policy(
        pipeline=strict, baseline=zs.profile(rides()), schema=zs.infer_schema(zs.profile(rides()))
    ).save("s.json")
    served = rides(seed=4)
    served["zone"] = ["north", "south", "south", "south"] * 150
    served.loc[served["zone"] == "north", "kind"] = "barter"
    served.to_csv("served.csv", index=False)
    assert main(["policy", "gate", "s.json", "served.csv", "--group", "zone", "--json", "-"]) == 1
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["refused rows"]["found"].startswith("150: [transform.unknown_value]")
    assert checks["fairness: refused by zone"]["found"] == "+0.750 (north)"
    assert not checks["fairness: refused by zone"]["passed"]
    assert main(["policy", "gate", "s.json", "served.csv", "--group", "none"]) == 2
    assert "gate.group" in capsys.readouterr().err


def test_deploy_roll_back_and_the_log_that_tells_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fit", "pipeline.json", "dear.csv", "-o", "other.json"]) == 0
    first, second = (zs.Policy.load(name).digest for name in ("policy.json", "other.json"))
    assert (
        main(
            [
                "policy",
                "deploy",
                "policy.json",
                "--store",
                "store",
                "--who",
                "ada",
                "--note",
                "a start",
            ]
        )
        == 0
    )
    assert main(["policy", "rollback", "--store", "store"]) == 2
    assert "policy.audit_unknown" in capsys.readouterr().err
    assert main(["policy", "deploy", "other.json", "--store", "store"]) == 0
    store = zs.PolicyStore("store")
    assert (store.current, store.previous) == (second, first)
    assert main(["policy", "rollback", "--store", "store", "--note", "fares drifted"]) == 0
    assert store.current == first
    assert store.load() == zs.Policy.load("policy.json")
    assert main(["policy", "rollback", second, "--store", "store"]) == 0
    assert store.current == second
    capsys.readouterr()
    assert main(["policy", "log", "store"]) == 0
    shown = capsys.readouterr().out
    for word in ("ada", "a start", "fares drifted", first[:12], "4 entries, the chain is whole"):
        assert word in shown
    assert main(["policy", "log", "store/audit.jsonl", "--json", "-"]) == 0
    actions = [entry["action"] for entry in json.loads(capsys.readouterr().out)]
    assert actions == ["deploy", "deploy", "rollback", "rollback"]
    log = Path("store/audit.jsonl")
    log.write_text(log.read_text().replace("a start", "no start"))
    assert main(["policy", "log", "store"]) == 2
    assert "policy.audit" in capsys.readouterr().err
    assert main(["policy", "log", "nothing"]) == 2


def test_signed_policies(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ed25519 = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ed25519")
    from cryptography.hazmat.primitives import serialization as form

    key = ed25519.Ed25519PrivateKey.generate()
    Path("key.pem").write_bytes(
        key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    )
    Path("public.pem").write_bytes(
        key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    )
    assert (
        main(["fit", "pipeline.json", "rides.csv", "-o", "signed.json", "--sign", "key.pem"]) == 0
    )
    assert main(["policy", "verify", "signed.json", "--public-key", "public.pem"]) == 0
    assert main(["policy", "verify", "policy.json", "--public-key", "public.pem"]) == 2
    assert "policy.signature" in capsys.readouterr().err


def test_monitors_of_many_servers_add_up(folder: Path) -> None:
    policy = zs.Policy.load("policy.json")
    whole, central = policy.monitor(), policy.monitor()
    for seed in range(3):
        data = rides(seed=seed, shift=float(seed))
        one = policy.monitor()
        one.record(data)
        whole.record(data)
        central.absorb(one.snapshot())
    assert central.report().to_json() == whole.report().to_json()
    with pytest.raises(zs.Error) as raised:
        central.absorb("{}")
    assert raised.value.id == "policy.malformed"


@pytest.mark.parametrize(
    ("fallback", "id"),
    [
        ({"action": "explode"}, "policy.fallback"),
        ({"budget": 2}, "policy.fallback"),
        ({"budget": "much"}, "policy.fallback"),
        ({"min_rows": -1}, "policy.fallback"),
        ({"more": 1}, "policy.fallback"),
        (["reject"], "policy.fallback"),
    ],
)
def test_fallbacks_that_mean_nothing_are_refused(fallback: object, id: str) -> None:
    with pytest.raises(zs.Error) as raised:
        zs.Policy(fallback=fallback)  # type: ignore[arg-type]
    assert raised.value.id == id


@pytest.mark.parametrize("settings", ["[]", "{", '{"rule": []}', "[" * 100_000])
def test_settings_that_are_none(
    folder: Path, settings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("settings.json").write_text(settings)
    assert (
        main(["fit", "pipeline.json", "rides.csv", "-o", "p.json", "--settings", "settings.json"])
        == 2
    )
    assert "cli.settings" in capsys.readouterr().err
    assert not Path("p.json").exists()
