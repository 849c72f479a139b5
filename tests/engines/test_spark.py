"""Spark gives the single machine's digest."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from data import OPTIONS, TABLE
from pyspark.sql import SparkSession

import zeroskew as zs
from zeroskew.engines import spark as adapter

# Spark warns about itself; what it says is not ours to judge.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # its workers would take another one
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        yield session
        session.stop()


@pytest.mark.parametrize("options", [{}, OPTIONS])
def test_frames(session: SparkSession, options: dict[str, Any]) -> None:
    frame = session.createDataFrame(TABLE)
    assert frame.count() == TABLE.num_rows
    assert (
        adapter.profile(frame.repartition(3), **options).digest
        == zs.profile(TABLE, **options).digest
    )
