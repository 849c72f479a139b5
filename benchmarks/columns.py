"""Columns that the studies of drift draw from, and how a study writes its tables into a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zeroskew import _core

ROOT = Path(__file__).resolve().parent.parent
Draw = Callable[[np.random.Generator, int], NDArray[np.float64]]


def categories(shares: NDArray[np.float64]) -> Draw:
    """Whole numbers from 0 with these shares."""
    ends = np.cumsum(shares) / np.sum(shares)
    return lambda rng, size: np.searchsorted(ends, rng.random(size), side="right").astype(float)


def zero_inflated(rng: np.random.Generator, size: int) -> NDArray[np.float64]:
    """Six of ten are 0, the others half-normal."""
    return np.where(rng.random(size) < 0.6, 0.0, np.abs(rng.normal(size=size)))


#: name -> (how values are drawn, whether they are names and not numbers)
KINDS: dict[str, tuple[Draw, bool]] = {
    "normal": (lambda rng, size: rng.normal(size=size), False),
    "lognormal": (lambda rng, size: rng.lognormal(0.0, 1.5, size), False),
    "rounded": (lambda rng, size: np.round(rng.normal(size=size), 1), False),
    "five values": (lambda rng, size: np.clip(np.round(rng.normal(2.0, 1.0, size)), 0, 4), False),
    "zero-inflated": (zero_inflated, False),
    "2 categories": (categories(np.array([0.7, 0.3])), True),
    "5 categories": (categories(np.ones(5)), True),
    "10 skewed": (categories(0.6 ** np.arange(10)), True),
    "50 categories": (categories(np.ones(50)), True),
    "50 skewed": (categories(1.0 / np.arange(1.0, 51.0) ** 1.5), True),
}
SIZES = [(200, 200), (1000, 1000), (60, 2000), (2000, 300)]


def spread(values: NDArray[np.float64], names: bool) -> _core.drift.Distribution:
    """The values as the measures read them."""
    if not names:
        return _core.drift.Distribution.of_values(values)
    found, counts = np.unique(values, return_counts=True)
    return _core.drift.Distribution.of_counts(
        [(str(int(v)), float(c)) for v, c in zip(found, counts, strict=True)]
    )


def arrow(values: NDArray[np.float64], names: bool) -> pa.Array:
    """The values as a column of a table."""
    return pa.array(values.astype(int).astype(str)) if names else pa.array(values)


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table as Markdown."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def write_block(page: Path, name: str, text: str) -> None:
    """Replaces what stands between the markers `<!-- name -->` and `<!-- /name -->`."""
    old = page.read_text(encoding="utf-8")
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    new, count = re.subn(pattern, lambda found: found[1] + text + found[2], old, flags=re.DOTALL)
    if count != 1:
        raise SystemExit(f"{page} has {count} blocks {name!r}, not one")
    page.write_text(new, encoding="utf-8")
