"""Features of events over windows, point-in-time correct: the same store makes training rows and
serves.

Every number is a function of the events strictly before a moment. Their order, and how many
machines gathered them, do not matter: sums are exact and rounded once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zeroskew._core import transform as core
from zeroskew._data import Data, batches
from zeroskew._keys import key_array
from zeroskew._table import Table
from zeroskew.errors import DataKeyError, DataTypeError, DataValueError

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_NANOSECONDS = 10**9


class EventStore:
    """Events by key. `features` names each one: {"trips_7d": ("count", "7d"), "spent": ("decayed",
    "30d")}.

    A feature is (statistic, window) with count, sum, mean, min, max, last or since (seconds since
    the last event), or ("decayed", half-life): the sum of value * 2 ** (-age / half-life). A window
    is "30s", "5m", "12h", "7d" or "2w"; None: everything before the moment. Times are timestamps,
    dates, or whole seconds.
    """

    def __init__(self, features: Mapping[str, tuple[str, str | None]]) -> None:
        self._features = {
            name: (statistic, window) for name, (statistic, window) in features.items()
        }
        specified = []
        for statistic, window in self._features.values():
            width = 0 if window is None else _nanoseconds(window)
            decays = statistic == "decayed"
            specified.append((statistic, 0 if decays else width, float(width) if decays else 0.0))
        self._core = core.EventStore(specified)

    @property
    def names(self) -> list[str]:
        return list(self._features)

    def __len__(self) -> int:
        return self._core.events

    def add(self, events: Data, key: str, time: str, value: str | None = None) -> int:
        """Takes events from columns of a table, in any order; says how many. Rows without a
        value are no events."""
        added = 0
        for piece in _pieces(events, (key, time, *([value] if value is not None else []))):
            numbers = np.ones(piece.num_rows)
            if value is not None:
                column = piece[value].cast(pa.float64())
                numbers = column.fill_null(np.nan).to_numpy(zero_copy_only=False)
            added += self._core.add(key_array(piece[key]), _times(piece[time], time), numbers)
        return added

    def at(self, queries: Data, key: str, time: str) -> Table:
        """One row a query: every feature as it was known at that moment, from events strictly
        before it."""
        made = []
        for piece in _pieces(queries, (key, time)):
            found = self._core.at(key_array(piece[key]), _times(piece[time], time))
            columns = [
                pa.array(self._scaled(name, found[:, i])) for i, name in enumerate(self._features)
            ]
            made.append(pa.record_batch(columns, names=self.names))
        whole = (
            pa.Table.from_batches(made)
            if made
            else pa.table({name: pa.array([], pa.float64()) for name in self.names})
        )
        return Table(list(batches(whole)))

    def _scaled(self, name: str, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        return (
            numbers / _NANOSECONDS
            if self._features[name][0] == "since"
            else np.ascontiguousarray(numbers)
        )

    def __iadd__(self, other: EventStore) -> EventStore:
        if not isinstance(other, EventStore) or self._features != other._features:
            raise DataValueError("the stores have other features", "transform.window")
        self._core.merge(other._core)
        return self

    def forget(self, before: Any) -> None:
        """Forgets events before a moment; behind the widest window that changes nothing."""
        self._core.forget(int(_times(pa.array([before]), "before")[0]))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EventStore):
            return NotImplemented
        return self._features == other._features and self._core.equals(other._core)

    __hash__ = None  # type: ignore[assignment]


def _nanoseconds(window: str) -> int:
    found = re.fullmatch(r"(\d+)([smhdw])", window) if isinstance(window, str) else None
    if found is None or int(found[1]) == 0:
        raise DataValueError(
            f"a window is written 30s, 5m, 12h, 7d or 2w, not {window!r}", "transform.window"
        )
    return int(found[1]) * _SECONDS[found[2]] * _NANOSECONDS


def _pieces(data: Data, names: tuple[str, ...]) -> list[pa.RecordBatch]:
    pieces = [pa.record_batch(Table([batch])) for batch in batches(data)]
    for piece in pieces:
        for name in names:
            if name not in piece.schema.names:
                raise DataKeyError("there is no such column", "transform.unknown_column", name)
    return pieces


def _times(column: pa.Array, name: str) -> NDArray[np.int64]:
    if column.null_count:
        raise DataValueError("a time is missing", "transform.window", name)
    try:
        if pa.types.is_integer(column.type):
            seconds = column.cast(pa.int64()).to_numpy()
            if len(seconds) and np.abs(seconds).max() > (2**63 - 1) // _NANOSECONDS:
                raise DataValueError(
                    "times are whole seconds, at most 292 years from 1970", "transform.window", name
                )
            return np.asarray(seconds * _NANOSECONDS, np.int64)
        unzoned = (
            pa.timestamp("ns", column.type.tz)
            if pa.types.is_timestamp(column.type)
            else pa.timestamp("ns")
        )
        ticks: NDArray[np.int64] = column.cast(unzoned).cast(pa.int64()).to_numpy()
        return ticks
    except pa.ArrowException as failure:
        raise DataTypeError(
            f"times are timestamps, dates or whole seconds: {failure}", "transform.window", name
        ) from failure


__all__ = ["EventStore"]
