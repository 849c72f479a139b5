from typing import TypeVar, final

import numpy as np
from numpy.typing import NDArray

from zeroskew._core.column import Batch
from zeroskew._core.drift import Distribution
from zeroskew._core.stats import Profile

def message_fields(message: str) -> list[tuple[str, str, bool, int, str, list[str]]]:
    """(name, kind, repeated, one_of, type, values) of each field."""

def parse_path(text: str) -> list[str]: ...
def path_text(steps: list[str]) -> str: ...
def checks() -> list[tuple[str, list[str], str]]: ...
def anomaly_types() -> list[str]: ...

@final
class Schema:
    """What the data must look like."""

    @staticmethod
    def from_json(text: str) -> Schema: ...
    @staticmethod
    def from_text(text: str) -> Schema: ...
    @staticmethod
    def load(path: bytes) -> Schema: ...
    def save(self, path: bytes) -> None: ...
    def to_json(self) -> str: ...
    def to_text(self) -> str: ...
    def find(self, name: str) -> list[str] | None: ...
    def paths(self) -> list[list[str]]: ...
    def required(self, steps: list[str], environment: str | None) -> bool: ...
    def equals(self, other: Schema) -> bool: ...

def diff(before: Schema, after: Schema) -> list[tuple[str, str, str, str | None, str | None, str]]:
    """(kind, path, field, before, after, text) of each difference."""

@final
class Fix:
    """The smallest change of a schema that accepts an anomaly."""

    def describe(self) -> str: ...
    @property
    def empty(self) -> bool: ...
    def applied(self, schema: Schema) -> Schema: ...

@final
class Anomaly:
    """One thing that is wrong with data."""

    @property
    def path(self) -> str: ...
    @property
    def steps(self) -> list[str]: ...
    @property
    def type(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def fix(self) -> Fix: ...

@final
class Anomalies:
    """The verdict of a validation."""

    @property
    def items(self) -> list[Anomaly]: ...
    @property
    def measurements(self) -> list[tuple[str, str, str, float, float]]: ...
    @property
    def data_missing(self) -> bool: ...
    @property
    def baseline(self) -> Schema: ...
    def to_json(self) -> str: ...
    @staticmethod
    def from_json(text: str) -> Anomalies: ...
    def equals(self, other: Anomalies) -> bool: ...

@final
class RowAnomaly:
    """One kind of fault, and the rows that have it."""

    @property
    def path(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def samples(self) -> list[tuple[int, str]]: ...
    def row_numbers(self) -> NDArray[np.int64]: ...

@final
class RowAnomalies:
    """Which rows are anomalous, and why."""

    @property
    def items(self) -> list[RowAnomaly]: ...
    @property
    def rows(self) -> int: ...
    def row_numbers(self) -> NDArray[np.int64]: ...
    def mask(self) -> NDArray[np.bool_]: ...
    def equals(self, other: RowAnomalies) -> bool: ...

@final
class RowValidator:
    """Looks at rows, batch by batch."""

    def __init__(
        self,
        schema: Schema,
        environment: str | None,
        samples: int,
        threads: int,
        severities: list[tuple[str, str]],
    ) -> None: ...
    def update(self, batch: Batch) -> None: ...
    def result(self) -> RowAnomalies: ...

@final
class DatasetStatistics:
    """What validation reads of a data set, whoever profiled it."""

    @staticmethod
    def of_profile(profile: Profile) -> DatasetStatistics: ...
    @staticmethod
    def read(document: bytes, form: str) -> list[tuple[str, DatasetStatistics]]:
        """(name, statistics) of each dataset of a list that another tool wrote."""
    @property
    def num_examples(self) -> float: ...
    @property
    def columns(self) -> list[tuple[str, str]]: ...
    def distribution(self, steps: list[str]) -> Distribution: ...
    def count(self, steps: list[str]) -> float: ...

def anomalies_to_text(anomalies: Anomalies) -> str: ...
def anomalies_from_text(text: str) -> Anomalies: ...
def masked_crc32c(data: bytes) -> int:
    """The checksum that TFRecord files store."""

def write_file(path: bytes, content: bytes) -> None:
    """A write that fails leaves the old file."""

_Data = TypeVar("_Data", Profile, DatasetStatistics)

def infer(
    profile: Profile | DatasetStatistics, max_categories: int, infer_shape: bool
) -> Schema: ...
def validate(
    profile: _Data,
    schema: Schema,
    environment: str | None,
    previous: _Data | None,
    serving: _Data | None,
    previous_version: _Data | None,
    severities: list[tuple[str, str]],
    max_categories: int,
    now: float | None,
) -> Anomalies: ...
def validate_slices(
    slices: dict[str, DatasetStatistics],
    schema: Schema,
    environment: str | None,
    previous: dict[str, DatasetStatistics] | None,
    serving: dict[str, DatasetStatistics] | None,
    previous_version: dict[str, DatasetStatistics] | None,
    severities: list[tuple[str, str]],
    max_categories: int,
    now: float | None,
) -> list[tuple[str, Anomalies]]:
    """(name, anomalies) of each slice."""

def update(
    schema: Schema,
    profile: Profile | DatasetStatistics,
    environment: str | None,
    max_categories: int,
) -> Schema: ...
def row_rules(schema: Schema) -> list[tuple[str, str, float, str, str]]:
    """(name, expression, min_share, severity, description) of each rule."""

def with_row_rule(
    schema: Schema, name: str, expression: str, min_share: float, severity: str, description: str
) -> Schema: ...
def without_row_rule(schema: Schema, name: str) -> Schema | None:
    """None where there is no such rule."""

def unique_key(schema: Schema) -> list[str]: ...
def with_unique_key(schema: Schema, names: list[str]) -> Schema: ...
def parse_expression(text: str, schema: Schema) -> tuple[str, list[str]]:
    """(type, columns)."""

def check_feature_rules(schema: Schema, name: str) -> None:
    """Throws what is wrong with the feature's rules."""

def formats() -> list[tuple[str, str, str]]: ...
def matches(pattern: str, texts: list[str]) -> list[bool]: ...
def suggest(
    profile: Profile | DatasetStatistics,
    schema: Schema,
    tail: float,
    margin: float,
    max_values: int,
    confidence: float,
    length_margin: float,
) -> list[tuple[str, str, str, Fix]]:
    """(path, rule, reason, fix) of each suggestion."""

def digest(schema: Schema) -> str: ...
def is_frozen(schema: Schema) -> bool: ...
def frozen(schema: Schema) -> Schema: ...
def thawed(schema: Schema) -> Schema: ...
