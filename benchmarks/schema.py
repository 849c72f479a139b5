"""Times of the schema room: 1,000 columns inferred and validated, a million rows looked at.

python benchmarks/schema.py [--rows N]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa

import zeroskew as zs


def best(work: Callable[[], object], repeats: int = 5) -> float:
    """Seconds of the fastest of some runs."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def wide() -> zs.Profile:
    """A thousand columns of numbers and names."""
    random = np.random.default_rng(1)
    words = np.array([f"word {i}" for i in range(50)])
    columns: dict[str, object] = {}
    for i in range(1000):
        columns[f"c{i}"] = [
            random.normal(size=500),
            random.integers(0, 99, 500),
            words[random.integers(0, 50, 500)],
        ][i % 3]
    return zs.profile(columns)


def long(rows: int) -> tuple[pa.Table, zs.Schema]:
    """Twenty columns, a bound or a domain on each, and a rule across two."""
    random = np.random.default_rng(2)
    words = np.array([f"word {i}" for i in range(50)])
    columns: dict[str, object] = {f"x{i}": random.normal(size=rows) for i in range(8)}
    columns |= {f"i{i}": random.integers(0, 1000, rows) for i in range(6)}
    columns |= {f"s{i}": words[random.integers(0, 50, rows)] for i in range(6)}
    table = pa.table(columns)
    schema = zs.infer_schema(zs.profile(table))
    for i in range(8):
        schema[f"x{i}"].float_domain.min, schema[f"x{i}"].float_domain.max = -4.0, 4.0
    for i in range(6):
        schema[f"i{i}"].int_domain.min, schema[f"i{i}"].int_domain.max = 0, 998
    return table, schema


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    rows = arguments.parse_args().rows
    profile = wide()
    schema = zs.infer_schema(profile)
    core, room = schema._core, zs._core.schema
    print(
        f"infer 1,000 columns    {best(lambda: room.infer(profile._core, 100, True)) * 1e3:8.1f} ms"
    )
    print(f"infer, as Python object {best(lambda: zs.infer_schema(profile)) * 1e3:8.1f} ms")
    print(f"validate 1,000 columns  {best(lambda: zs.validate(profile, schema)) * 1e3:8.1f} ms")
    print(f"digest of that schema   {best(lambda: room.digest(core)) * 1e3:8.1f} ms")
    table, bounds = long(rows)
    print(f"{rows:,} rows x 20 columns:")
    print(f"  validate_rows         {best(lambda: zs.validate_rows(table, bounds), 3):8.3f} s")
    bounds.add_row_rule("x0 < x1 + 9 and i0 <= i1 + 1000")
    bounds.add_row_rule("s0 in ('word 1', 'word 2') => x2 == x3 within 20")
    print(f"  with two rules        {best(lambda: zs.validate_rows(table, bounds), 3):8.3f} s")
    bounds.set_rules("s1", pattern=r"word \d+")
    print(f"  and a pattern         {best(lambda: zs.validate_rows(table, bounds), 3):8.3f} s")


if __name__ == "__main__":
    main()
