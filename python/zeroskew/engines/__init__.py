"""Profiles past one machine: `beam`, `dask`, `spark` and `ray`, thin adapters over update and
merge.

Each is imported by itself (`from zeroskew.engines import dask`) and needs its engine installed. A
profile is a function of the multiset of rows, so its digest is the one that a single machine
computes.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

from zeroskew._profile import Profile, merge
from zeroskew.errors import EngineError


def required(module: str, package: str) -> Any:
    """An engine's module, or an Error that names the package to install."""
    try:
        return importlib.import_module(module)
    except ImportError as failure:
        raise EngineError(
            f"this needs the package {package!r}: pip install {package!r}",
            "python.package_missing",
            module,
        ) from failure


def state_of(data: Any, options: dict[str, Any]) -> bytes:
    """The state of a part of the data, to send on."""
    profile = Profile()
    profile.update(data, **options)
    return profile.to_bytes()


def merged(states: Iterable[bytes]) -> Profile:
    """The profile of all parts."""
    return merge(Profile.from_bytes(state) for state in states)
