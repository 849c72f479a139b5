"""How fast drift is measured: beside scipy and Evidently, after checking that the answers agree.

1. Kolmogorov-Smirnov of 20 columns of a million raw values a side: scipy's time over ours.
2. zs.compare of the same raw columns, profiling included, and Evidently's KS preset (`--evidently
PYTHON`).
3. zs.compare of two profiles of 1,000 columns.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.stats as st
from columns import table

import zeroskew as zs

ASK_EVIDENTLY = """
import sys, time, warnings
warnings.filterwarnings("ignore")
import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset
a, b = (pd.read_parquet(path) for path in sys.argv[1:3])
start = time.perf_counter()
Report([DataDriftPreset(num_method="ks")]).run(b, a).dict()
print(time.perf_counter() - start)
"""


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def wide(rng: np.random.Generator, columns: int, rows: int) -> zs.Profile:
    """Half continuous, a quarter whole numbers, a quarter names."""
    data: dict[str, pa.Array] = {}
    for i in range(columns):
        if i % 4 == 3:
            data[f"c{i}"] = pa.array(rng.integers(0, 20, rows).astype(str))
        elif i % 4 == 2:
            data[f"c{i}"] = pa.array(rng.integers(0, 100, rows))
        else:
            data[f"c{i}"] = pa.array(rng.normal(size=rows))
    return zs.profile(pa.table(data))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--evidently", help="a Python that has Evidently")
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    x = [rng.normal(size=options.rows) for _ in range(options.columns)]
    y = [rng.normal(0.002 * i, 1, options.rows) for i in range(options.columns)]

    for a, b in list(zip(x, y, strict=True))[:3]:
        expected, found = st.ks_2samp(a, b), zs.drift.ks_2samp(a, b)
        assert abs(expected.statistic - found.statistic) < 1e-12
        assert abs(expected.pvalue - found.pvalue) <= 1e-9 * max(1e-3, expected.pvalue), (
            expected,
            found,
        )
    # In turns, so that both have their best of the same minutes.
    ours = theirs = 0.0
    for a, b in zip(x, y, strict=True):
        best = [float("inf"), float("inf")]
        for _ in range(3):
            best[0] = min(best[0], seconds(partial(zs.drift.ks_2samp, a, b)))
            best[1] = min(best[1], seconds(partial(st.ks_2samp, a, b), 1))
        ours += best[0]
        theirs += best[1]
    rows = [["KS of raw columns", f"{ours:.2f} s", f"scipy {theirs:.2f} s", f"{theirs / ours:.1f}"]]

    before, after = (
        pa.table({f"c{i}": column for i, column in enumerate(side)}) for side in (x, y)
    )
    drift = zs.compare(before, after)
    for i, (a, b) in enumerate(zip(x, y, strict=True)):
        gap = st.ks_2samp(a, b).statistic if i < 3 else None
        result = drift[f"c{i}"].tests["ks"]
        assert gap is None or result.lo <= gap <= result.hi
    full = seconds(lambda: zs.compare(before, after))
    rows.append(["compare of raw columns", f"{full:.2f} s", "", ""])
    if options.evidently:
        with tempfile.TemporaryDirectory() as folder:
            paths = [str(Path(folder) / f"{i}.parquet") for i in range(2)]
            for side, path in zip((before, after), paths, strict=True):
                pq.write_table(side, path)
            done = subprocess.run(
                [options.evidently, "-c", ASK_EVIDENTLY, *paths],
                capture_output=True,
                text=True,
                check=True,
            )
        slow = float(done.stdout.split()[-1])
        rows[-1][2:] = [f"Evidently {slow:.1f} s", f"{slow / full:.1f}"]

    sides = wide(rng, 1000, 1000), wide(rng, 1000, 1000)
    first = zs.compare(*sides, correction="none")["c0"].tests["ks"]
    again = zs.drift.ks_2samp(sides[0]["c0"], sides[1]["c0"])
    assert (first.statistic, first.pvalue) == (again.statistic, again.pvalue)
    rows.append(
        [
            "compare of two 1,000-column profiles",
            f"{1e3 * seconds(lambda: zs.compare(*sides), 50):.1f} ms",
            "",
            "",
        ]
    )
    print(table(["", "zeroskew", "peer", "ratio"], rows))


if __name__ == "__main__":
    main()
