"""Tables about policies for a person in a hurry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from zeroskew._cell_text import shown
from zeroskew._texts import counted
from zeroskew.cli._tables import console_of, say, table_of

if TYPE_CHECKING:
    from zeroskew import AuditEntry, Gate, Policy, PolicyChange


def show_policy(policy: Policy) -> None:
    made = policy.provenance
    table = table_of("", "")
    table.show_header = False
    for name, text in [
        (
            "made",
            " ".join(part for part in (made["when"], made["who"] and f"by {made['who']}") if part),
        ),
        ("parent", made["parent"] or "none"),
        ("schema", counted(len(policy.schema), "feature")),
        ("pipeline", counted(len(policy.pipeline.steps), "step")),
        ("baseline", counted(policy.baseline.rows, "row")),
        ("rules", counted(len(policy.rules), "rule")),
        ("guards", counted(len(policy.guards), "guard")),
        ("fallback", policy.fallback["action"]),
        ("signature", "yes" if policy.signature else "none"),
    ]:
        table.add_row(Text(name, "dim"), Text(shown(text, 120)))
    console = console_of()
    console.print(table)
    console.print(
        Text(f"policy {policy.digest}: whole, golden rows to the bit", "green"), soft_wrap=True
    )


def show_changes(changes: Sequence[PolicyChange]) -> None:
    if changes:
        table = table_of("part", "where", "change")
        for change in changes:
            table.add_row(
                Text(change.part, "bold"),
                Text(shown(change.where, 60)),
                Text(shown(change.message, 400)),
            )
        console_of().print(table)
    say(counted(len(changes), "change") if changes else "no change")


def show_gate(gate: Gate) -> None:
    if gate.changes:
        show_changes(gate.changes)
    table = table_of("", "check", "found", "allowed")
    for check in gate.checks:
        table.add_row(
            Text("pass" if check.passed else "FAIL", "green" if check.passed else "bold red"),
            Text(check.name, "bold"),
            Text(shown(check.found, 200)),
            Text(check.allowed),
        )
    console = console_of()
    console.print(table)
    failed = sum(not check.passed for check in gate.checks)
    text = (
        f"{failed} of {counted(len(gate.checks), 'check')} failed: not fit to serve"
        if failed
        else "fit to serve"
    )
    console.print(Text(text, "bold red" if failed else "green"), soft_wrap=True)


def show_log(entries: Sequence[AuditEntry]) -> None:
    if entries:
        table = table_of("", "when", "action", "policy", "who", "why")
        for entry in entries:
            table.add_row(
                str(entry.number),
                Text(shown(entry.when, 30)),
                Text(entry.action, "bold"),
                Text(entry.policy[:12]),
                Text(shown(entry.who, 40)),
                Text(shown(entry.note, 200)),
            )
        console_of().print(table)
    number = counted(1, "entry") if len(entries) == 1 else f"{len(entries):,} entries"
    say(f"{number}, the chain is whole")
