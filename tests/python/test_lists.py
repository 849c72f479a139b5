"""Lists: presence and items at every level of nesting, against counting by hand."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs

leaf = st.none() | st.integers(-5, 5)
inner = st.none() | st.lists(leaf, max_size=4)
middle = st.none() | st.lists(inner, max_size=3)
cells = st.lists(st.none() | st.lists(middle, max_size=3), min_size=1, max_size=12)
TYPES = [
    pa.list_(pa.list_(pa.list_(pa.int16()))),
    pa.large_list(pa.list_(pa.large_list(pa.float32()))),
    pa.list_view(pa.list_(pa.list_(pa.int64()))),
]


def lists_of(cells: list[Any], level: int) -> Iterator[list[Any] | None]:
    """All lists of a level, null ones too."""
    if level == 0:
        yield from cells
    else:
        for above in lists_of(cells, level - 1):
            yield from above or ()


@pytest.mark.parametrize("type", TYPES, ids=str)
@given(cells)
def test_every_level_is_counted(type: pa.DataType, cells: list[Any]) -> None:
    profile = zs.profile(pa.table({"l": pa.array(cells, type)}))
    column = profile["l"]
    expected = []
    for level in range(3):
        lists = list(lists_of(cells, level))
        lengths = sorted(len(one) for one in lists if one is not None)
        if level == 0 or lists or expected[-1][0]:
            expected.append(
                (len(lengths), len(lists) - len(lengths), lengths.count(0), sum(lengths), lengths)
            )
    levels = column.levels
    assert [level[:4] for level in levels] == [one[:4] for one in expected]
    for level, (*_, lengths) in zip(levels, expected, strict=True):
        assert level.lengths.count == len(lengths)
        if lengths:
            assert (level.lengths.min, level.lengths.max) == (lengths[0], lengths[-1])
            assert level.lengths.mean == sum(lengths) / len(lengths)
            assert level.lengths.top(99) == sorted(
                ((n, lengths.count(n)) for n in set(lengths)), key=lambda one: (-one[1], -one[0])
            )
    leaves = [item for one in lists_of(cells, 2) for item in one or ()]
    if "l[][][]" in profile:
        items = profile["l[][][]"]
        assert (items.count, items.missing) == (
            len(leaves) - leaves.count(None),
            leaves.count(None),
        )


def test_levels_merge() -> None:
    a = zs.profile({"l": [[[1], None], None, [[]]]})
    b = zs.profile({"l": [[], [[2, 3], [4]], [None]]})
    first, second = (a + b)["l"].levels
    assert first[:4] == (5, 1, 1, 6)
    assert second[:4] == (4, 2, 1, 4)
    assert second.lengths.max == 2
    assert repr(first).startswith("Level(present=5, missing=1, empty=1, items=6, ")


def test_lists_of_structures_end_the_levels() -> None:
    profile = zs.profile({"l": [[{"a": [1, 2]}, None], [{"a": None}]]})
    assert [level[:4] for level in profile["l"].levels] == [(2, 0, 0, 3)]
    assert [level[:4] for level in profile["l[].a"].levels] == [(1, 1, 0, 2)]
    assert zs.profile({"x": [1]})["x"].levels == []
