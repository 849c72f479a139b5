"""Statistics that another tool wrote, where a profile is wanted."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from zeroskew import _core
from zeroskew._core import drift, schema
from zeroskew._profile import Profile
from zeroskew._values import Bin, Estimate
from zeroskew.errors import DataKeyError, DataTypeError, DataValueError

#: The name of the dataset that holds all rows, in a list of several.
WHOLE = "All Examples"

#: The custom statistic that holds a whole profile.
STATE = "zeroskew_profile"


class ImportedColumn:
    """What the other tool says of one column. What it did not count is None."""

    #: What only a profile of one's own has: a unit of time, the lengths of strings and lists.
    unit = length = None

    def __init__(
        self,
        name: str,
        type_: str,
        proto: Any,
        distribution: drift.Distribution,
        children: Mapping[str, ImportedColumn] = MappingProxyType({}),
    ) -> None:
        self.name = name
        self.children = children
        """A structure's fields, by name."""
        self.type = type_
        """int, float, string, bytes or struct."""
        self.distribution = distribution
        """Labels, or the buckets of the histogram between quantiles."""
        self._proto = proto
        kind = proto.WhichOneof("stats")
        self._stats = getattr(proto, kind) if kind else None
        self._numbers = self._stats if kind == "num_stats" and self._has_numbers() else None
        self._strings = self._stats if kind == "string_stats" else None

    def _has_numbers(self) -> bool:
        # Without values, or with nothing but NaN, the zeros of the message stand for nothing.
        assert self._stats is not None
        common = self._stats.common_stats
        total = common.tot_num_values or round(common.num_non_missing * common.avg_num_values)
        return bool(total > self._nan())

    def _nan(self) -> int:
        assert self._stats is not None
        return max((chart.num_nan for chart in self._stats.histograms), default=0)

    @property
    def count(self) -> int:
        """Examples that hold the feature."""
        return int(self._stats.common_stats.num_non_missing) if self._stats is not None else 0

    @property
    def missing(self) -> int:
        return int(self._stats.common_stats.num_missing) if self._stats is not None else 0

    @property
    def nan(self) -> int | None:
        return self._nan() if self._proto.WhichOneof("stats") == "num_stats" else None

    @property
    def mean(self) -> float | None:
        return self._numbers and float(self._numbers.mean)

    @property
    def std(self) -> float | None:
        """The population's (divided by n)."""
        return self._numbers and float(self._numbers.std_dev)

    @property
    def variance(self) -> float | None:
        return None if self.std is None else self.std * self.std

    @property
    def min(self) -> float | int | None:
        return self._numbers and self._own(self._numbers.min)

    @property
    def max(self) -> float | int | None:
        return self._numbers and self._own(self._numbers.max)

    @property
    def median(self) -> float | None:
        return self._numbers and float(self._numbers.median)

    @property
    def zeros(self) -> int | None:
        return self._numbers and int(self._numbers.num_zeros)

    @property
    def infinities(self) -> int | None:
        """Of either sign, as far as the histogram tells."""
        if self._numbers is None:
            return None
        return round(
            sum(
                one.count
                for one in self.histogram("equal_width") or ()
                if one.low == one.high and math.isinf(one.low)
            )
        )

    @property
    def invalid_utf8(self) -> int | None:
        return None if self._strings is None else int(self._strings.invalid_utf8_count)

    def _buckets(self) -> list[tuple[float, float, float]]:
        # Those between quantiles tell more where there are many values.
        bins = self.histogram("quantile") or self.histogram("equal_width") or []
        return [(one.low, one.high, float(one.count)) for one in bins if float(one.count) > 0]

    def quantile(self, q: float) -> float | None:
        """As if the values of a histogram's bucket lay evenly in it; None without a histogram."""
        buckets = self._buckets()
        wanted = q * sum(mass for _, _, mass in buckets)
        for low, high, mass in buckets:
            if wanted <= mass:
                inner = math.isfinite(low) and math.isfinite(high)
                return low + (high - low) * (wanted / mass) if inner else low
            wanted -= mass
        return buckets[-1][1] if buckets else None

    def cdf_bounds(self, x: float) -> tuple[float, float] | None:
        """Bounds of the share of values <= x, as the histogram has them."""
        buckets = self._buckets()
        total = sum(mass for _, _, mass in buckets)
        if not total:
            return None
        below = sum(mass for _, high, mass in buckets if high <= x)
        return below / total, sum(mass for low, _, mass in buckets if low <= x) / total

    @property
    def distinct(self) -> Estimate | None:
        """As the other tool counted or estimated it, without bounds of its own."""
        if self._strings is None:
            return None
        count = float(self._strings.unique)
        return Estimate(count, count, count, False)

    def top(self, k: int = 10) -> list[tuple[str, float]]:
        """The most frequent strings that the other tool kept, with their counts."""
        if self._strings is None:
            return []
        ranks = self._strings.rank_histogram.buckets
        if ranks:
            return [(bucket.label, bucket.sample_count) for bucket in ranks[:k]]
        return [(one.value, one.frequency) for one in self._strings.top_values[:k]]

    def histogram(self, kind: str = "equal_width") -> list[Bin] | None:
        """The histogram that was stored: "equal_width" or "quantile"; None where there is none."""
        types = {"equal_width": 0, "quantile": 1}
        if kind not in types:
            raise DataValueError(
                f"{kind!r} is no kind of histogram; there are 'equal_width' and 'quantile'",
                "stats.bad_histogram",
            )
        if self._proto.WhichOneof("stats") != "num_stats":
            return None
        for chart in self._proto.num_stats.histograms:
            if chart.type == types[kind]:
                return [
                    Bin(b.low_value, b.high_value, b.sample_count, b.sample_count, b.sample_count)
                    for b in chart.buckets
                ]
        return None

    def _own(self, number: float) -> float | int:
        return int(number) if self.type == "int" and number == number // 1 else float(number)

    def __repr__(self) -> str:
        cells = self.count + self.missing
        return f"<ImportedColumn {self.name!r}: {self.type}, {self.count:,} of {cells:,}>"


class ImportedProfile:
    """A read-only profile that another tool wrote: `validate`, `infer_schema`, `update_schema` and
    `compare` take it where they take a Profile, also together with one.

    `profile["fare"]` needs tensorflow-metadata; validation does not.
    """

    def __init__(
        self,
        name: str,
        core: schema.DatasetStatistics,
        document: bytes,
        form: str,
        index: int,
    ) -> None:
        self.name = name
        """Of the dataset; "" or "All Examples" where it is the whole data."""
        self.slices: Mapping[str, ImportedProfile] = {}
        """The other datasets of the same list, by name."""
        self._core = core
        self._document = document
        self._form = form
        self._index = index

    @property
    def rows(self) -> int | float:
        """Examples; their weight where the statistics are weighted."""
        rows = self._core.num_examples
        return int(rows) if rows == int(rows) else rows

    @property
    def digest(self) -> str:
        """SHA-256 of the statistics as they were read, 64 hex digits."""
        return hashlib.sha256(self._document).hexdigest()

    @property
    def columns(self) -> list[str]:
        """Names, in the order of the statistics."""
        return [name for name, _ in self._core.columns]

    def to_proto(self) -> Any:
        """The DatasetFeatureStatisticsList that this was read from, with all its datasets."""
        from zeroskew.tfx._protos import messages

        return messages().DatasetFeatureStatisticsList.FromString(self._binary)

    @cached_property
    def _binary(self) -> bytes:
        if self._form == "binary":
            return self._document
        from zeroskew.tfx._protos import serialized

        return serialized(self._document, self._form)

    @property
    def original(self) -> Profile | None:
        """The profile itself, where `profile_to_proto` was asked to send its state along.

        Raises: Error stats.* or statistics.bad_state where the state is damaged.
        """
        dataset = self.to_proto().datasets[self._index]
        for custom in dataset.features[0].custom_stats if dataset.features else ():
            if custom.name == STATE:
                try:
                    return Profile.from_bytes(base64.b64decode(custom.str, validate=True))
                except binascii.Error as failure:
                    raise DataValueError(f"not base64: {failure}", "statistics.bad_state") from None
        return None

    @cached_property
    def _features(self) -> dict[str, Any]:
        dataset = self.to_proto().datasets[self._index]
        return {
            _core.schema.path_text(list(one.path.step)) if one.HasField("path") else one.name: one
            for one in dataset.features
        }

    def __getitem__(self, name: str) -> ImportedColumn:
        """A column by name, or by path inside structures ("trip.miles")."""
        if not isinstance(name, str):
            raise DataTypeError(
                f"a column is asked for by its name, not by {name!r}", "profile.bad_name"
            )
        found = self._features.get(name, self._features.get(_core.schema.path_text([name])))
        if found is None:
            raise DataKeyError("there is no such column", "profile.unknown_column", name)
        steps = list(found.path.step) if found.HasField("path") else self._steps(name)
        types = ("int", "float", "string", "bytes", "struct")
        return ImportedColumn(
            name,
            types[found.type],
            found,
            self._core.distribution(steps),
            {one: self[one] for one in self._fields(steps)}
            if types[found.type] == "struct"
            else {},
        )

    def _fields(self, steps: list[str]) -> Iterator[str]:
        """The fields of a structure, by their paths."""
        start = _core.schema.path_text(steps) + "."
        for name in self._features:
            if name.startswith(start) and len(_core.schema.parse_path(name)) == len(steps) + 1:
                yield name

    def _steps(self, name: str) -> list[str]:
        return [name] if name in self.columns else _core.schema.parse_path(name)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        """The number of columns."""
        return len(self._core.columns)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ImportedProfile):
            return NotImplemented
        if self._index != other._index:
            return False
        if self._form == other._form and self._document == other._document:
            return True
        return self._binary == other._binary

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return imported, (self._document, self._form, self._index)

    def __repr__(self) -> str:
        kinds = ", ".join(f"{name}: {kind}" for name, kind in self._core.columns[:12])
        more = f", ... and {len(self) - 12} more" if len(self) > 12 else ""
        return f"<ImportedProfile of {self.rows:,} examples: {kinds}{more}>"


def imported(document: bytes, form: str = "binary", index: int | None = None) -> ImportedProfile:
    """The whole dataset of a DatasetFeatureStatisticsList (or the one at `index`), with its slices.

    Raises: Error schema.* and statistics.* for a document that is none, or says impossible things;
    statistics.no_dataset where several datasets leave open which one is the whole.
    """
    found = schema.DatasetStatistics.read(document, form)
    profiles = [
        ImportedProfile(name, core, document, form, i) for i, (name, core) in enumerate(found)
    ]
    whole = [one for one in profiles if one.name == WHOLE] if len(profiles) > 1 else profiles
    if index is not None and 0 <= index < len(profiles):
        whole = [profiles[index]]
    if not whole:
        what = (
            f"of several datasets none is called {WHOLE!r}"
            if profiles
            else "the list holds no dataset"
        )
        raise DataValueError(what, "statistics.no_dataset")
    result = whole[0]
    result.slices = {one.name: one for one in profiles if one is not result}
    return result
