"""Dask: the profile of a dask DataFrame, or of a bag or list of delayed tables."""

from __future__ import annotations

from typing import Any

from zeroskew._profile import Profile
from zeroskew.engines import merged, required, state_of

#: States are merged in a tree, so many at a time.
_FAN_IN = 8


def profile(data: Any, **options: Any) -> Profile:
    """Profiles each partition where it is, and merges the states in a tree.

    `data`: a dask DataFrame (partitions are pandas frames), a bag (partitions are lists of tables),
    or delayed tables. `options`: those of `zeroskew.profile`; each task takes one thread unless
    `threads` says otherwise.
    """
    dask = required("dask", "dask")
    options.setdefault("threads", 1)
    parts = list(data.to_delayed() if hasattr(data, "to_delayed") else data)
    states = [dask.delayed(state_of)(part, options) for part in parts]
    while len(states) > 1:
        states = [
            dask.delayed(_merged_state)(states[i : i + _FAN_IN])
            for i in range(0, len(states), _FAN_IN)
        ]
    return merged(dask.compute(*states))


def _merged_state(states: list[bytes]) -> bytes:
    return merged(states).to_bytes()
