"""Apache Beam: a CombineFn whose elements are rows (dicts), or whole tables (anything that
`profile` takes).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from zeroskew._profile import Profile, merge
from zeroskew.engines import required

_CombineFn: Any = required("apache_beam", "apache-beam").CombineFn

#: Rows are taken in as tables of so many.
_ROWS = 4096

_Accumulator = tuple[Profile, list[Any]]


class ProfileFn(_CombineFn):  # type: ignore[misc, unused-ignore]  # Beam has no types
    """`rows | beam.CombineGlobally(ProfileFn())` gives one Profile; with CombinePerKey, one a key.

    `schema`: the Arrow schema of rows. Without one every table of rows has its types inferred,
    which fails where a column is whole in one and fractional in the next. `options`: those of
    `zeroskew.profile`.
    """

    def __init__(self, schema: pa.Schema | None = None, **options: Any) -> None:
        super().__init__()
        self._schema = schema
        self._options = options

    def create_accumulator(self) -> _Accumulator:
        return Profile(), []

    def add_input(self, accumulator: _Accumulator, element: Any) -> _Accumulator:
        profile, rows = accumulator
        if isinstance(element, Mapping) and not any(
            _is_column(value) for value in element.values()
        ):
            rows.append(dict(element))
            return self.compact(accumulator) if len(rows) >= _ROWS else accumulator
        profile.update(element, **self._options)
        return accumulator

    def merge_accumulators(self, accumulators: Iterable[_Accumulator]) -> _Accumulator:
        return merge(self.compact(accumulator)[0] for accumulator in accumulators), []

    def compact(self, accumulator: _Accumulator) -> _Accumulator:
        profile, rows = accumulator
        if not rows:
            return accumulator
        grown = copy.copy(profile)
        grown.update(pa.Table.from_pylist(rows, self._schema), **self._options)
        return grown, []

    def extract_output(self, accumulator: _Accumulator) -> Profile:
        return self.compact(accumulator)[0]


def _is_column(value: Any) -> bool:
    """True for an array: a dict of arrays is a table, a dict of anything else is a row."""
    return hasattr(value, "__array__") and getattr(value, "ndim", 1) > 0
