"""The monitor of a policy, and what it reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from zeroskew._core import policy as room
from zeroskew._data import Data, batches
from zeroskew._streams import of_array
from zeroskew.errors import DataTypeError, DataValueError


class Monitor:
    """What a server sees, against the baseline of its policy. Safe from any thread."""

    _core: room.Monitor

    def __init__(self) -> None:
        raise DataTypeError("comes from Policy.monitor", "policy.monitor", "Monitor")

    @classmethod
    def _of(cls, core: room.Monitor) -> Monitor:
        monitor = cls.__new__(cls)
        monitor._core = core
        return monitor

    @property
    def features(self) -> list[str]:
        return self._core.features

    def record(self, data: Data) -> None:
        """A table, or a row as a dict of cells."""
        if isinstance(data, Mapping) and not any(_is_column(cell) for cell in data.values()):
            self._core.record(of_array(_row(data)))
            return
        for batch in batches(data):
            self._core.record(batch)

    def failed(self, rows: int = 1) -> None:
        """Rows that could not be transformed."""
        self._core.failed(rows)

    def report(self) -> MonitorReport:
        """Compares all that was recorded so far with the baseline. May be asked for as often as one
        likes.
        """
        return MonitorReport(self._core.report())

    def snapshot(self) -> str:
        """All counts so far as JSON: those of many servers can be absorbed by one monitor."""
        return self._core.snapshot()

    def absorb(self, snapshot: str) -> None:
        """Counts what another monitor of the same policy counted. In any order: the counts are
        exact.
        """
        self._core.absorb(snapshot)


class MonitorReport:
    """What a monitor says, feature by feature: `report["fare"]["drifted"]`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._data: dict[str, Any] = json.loads(text)
        self._features = {feature["name"]: feature for feature in self._data["features"]}

    @property
    def drifted(self) -> bool:
        drifted: bool = self._data["drifted"]
        return drifted

    @property
    def rows(self) -> int:
        return int(self._data["rows"])

    @property
    def failed(self) -> int:
        return int(self._data["failed"])

    @property
    def policy(self) -> str:
        """The digest of the policy."""
        return str(self._data["policy"])

    @property
    def action(self) -> str:
        """The worst action of the guards that are broken: "pass", "warn" or "error"."""
        return str(self._data["action"])

    @property
    def features(self) -> list[dict[str, Any]]:
        return list(self._features.values())

    @property
    def guards(self) -> list[dict[str, Any]]:
        return list(self._data["guards"])

    def __getitem__(self, name: str) -> dict[str, Any]:
        feature: dict[str, Any] = self._features[name]
        return feature

    def __bool__(self) -> bool:
        return self.drifted

    def to_json(self) -> str:
        return self._text

    def __repr__(self) -> str:
        moved = [name for name, feature in self._features.items() if feature["drifted"]]
        names = ", ".join(moved) or "nothing"
        return f"<zeroskew.MonitorReport of {self.rows:,} rows: {names} drifted>"


def _is_column(cell: Any) -> bool:
    return isinstance(cell, Iterable) and not isinstance(cell, str | bytes)


def _row(cells: Mapping[str, Any]) -> pa.RecordBatch:
    try:
        return pa.RecordBatch.from_pydict({name: [cell] for name, cell in cells.items()})
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as failure:
        raise DataValueError(
            f"cannot be turned into Arrow data: {failure}", "data.unconvertible"
        ) from failure
