"""Spark: the profile of a DataFrame, by `mapInArrow`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from zeroskew._profile import Profile
from zeroskew.engines import merged, required, state_of

_SCHEMA = "state binary"


def profile(frame: Any, partitions: int | None = None, **options: Any) -> Profile:
    """Profiles each partition where it is; the states are merged in two steps, the last one here.

    `partitions`: how many workers merge states before the last step; the square root of the frame's
    partitions unless told. `options`: those of `zeroskew.profile`; each task takes one thread
    unless `threads` says otherwise.
    """
    required("pyspark", "pyspark")
    options.setdefault("threads", 1)

    def states(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield _row(state_of(batches, options))

    def merge_states(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        parts = [value for batch in batches for value in batch.column(0).to_pylist()]
        if parts:
            yield _row(merged(parts).to_bytes())

    mapped = frame.mapInArrow(states, _SCHEMA)
    if partitions is None:
        partitions = max(1, round(frame.rdd.getNumPartitions() ** 0.5))
    rows = mapped.repartition(partitions).mapInArrow(merge_states, _SCHEMA).collect()
    return merged(bytes(row.state) for row in rows)


def _row(state: bytes) -> pa.RecordBatch:
    return pa.record_batch({"state": pa.array([state], pa.binary())})
