"""May a policy serve these data? Checks with a table and a verdict, for continuous integration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zeroskew._anomalies import validate
from zeroskew._data import Data, batches
from zeroskew._policy import Policy, PolicyChange
from zeroskew._profile import Profile


class GateCheck(NamedTuple):
    """One line of a gate's table."""

    name: str
    found: str
    allowed: str
    passed: bool


class Gate:
    """What a gate found: true when every check passed."""

    def __init__(self, checks: list[GateCheck], changes: list[PolicyChange]) -> None:
        self.checks = checks
        #: What changes against the current policy; for reading, it decides nothing.
        self.changes = changes

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    def __bool__(self) -> bool:
        return self.passed

    def __iter__(self) -> Iterator[GateCheck]:
        return iter(self.checks)

    def __repr__(self) -> str:
        failed = [check.name for check in self.checks if not check.passed]
        return f"<zeroskew.Gate: {'failed ' + ', '.join(failed) if failed else 'passed'}>"


def gate(candidate: Policy, data: Data, current: Policy | None = None, *, environment: str | None = None) -> Gate:
    """Holds a candidate against data that it would serve, and tells what changes against the current policy.

    The golden rows come out to the bit; the data have no anomaly of severity ERROR under the candidate's schema; they
    have not drifted from its baseline, unless a guard on "drifted" or "drifted_share" allows for it; no guard whose
    action is "error" is broken.
    """
    candidate.verify()
    checks = [GateCheck("golden rows", "the same bits", "the same bits", True)]
    profile = Profile()
    monitor = candidate.monitor()
    for batch in batches(data):
        profile.update(batch)
        monitor.record(batch)
    errors = [one for one in validate(profile, candidate.schema, environment=environment) if one.severity == "ERROR"]
    checks.append(GateCheck("anomalies", str(len(errors)), "0", not errors))
    report = monitor.report()
    moved = [feature["name"] for feature in report.features if feature["drifted"]]
    budget = [guard for guard in report.guards if guard["measure"] in ("drifted", "drifted_share")]
    if not budget:
        checks.append(GateCheck("drift", ", ".join(moved) or "none", "none", not moved))
    for guard in report.guards:
        kept = not guard["broken"] or guard["action"] != "error"
        allowed = f"{guard['limit']:g}, else {guard['action']}"
        checks.append(GateCheck(guard["measure"], f"{float(guard['value']):.4g}", allowed, kept))
    return Gate(checks, [] if current is None else current.diff(candidate))
