"""Policies from Python: the same file as in C++, refused when anything in it changed."""

import base64
import json
import pickle
import threading

import numpy as np
import pytest

import zeroskew as zs


def table(rows=500, seed=1, shift=0.0):
    random = np.random.default_rng(seed)
    return {
        "fare": random.gamma(2.0, 6.0, rows) + shift,
        "kind": random.choice(["cash", "card", "free"], rows, p=[0.5, 0.4, 0.1]),
    }


def policy(rows=None, **more):
    baseline = zs.profile(table() if rows is None else rows)
    parts = {
        "schema": zs.infer_schema(baseline),
        "baseline": baseline,
        "rules": [
            {"column": "fare", "measure": "psi", "threshold": 0.2, "bins": 8},
            {"measure": "js_distance"},
        ],
        "guards": [{"measure": "drifted", "limit": 0, "action": "warn"}],
        "when": "2026-01-02T03:04:05Z",
    }
    return zs.Policy(**{**parts, **more})


def test_saved_and_loaded_it_is_the_same(tmp_path):
    made = policy(who="ada", data={"train": "abc"}, parent="f" * 64)
    path = tmp_path / "policy.json"
    made.save(path)
    again = zs.Policy.load(path)
    assert again == made
    assert hash(again) == hash(made)
    assert again.to_json() == path.read_text() == made.to_json()
    assert again.digest == json.loads(path.read_text())["digest"]
    assert again.baseline == made.baseline
    assert again.schema.to_json() == made.schema.to_json()
    assert again.rules == made.rules
    assert again.rules[0] == {"column": "fare", "measure": "psi", "threshold": 0.2, "bins": 8}
    assert again.rules[1]["column"] == "*"
    assert again.guards == [{"measure": "drifted", "limit": 0.0, "action": "warn"}]
    assert again.provenance["who"] == "ada"
    assert again.provenance["data"] == {"train": "abc"}
    assert pickle.loads(pickle.dumps(made)) == made
    made.verify()
    assert made.digest[:12] in repr(made)


def test_a_changed_file_is_refused(tmp_path):
    path = tmp_path / "policy.json"
    policy().save(path)
    path.write_text(path.read_text().replace('"limit":0', '"limit":1'))
    with pytest.raises(zs.Error) as raised:
        zs.Policy.load(path)
    assert raised.value.id == "policy.digest"
    assert str(path) in raised.value.where
    with pytest.raises(FileNotFoundError):
        zs.Policy.load(tmp_path / "none.json")


def test_the_canonical_form_is_what_python_says_it_is():
    text = policy().to_json()
    # For ASCII names and numbers that both print alike, RFC 8785 is json.dumps with sorted keys.
    document = json.loads(text)
    for part in ("rules", "golden", "provenance", "schema"):
        one = json.dumps(document[part], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert f'"{part}":{one}' in text


@pytest.mark.parametrize(
    ("more", "id"),
    [
        ({"rules": [{"measure": "pis"}]}, "drift.unknown_measure"),
        ({"rules": [{"measure": "psi", "bins": "many"}]}, "drift.option_type"),
        ({"rules": [{"column": "fare"}]}, "policy.rule"),
        ({"rules": [{"measure": "psi", "bins": None}]}, "policy.rule"),
        ({"guards": [{"measure": "drift", "limit": 1}]}, "policy.guard"),
        ({"guards": [{"measure": "drifted", "limit": -1}]}, "policy.guard"),
        ({"guards": [{"measure": "drifted", "limit": 1, "action": "shout"}]}, "policy.guard"),
        ({"guards": ["drifted"]}, "policy.guard"),
        ({"pipeline": 3}, "policy.part"),
        ({"baseline": 3}, "policy.part"),
        ({"schema": {}}, "policy.part"),
    ],
)
def test_parts_that_mean_nothing_are_refused(more, id):
    with pytest.raises(zs.Error) as raised:
        policy(**more)
    assert raised.value.id == id


def pem(kind, prefix, key):
    raw = base64.b64encode(bytes.fromhex(prefix + key)).decode()
    return f"-----BEGIN {kind} KEY-----\n{raw}\n-----END {kind} KEY-----\n"


def test_signatures():
    # The first key pair of RFC 8032, section 7.1, in the form of RFC 8410.
    seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    private = pem("PRIVATE", "302e020100300506032b657004220420", seed)
    public = pem("PUBLIC", "302a300506032b6570032100", key)
    made = policy()
    signed = made.signed(private)
    assert made.signature == ""
    assert len(base64.b64decode(signed.signature)) == 64
    assert signed.digest == made.digest
    assert zs.Policy.from_json(signed.to_json(), public_key=public) == made
    with pytest.raises(zs.Error, match=r"policy\.signature"):
        zs.Policy.from_json(made.to_json(), public_key=public)
    with pytest.raises(zs.Error, match=r"policy\.key"):
        made.signed("no key")


def test_differences_are_told():
    before, after = policy(), policy(table(seed=2, shift=4.0))
    assert before.diff(before) == []
    changes = before.diff(after)
    assert any(
        c.part == "baseline" and c.where == "fare" and ", more than" in c.message for c in changes
    )
    assert any(
        c.part == "baseline" and c.where == "kind" and ", no more than" in c.message
        for c in changes
    )
    assert [str(c) for c in before.diff(policy(guards=[]))] == [
        "guards: removed: drifted <= 0, else warn"
    ]


def test_a_monitor_finds_drift_where_it_is():
    made = policy(rules=[])
    steady = made.monitor()
    steady.record(table(2000, seed=3))
    report = steady.report()
    assert not report
    assert not report.drifted
    assert report.action == "pass"
    assert report.rows == 2000
    assert report.policy == made.digest
    moved = made.monitor()
    moved.record(table(2000, seed=3, shift=6.0))
    report = moved.report()
    assert report
    assert report["fare"]["drifted"]
    assert not report["kind"]["drifted"]
    assert report.action == "warn"
    assert "fare drifted" in repr(report)
    assert json.loads(report.to_json())["rows"] == 2000


def test_rows_and_tables_are_recorded_alike_from_any_thread():
    made, data = policy(), table(300, seed=4)
    whole = made.monitor()
    whole.record(data)
    rows = [
        {"fare": float(f), "kind": str(k)} for f, k in zip(data["fare"], data["kind"], strict=True)
    ]
    single = made.monitor()
    workers = [
        threading.Thread(target=lambda p=part: [single.record(row) for row in rows[p::3]])
        for part in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert single.report().to_json() == whole.report().to_json()
    single.record({"fare": None})
    single.record({"fare": "a text", "kind": "card"})
    single.failed()
    report = single.report()
    assert report["fare"]["missing"] == 1
    assert report["kind"]["missing"] == 1
    assert report["fare"]["wrong_type"] == 1
    assert report.failed == 1


def test_an_audit_log_finds_what_was_changed(tmp_path):
    first, second = policy(), policy(table(seed=9))
    path = tmp_path / "audit.jsonl"
    log = zs.AuditLog(path)
    assert log.entries == []
    assert log.current == ""
    log.append("deploy", first, who="ada", note="a start")
    log.append("deploy", second)
    assert log.current == second.digest
    log.rollback(first, note="alarms")
    assert log.current == first.digest
    assert [entry.action for entry in log.entries] == ["deploy", "deploy", "rollback"]
    log.verify()
    path.write_text(path.read_text().replace("a start", "another"))
    with pytest.raises(zs.Error) as raised:
        log.verify()
    assert raised.value.id == "policy.audit"
    assert raised.value.where == f"{path}, line 1"


def test_a_fitted_pipeline_serves_the_same_bits(tmp_path):
    pytest.importorskip("zeroskew._pipeline")
    data = table()
    fitted = zs.Pipeline(
        [zs.Standardize("fare"), zs.GaussianNoise("fare", std=0.1), zs.OneHot("kind")], seed=7
    ).fit(data)
    made = policy(data, pipeline=fitted, sample=data)
    path = tmp_path / "policy.json"
    made.save(path)
    loaded = zs.Policy.load(path).pipeline
    assert loaded == fitted
    assert loaded.transform(data, training=True) == fitted.transform(data, training=True)
    document = json.loads(path.read_text())
    assert len(document["golden"]["rows"]) >= 64
    number = document["golden"]["rows"][0]["out"][0]
    path.write_text(path.read_text().replace(number, "f:0.123", 1))
    with pytest.raises(zs.Error):
        zs.Policy.load(path)


def test_a_gate_passes_what_fits_and_says_what_does_not():
    made = policy(guards=[])
    passed = zs.gate(made, table(2000, seed=3))
    assert passed
    assert [check.name for check in passed] == ["golden rows", "anomalies", "drift", "refused rows"]
    moved = zs.gate(made, table(2000, seed=3, shift=6.0), current=policy())
    assert not moved
    assert [check.name for check in moved if not check.passed] == ["drift"]
    assert [str(change) for change in moved.changes] == ["guards: removed: drifted <= 0, else warn"]
    # A budget that allows for it, or that only warns.
    for guard in (
        {"measure": "drifted", "limit": 1},
        {"measure": "drifted", "limit": 0, "action": "warn"},
    ):
        assert zs.gate(policy(guards=[guard]), table(2000, seed=3, shift=6.0))
    assert not zs.gate(
        policy(guards=[{"measure": "drifted", "limit": 0}]), table(2000, seed=3, shift=6.0)
    )
    strange = {**table(2000, seed=3), "kind": ["neither"] * 2000}
    assert "anomalies" in [check.name for check in zs.gate(made, strange) if not check.passed]
