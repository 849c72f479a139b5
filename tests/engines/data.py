"""What every engine profiles, and how."""

import numpy as np
import pyarrow as pa

RNG = np.random.default_rng(3)
SIZE = 3000
TABLE = pa.table(
    {
        "x": np.where(RNG.random(SIZE) < 0.1, 1e200, RNG.normal(size=SIZE)),
        "w": RNG.random(SIZE),
        "n": RNG.integers(0, 50, SIZE),
        "s": pa.array([None if i % 11 == 0 else f"name {i % 7}" for i in range(SIZE)]),
    }
)
OPTIONS = {"weight": "w", "slices": ["s", ("s", "n")], "pairs": True}


def parts(count: int) -> list[pa.Table]:
    return [
        TABLE.slice(i * SIZE // count, (i + 1) * SIZE // count - i * SIZE // count)
        for i in range(count)
    ]
