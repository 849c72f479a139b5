"""What is wrong with data, and what would accept it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple, overload

from zeroskew import _core
from zeroskew._checked import (
    checked_categories,
    checked_environment,
    checked_profile,
    checked_schema,
    severity_overrides,
)
from zeroskew._core import schema as room
from zeroskew._core import stats
from zeroskew._frames import text_frame
from zeroskew._imported import ImportedProfile
from zeroskew._profile import Profile
from zeroskew._schema import Schema


class Severity(str, Enum):
    """How bad an anomaly is."""

    UNKNOWN = "UNKNOWN"
    WARNING = "WARNING"
    ERROR = "ERROR"

    def __str__(self) -> str:
        return self.value


class _Named(str, Enum):
    def __str__(self) -> str:
        return str(self.value)


# The names and numbers of tensorflow.metadata.v0.AnomalyInfo.Type; each member is its name.
AnomalyType = _Named(  # type: ignore[call-overload]
    "AnomalyType", {name: name for name in _core.schema.anomaly_types()}
)


class Fix:
    """The smallest change of a schema that accepts what an anomaly complains of."""

    def __init__(self, core: _core.schema.Fix) -> None:
        self._core = core

    def apply(self, schema: Schema) -> None:
        """Changes the schema in place."""
        schema._take(self._core.applied(checked_schema(schema)))

    def describe(self) -> str:
        return self._core.describe()

    def __bool__(self) -> bool:
        """Is there anything to change?"""
        return not self._core.empty

    def __str__(self) -> str:
        return self.describe()

    def __repr__(self) -> str:
        return f"<Fix {self.describe()}>"


class Finding:
    """What an anomaly of a data set and one of its rows have in common."""

    _core: Any

    @property
    def path(self) -> str:
        """The feature; "" when it is about the whole data set, or a rule across columns."""
        return str(self._core.path)

    @property
    def type(self) -> str:
        """The published name: "SCHEMA_MISSING_COLUMN"."""
        return AnomalyType(self._core.type)  # type: ignore[no-any-return]

    @property
    def severity(self) -> Severity:
        return Severity(self._core.severity)

    @property
    def summary(self) -> str:
        """A few words."""
        return str(self._core.summary)

    @property
    def message(self) -> str:
        """What was expected, what was found, and what would accept it or how many rows have it."""
        return str(self._core.message)

    @property
    def rule(self) -> str:
        """CUSTOM_VALIDATION: which of the rules that are zeroskew's own; "" for others."""
        return str(self._core.rule)

    def __repr__(self) -> str:
        return f"<{self.severity} {self.type} {self.path!r}: {self.message}>"


class Anomaly(Finding):
    """One thing that one check found. A feature with several faults has several anomalies."""

    def __init__(self, core: _core.schema.Anomaly) -> None:
        self._core = core

    @property
    def fix(self) -> Fix:
        return Fix(self._core.fix)


class Measurement(NamedTuple):
    """One distance between a feature's values here and in other data."""

    path: str
    comparison: str  # "drift" (previous data) or "skew" (serving data)
    measure: str  # the field of the comparator: "infinity_norm", ...
    value: float
    threshold: float

    @property
    def exceeded(self) -> bool:
        return self.value > self.threshold


class Anomalies(Sequence[Anomaly]):
    """The verdict of a validation: true if there is any anomaly. The data set's own come first,
    then by feature."""

    def __init__(self, core: _core.schema.Anomalies) -> None:
        self._core = core
        self._items = [Anomaly(item) for item in core.items]
        # The message that these were read from, whole.
        self._origin: bytes | None = None

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Anomaly: ...
    @overload
    def __getitem__(self, index: slice) -> list[Anomaly]: ...
    def __getitem__(self, index: int | slice) -> Anomaly | list[Anomaly]:
        return self._items[index]

    def __iter__(self) -> Iterator[Anomaly]:
        return iter(self._items)

    @property
    def measurements(self) -> list[Measurement]:
        """Every drift and skew distance, whether over its threshold or not."""
        return [Measurement(*one) for one in self._core.measurements]

    @property
    def data_missing(self) -> bool:
        """There was no example, so nothing was checked."""
        return self._core.data_missing

    @property
    def baseline(self) -> Schema:
        """The schema that the data was held against."""
        return Schema._of(self._core.baseline)

    def to_json(self) -> str:
        """The protobuf-JSON form of tensorflow.metadata.v0.Anomalies, anomalies grouped by
        feature."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, text: str) -> Anomalies:
        """Fixes are not in the file."""
        return cls(_core.schema.Anomalies.from_json(text))

    def to_frame(self) -> Any:
        """A pandas (else polars) frame: a row an anomaly."""
        names = ("path", "type", "severity", "summary", "message", "fix")
        return text_frame({name: [str(getattr(one, name)) for one in self] for name in names})

    def __eq__(self, other: object) -> bool:
        return self._core.equals(other._core) if isinstance(other, Anomalies) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        if self.data_missing:
            return "No examples: nothing was checked"
        lines = [
            f"{len(self):,} {'anomaly' if len(self) == 1 else 'anomalies'}"
            if self
            else "No anomalies"
        ]
        lines += [
            f"{one.severity}  {one.path or '(data set)'}  {one.type}: {one.message}" for one in self
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        if not self:
            return f"<p>{html.escape(repr(self))}</p>"
        header = "".join(f"<th>{name}</th>" for name in ("severity", "feature", "type", "message"))
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td>{html.escape(str(cell))}</td>"
                for cell in (a.severity, a.path, a.type, a.message)
            )
            + "</tr>"
            for a in self
        )
        return f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"


def validate(
    profile: Profile | ImportedProfile,
    schema: Schema,
    environment: str | None = None,
    previous: Profile | ImportedProfile | None = None,
    serving: Profile | ImportedProfile | None = None,
    *,
    previous_version: Profile | ImportedProfile | None = None,
    severities: Mapping[str, str] | None = None,
    max_categories: int = 100,
    now: float | datetime | None = None,
) -> Anomalies:
    """Is the data as the schema says?

    Drift is measured against `previous`, skew against `serving`, the number of examples also
    against `previous_version`. `severities` gives types another severity than ERROR; UNKNOWN hides
    them. `now` (a datetime, or seconds since 1970 UTC) is what the rule `max_age` counts back from;
    without it that rule is not checked.
    """
    return Anomalies(
        _core.schema.validate(
            *_checked(
                profile,
                schema,
                environment,
                previous,
                serving,
                previous_version,
                severities,
                max_categories,
                now,
            )
        )
    )


def validate_slices(
    profile: Profile | ImportedProfile,
    schema: Schema,
    environment: str | None = None,
    previous: Profile | ImportedProfile | None = None,
    serving: Profile | ImportedProfile | None = None,
    *,
    previous_version: Profile | ImportedProfile | None = None,
    severities: Mapping[str, str] | None = None,
    max_categories: int = 100,
    now: float | datetime | None = None,
) -> dict[str, Anomalies]:
    """Every slice of a profile by its name, held against the schema and the same slices of the
    other profiles.

    The options are those of `validate`. A slice that only the others have is missing:
    `data_missing`, and each required feature a SCHEMA_MISSING_COLUMN.
    """
    sides = (profile, previous, serving, previous_version)
    for one in (profile, *(other for other in sides[1:] if other is not None)):
        checked_profile(one)
    current, before, served, version = (
        None
        if side is None
        else {name: _statistics(one._core) for name, one in side.slices.items()}
        for side in sides
    )
    assert current is not None
    found = _core.schema.validate_slices(
        current,
        checked_schema(schema),
        checked_environment(environment),
        before,
        served,
        version,
        severity_overrides(severities),
        checked_categories(max_categories),
        _seconds(now),
    )
    return {name: Anomalies(one) for name, one in found}


def _checked(
    profile: Profile | ImportedProfile,
    schema: Schema,
    environment: str | None,
    previous: Profile | ImportedProfile | None,
    serving: Profile | ImportedProfile | None,
    previous_version: Profile | ImportedProfile | None,
    severities: Mapping[str, str] | None,
    max_categories: int,
    now: float | datetime | None,
) -> tuple[Any, ...]:
    """What the core takes."""
    environment = checked_environment(environment)
    overrides, moment = severity_overrides(severities), _seconds(now)
    declared, categories = checked_schema(schema), checked_categories(max_categories)
    sides: list[Any] = [checked_profile(profile)]
    for other in (previous, serving, previous_version):
        sides.append(None if other is None else checked_profile(other))
    # Statistics that another tool wrote are held against a profile as such statistics.
    if not all(side is None or isinstance(side, stats.Profile) for side in sides):
        sides = [None if side is None else _statistics(side) for side in sides]
    data, *controls = sides
    return data, declared, environment, *controls, overrides, categories, moment


def _seconds(now: float | datetime | None) -> float | None:
    return now.timestamp() if isinstance(now, datetime) else now


def _statistics(data: stats.Profile | room.DatasetStatistics) -> room.DatasetStatistics:
    return room.DatasetStatistics.of_profile(data) if isinstance(data, stats.Profile) else data
