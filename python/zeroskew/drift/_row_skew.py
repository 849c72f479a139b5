"""The same rows as training and serving saw them, joined by key and compared cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

from zeroskew import _core
from zeroskew._data import Data, batches
from zeroskew._frames import pandas_library
from zeroskew.errors import DataKeyError

if TYPE_CHECKING:
    import pandas as pd


class SkewSample(NamedTuple):
    """A cell that differs, as text; "" is missing."""

    key: str
    training: str
    serving: str


@dataclass(frozen=True)
class FeatureSkew:
    """How one feature differs between joined rows: counts of rows, and some that differ.

    Both missing (null or NaN) counts as a match. `largest_difference` is of numbers; `reason` says
    why nothing could be compared, and is empty if it was.
    """

    name: str
    matched: int
    mismatched: int
    missing_in_training: int
    missing_in_serving: int
    rate: float
    largest_difference: float
    samples: list[SkewSample]
    reason: str

    @property
    def skewed(self) -> bool:
        """Whether any row differs."""
        return self.rate > 0.0


@dataclass(frozen=True)
class RowSkew:
    """Rows joined by key. `repeated` keys are on a side more than once and are not compared."""

    joined: int
    training_only: int
    serving_only: int
    repeated: int
    without_key: int
    features: dict[str, FeatureSkew]
    reason: str

    @property
    def skewed(self) -> bool:
        """Whether any feature differs in any row."""
        return any(feature.skewed for feature in self.features.values())

    def __getitem__(self, name: str) -> FeatureSkew:
        try:
            return self.features[name]
        except KeyError:
            raise DataKeyError(
                "no such feature was compared", "drift.unknown_column", name
            ) from None

    def to_dict(self) -> dict[str, object]:
        """Everything, as plain values."""
        return asdict(self) | {"skewed": self.skewed}

    def to_frame(self) -> pd.DataFrame:
        """One row a feature, the most skewed first.

        Raises: Error python.package_missing without pandas.
        """
        rows = [asdict(one) for one in self.features.values()]
        return (
            pandas_library()
            .DataFrame(rows)
            .sort_values("rate", ascending=False, kind="stable", ignore_index=True)
        )


def _feature(core: _core.drift.FeatureSkew) -> FeatureSkew:
    return FeatureSkew(
        core.name,
        core.matched,
        core.mismatched,
        core.missing_in_training,
        core.missing_in_serving,
        core.rate,
        core.largest_difference,
        [SkewSample(*one) for one in core.samples],
        core.reason,
    )


def row_skew(
    training: Data,
    serving: Data,
    keys: str | Sequence[str],
    *,
    columns: Sequence[str] = (),
    absolute: float = 0.0,
    relative: float = 0.0,
    samples: int = 5,
) -> RowSkew:
    """Join two logs of the same rows by `keys` and compare them feature by feature.

    Numbers match if |a - b| <= absolute + relative |a|, a being training's; everything else must
    be equal.
    `columns` are those to compare (all), `samples` how many differing rows are kept a feature.

    Raises: Error drift.keys, drift.unknown_column, drift.key_type, drift.tolerance, and what
    reading data raises.
    """
    core = _core.drift.row_skew(
        list(batches(training)),
        list(batches(serving)),
        [keys] if isinstance(keys, str) else list(keys),
        list(columns),
        absolute,
        relative,
        samples,
    )
    return RowSkew(
        core.joined,
        core.training_only,
        core.serving_only,
        core.repeated,
        core.without_key,
        {one.name: _feature(one) for one in core.features},
        core.reason,
    )
