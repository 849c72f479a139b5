"""Ray Data: the profile of a Dataset, by `map_batches`."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from zeroskew._profile import Profile
from zeroskew.engines import merged, required, state_of

#: Rows a state: large, since a state costs some kilobytes a column.
_ROWS = 262_144


def profile(dataset: Any, batch_size: int = _ROWS, **options: Any) -> Profile:
    """Profiles each batch where it is, and merges the states here as they come.

    `options`: those of `zeroskew.profile`; each task takes one thread unless `threads` says
    otherwise.
    """
    required("ray.data", "ray[data]")
    options.setdefault("threads", 1)

    def state(table: pa.Table) -> pa.Table:
        return pa.table({"state": pa.array([state_of(table, options)], pa.binary())})

    mapped = dataset.map_batches(state, batch_format="pyarrow", batch_size=batch_size)
    return merged(row["state"] for row in mapped.iter_rows())
