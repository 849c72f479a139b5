"""Dask gives the single machine's digest."""

from typing import Any

import dask
import dask.bag
import dask.dataframe
import pytest
from data import OPTIONS, TABLE, parts

import zeroskew as zs
from zeroskew.engines import dask as adapter

# Dask warns about itself; what it says is not ours to judge.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
@pytest.mark.parametrize("options", [{}, OPTIONS])
def test_bags_and_delayed_tables(options: dict[str, Any], scheduler: str) -> None:
    expected = zs.profile(TABLE, **options).digest
    with dask.config.set(scheduler=scheduler, num_workers=2):
        bag = dask.bag.from_sequence(parts(7), npartitions=3)
        assert adapter.profile(bag, **options).digest == expected
        assert (
            adapter.profile([dask.delayed(part) for part in parts(20)], **options).digest
            == expected
        )
    assert adapter.profile([], **options) == zs.Profile()


def test_frames() -> None:
    frame = TABLE.to_pandas()
    with dask.config.set(scheduler="threads"):
        divided = adapter.profile(dask.dataframe.from_pandas(frame, npartitions=4), **OPTIONS)
    assert divided.digest == zs.profile(frame, **OPTIONS).digest
