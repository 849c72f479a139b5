"""Which rows are anomalous, and why."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from zeroskew import _core
from zeroskew._anomalies import Finding
from zeroskew._checked import checked_environment, checked_schema, severity_overrides
from zeroskew._core import schema as room
from zeroskew._data import Data, batches
from zeroskew._frames import frame_library
from zeroskew._request import _checked_threads
from zeroskew._schema import Schema
from zeroskew.errors import DataValueError


class RowSample(NamedTuple):
    """A row, counted from 0, and what is wrong in it ("" where nothing is there)."""

    row: int
    value: str


class RowAnomaly(Finding):
    """One kind of fault of one feature, or of one rule across columns."""

    _core: room.RowAnomaly

    def __init__(self, core: room.RowAnomaly) -> None:
        self._core = core

    @property
    def count(self) -> int:
        """How many rows have it."""
        return self._core.rows

    @property
    def rows(self) -> NDArray[np.int64]:
        """All rows that have it, ascending."""
        return self._core.row_numbers()

    @property
    def samples(self) -> list[RowSample]:
        """The first rows that have it."""
        return [RowSample(*sample) for sample in self._core.samples]


class RowAnomalies(Sequence[RowAnomaly]):
    """The verdict row by row: true if any row is anomalous. Rules across columns come first, then
    by feature.
    """

    def __init__(self, core: _core.schema.RowAnomalies) -> None:
        self._core = core
        self._items = [RowAnomaly(item) for item in core.items]

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> RowAnomaly: ...
    @overload
    def __getitem__(self, index: slice) -> list[RowAnomaly]: ...
    def __getitem__(self, index: int | slice) -> RowAnomaly | list[RowAnomaly]:
        return self._items[index]

    def __iter__(self) -> Iterator[RowAnomaly]:
        return iter(self._items)

    @property
    def total_rows(self) -> int:
        """How many rows were looked at."""
        return self._core.rows

    @property
    def rows(self) -> NDArray[np.int64]:
        """All anomalous rows, ascending: `frame.iloc[found.rows]`."""
        return self._core.row_numbers()

    @property
    def mask(self) -> NDArray[np.bool_]:
        """A bool a row, true where it is anomalous: `frame[~found.mask]` is what is left."""
        return self._core.mask()

    def to_dicts(self) -> list[dict[str, Any]]:
        """What was found, as JSON has it."""
        return [
            {
                "path": one.path,
                "type": str(one.type),
                "rule": one.rule,
                "severity": str(one.severity),
                "message": one.message,
                "rows": one.count,
                "samples": [{"row": sample.row, "value": sample.value} for sample in one.samples],
            }
            for one in self
        ]

    def to_json(self) -> str:
        found = {
            "rows": self.total_rows,
            "anomalous_rows": int(self.mask.sum()),
            "anomalies": self.to_dicts(),
        }
        return json.dumps(found, indent=2, ensure_ascii=False)

    def to_frame(self) -> Any:
        """A pandas (else polars) frame: a row a sample, with the number of rows that have the same
        fault.
        """
        columns: dict[str, list[Any]] = {
            name: [] for name in ("row", "path", "type", "rule", "value", "rows", "message")
        }
        for one in self:
            for sample in one.samples:
                cells = (
                    sample.row,
                    one.path,
                    str(one.type),
                    one.rule,
                    sample.value,
                    one.count,
                    one.message,
                )
                for name, cell in zip(columns, cells, strict=True):
                    columns[name].append(cell)
        return frame_library().DataFrame(columns)

    def __eq__(self, other: object) -> bool:
        return self._core.equals(other._core) if isinstance(other, RowAnomalies) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        if not self:
            return f"No anomalous rows among {self.total_rows:,}"
        lines = [f"{int(self.mask.sum()):,} of {self.total_rows:,} rows are anomalous"]
        lines += [
            f"{one.severity}  {one.path or '(row)'}  {one.type}: {one.message}" for one in self
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head, *rest = repr(self).splitlines()
        items = "".join(f"<li>{html.escape(line)}</li>" for line in rest)
        return f"<p>{html.escape(head)}</p>" + (f"<ul>{items}</ul>" if items else "")


def validate_rows(
    data: Data,
    schema: Schema,
    environment: str | None = None,
    *,
    samples: int = 5,
    severities: Mapping[str, str] | None = None,
    threads: int | None = None,
) -> RowAnomalies:
    """The rows that the schema does not accept, in one pass over the data.

    Everything that a single row can break: missing, new and mistyped columns, presence, numbers of
    values, shapes, domains, sparse and weighted features, rules across columns. What a constraint
    tolerates (`min_fraction`, `min_domain_mass`) is no fault until more of it was seen. `samples`
    rows are shown of each fault; `severities` gives types another severity than ERROR, and UNKNOWN
    hides them.
    """
    environment = checked_environment(environment)
    if isinstance(samples, bool) or not isinstance(samples, int) or not 0 <= samples < 2**31:
        raise DataValueError(
            "samples are a whole number, 0 or more", "schema.bad_option", repr(samples)
        )
    validator = _core.schema.RowValidator(
        checked_schema(schema),
        environment,
        samples,
        _checked_threads(threads),
        severity_overrides(severities),
    )
    for batch in batches(data):
        validator.update(batch)
    return RowAnomalies(validator.result())
