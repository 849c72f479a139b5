"""A table as training loops read it: item by item or batch by batch, in any worker, with the
same bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from zeroskew._data import Data, batches
from zeroskew._keys import Keys, key_array
from zeroskew._pipeline import FittedPipeline
from zeroskew._policy import Policy
from zeroskew._table import Table
from zeroskew.errors import DataKeyError, DataValueError

_HELD = 100_000  # rows that a policy's drift budgets see


class Dataset:
    """Rows of a table as vectors of numbers. `torch.utils.data.DataLoader` takes it as it is.

    Item i of epoch e is a function of the row and its key alone: the number of workers, the order
    and the batch in which items are asked for do not matter. Set `epoch` before each epoch. Batches
    are NumPy arrays; PyTorch and JAX read them through DLPack without a copy (`torch.from_dlpack`,
    `jax.dlpack.from_dlpack`). Of a policy the pipeline is taken, and held to the policy's drift
    budgets once, on the first 100,000 rows.
    """

    def __init__(
        self,
        pipeline: FittedPipeline | Policy,
        data: Data,
        columns: Sequence[str] | None = None,
        target: str | None = None,
        keys: Keys = None,
        training: bool = True,
    ) -> None:
        pieces = [pa.record_batch(Table([batch])) for batch in batches(data)]
        self._table = pa.Table.from_batches(pieces).combine_chunks()
        if isinstance(keys, str):
            keys = self._table[keys]
        count = self._table.num_rows
        self._keys = np.arange(count, dtype=np.uint64) if keys is None else key_array(keys)
        if len(self._keys) != count:
            raise DataValueError(
                f"{len(self._keys)} keys for {count} rows", "transform.keys", "keys"
            )
        if isinstance(pipeline, Policy):
            if training:
                first = self._table.slice(0, _HELD)
                pipeline.transform(first, keys=self._keys[:_HELD], training=True)
            pipeline = pipeline.pipeline
        self._pipeline = pipeline
        if target is not None and target not in self._table.column_names:
            raise DataKeyError("there is no such column", "dataset.target", target)
        self._columns = (
            list(columns)
            if columns is not None
            else [name for name in pipeline.outputs if name != target]
        )
        self._target = target
        self.training = bool(training)
        self.epoch = 0

    @property
    def columns(self) -> list[str]:
        """What the vectors are made of, in their order."""
        return list(self._columns)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def batch(self, rows: Iterable[int] | ArrayLike) -> Any:
        """Rows by number: an array (rows, columns), or with a target a pair of that and the
        targets."""
        numbers = np.asarray(list(rows) if isinstance(rows, range) else rows, dtype=np.int64)
        numbers = np.where(numbers < 0, numbers + len(self), numbers)
        if numbers.size and (numbers.min() < 0 or numbers.max() >= len(self)):
            raise IndexError(f"rows are numbered from 0 to {len(self) - 1}")
        part = self._table.take(numbers)
        made = self._pipeline.transform(
            part, keys=self._keys[numbers], epoch=self.epoch, training=self.training, threads=1
        )
        vectors = self._matrix(made)
        return (
            vectors
            if self._target is None
            else (vectors, part[self._target].to_numpy(zero_copy_only=False))
        )

    def _matrix(self, table: Table) -> NDArray[np.float64]:
        missing = [name for name in self._columns if name not in table.columns]
        if missing:
            raise DataKeyError("the pipeline makes no such column", "dataset.column", missing[0])
        return np.ascontiguousarray(
            np.column_stack([np.asarray(table[name], dtype=np.float64) for name in self._columns])
        )

    def __getitem__(self, row: int) -> Any:
        found = self.batch([row])
        return found[0] if self._target is None else (found[0][0], found[1][0])

    def __getitems__(self, rows: list[int]) -> list[Any]:
        """What PyTorch's loaders ask for: many rows at once."""
        found = self.batch(rows)
        return list(found) if self._target is None else list(zip(*found, strict=True))

    def batches(self, size: int, shuffle: int | None = None) -> Iterator[Any]:
        """Batch after batch; `shuffle` is the seed of the order, which changes with the epoch."""
        if size < 1:
            raise DataValueError("a batch has one row at least", "dataset.size", "size")
        order = np.arange(len(self))
        if shuffle is not None:
            order = np.random.default_rng([shuffle, self.epoch]).permutation(len(self))
        for first in range(0, len(self), size):
            yield self.batch(order[first : first + size])


def dataset(
    pipeline: FittedPipeline | Policy,
    data: Data,
    columns: Sequence[str] | None = None,
    target: str | None = None,
    keys: Keys = None,
    training: bool = True,
) -> Dataset:
    """A `Dataset`: what `pipeline` makes of `data`, row by row, for PyTorch, JAX or a loop of
    one's own."""
    return Dataset(pipeline, data, columns, target, keys, training)
