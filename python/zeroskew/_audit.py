"""What was deployed, by whom and when: audit logs and stores of policies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from zeroskew._core import policy as room
from zeroskew._policy import Policy, checked_part


class AuditEntry(NamedTuple):
    """One line of an audit log."""

    number: int
    when: str
    who: str
    action: str
    policy: str
    note: str
    previous: str
    hash: str


class AuditLog:
    """A file of JSON lines that only grows; each carries the hash of the one before."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._core = room.AuditLog(os.fsencode(path))

    def append(
        self,
        action: str,
        policy: Policy | str,
        *,
        who: str = "",
        note: str = "",
        when: str | None = None,
    ) -> AuditEntry:
        """Adds an entry, and waits until it is on the disk."""
        return AuditEntry(*self._core.append(action, _digest(policy), who, note, when or ""))

    def rollback(self, policy: Policy | str, *, who: str = "", note: str = "") -> AuditEntry:
        """Goes back to a policy that was deployed before."""
        return AuditEntry(*self._core.rollback(_digest(policy), who, note))

    @property
    def entries(self) -> list[AuditEntry]:
        """All entries; raises with the line where the chain is broken."""
        return [AuditEntry(*entry) for entry in self._core.entries()]

    @property
    def current(self) -> str:
        """The digest that the last "deploy" or "rollback" names; "" if there is none."""
        return self._core.current()

    def verify(self) -> None:
        """Raises with the line where the chain is broken."""
        self._core.entries()


class PolicyStore:
    """A folder with every policy that was deployed, and the audit log that says which one serves.

    With an Ed25519 `public_key` (PEM) only policies that its owner signed are read.
    """

    def __init__(self, folder: str | os.PathLike[str], public_key: str | None = None) -> None:
        self._core = room.PolicyStore(os.fsencode(folder), public_key or "")
        self._folder = os.fspath(folder)

    def deploy(self, policy: Policy, *, who: str = "", note: str = "") -> AuditEntry:
        """Keeps the policy, and says in the log that it serves from now on."""
        checked_part("policy", policy, Policy)
        return AuditEntry(*self._core.deploy(policy._core, who, note))

    def rollback(self, digest: str = "", *, who: str = "", note: str = "") -> AuditEntry:
        """Goes back to a policy that was deployed before: this one, or else the one before the
        current one.
        """
        return AuditEntry(*self._core.rollback(digest, who, note))

    def load(self, digest: str = "") -> Policy:
        """The policy of this digest, or else the current one."""
        return Policy._of(self._core.load(digest or self.current))

    @property
    def current(self) -> str:
        """The digest of the policy that serves; "" if none was deployed."""
        return self._core.current()

    @property
    def previous(self) -> str:
        """The digest of the one before; "" if there is none."""
        return self._core.previous()

    @property
    def log(self) -> AuditLog:
        return AuditLog(Path(self._folder) / "audit.jsonl")


def _digest(policy: Policy | str) -> str:
    return policy.digest if isinstance(policy, Policy) else policy
