"""Writes a set of Parquet files of any size, profiles it with a progress bar, and says how much memory that took.

python benchmarks/out_of_core.py --gigabytes 10
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import zeroskew as zs

ROWS = 2_000_000  # a file


def table(part: int) -> pa.Table:
    """Rides in a city: what occurs in tables. Another part has other rows."""
    rng = np.random.default_rng(part)
    kilometres = rng.lognormal(1.2, 0.8, ROWS)
    start = 1_767_225_600_000_000 + rng.integers(0, 31_536_000_000_000, ROWS)
    names = pa.array([f"zone {i}" for i in range(265)])
    return pa.table(
        {
            "id": np.arange(part * ROWS, (part + 1) * ROWS),
            "card": pa.array(rng.integers(0, 2**62, ROWS).astype("S20").astype("U20")),
            "start": pa.array(start, pa.timestamp("us", "UTC")),
            "seconds": (kilometres * 180 + rng.gamma(2.0, 60.0, ROWS)).astype(np.int32),
            "kilometres": kilometres,
            "fare": pa.array(np.round(2.5 + 1.7 * kilometres, 2), mask=rng.random(ROWS) < 0.02),
            "tip": np.where(rng.random(ROWS) < 0.4, 0.0, rng.exponential(2.0, ROWS)).astype(np.float32),
            "from": pa.DictionaryArray.from_arrays(rng.integers(0, 265, ROWS).astype(np.int16), names),
            "to": pa.DictionaryArray.from_arrays(rng.zipf(1.5, ROWS).astype(np.int64) % 265, names),
            "paid by card": rng.random(ROWS) < 0.7,
        }
    )


def write(directory: Path, gigabytes: float, one_file: bool) -> tuple[int, int]:
    """Parquet until there are so many gigabytes; rows, and the exact sum of the seconds."""
    directory.mkdir(parents=True)
    rows = seconds = part = 0
    writer = None
    while size_of(directory) < gigabytes * 1e9:
        made = table(part)
        if writer is None:
            path = directory / f"rides-{part:04}.parquet"
            writer = pq.ParquetWriter(path, made.schema, compression="zstd", compression_level=1)
        writer.write_table(made, row_group_size=ROWS // 2 if one_file else ROWS // 8)
        if not one_file:
            writer.close()
            writer = None
        rows += made.num_rows
        seconds += int(made["seconds"].to_numpy().sum(dtype=np.int64))
        part += 1
        print(f"\r{size_of(directory) / 1e9:.2f} GB written", end="", file=sys.stderr)
    if writer is not None:
        writer.close()
    print(file=sys.stderr)
    return rows, seconds


def size_of(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory.glob("*.parquet"))


def peak() -> float:
    """The most memory that this process ever held, in MB. (getrusage counts that of the parent, too.)"""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def measure(directory: Path, threads: int | None) -> None:
    """In a process of its own, whose memory is that of profiling alone."""
    before = peak()
    started = time.perf_counter()
    profile = zs.profile(sorted(directory.glob("*.parquet")), threads=threads, progress=True)
    taken = time.perf_counter() - started
    print(
        json.dumps(
            {
                "rows": profile.rows,
                "sum of seconds": profile["seconds"].sum,
                "taken": taken,
                "before": before,
                "peak": peak(),
                "state": len(profile.to_bytes()),
                "digest": profile.digest,
            }
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=1.0, help="size of the Parquet set (default: 1)")
    parser.add_argument("--directory", type=Path, default=Path("build/out_of_core"), help="made, and removed again")
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--one-file", action="store_true", help="all rows in one file, with large row groups")
    parser.add_argument("--keep", action="store_true", help="keep the files")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.directory, options.threads)
        return
    rows, seconds = write(options.directory, options.gigabytes, options.one_file)
    size = size_of(options.directory)
    try:
        again = [sys.executable, __file__, "--measure", "--directory", str(options.directory)]
        again += ["--threads", str(options.threads)] if options.threads else []
        found = json.loads(subprocess.run(again, stdout=subprocess.PIPE, check=True).stdout)
    finally:
        if not options.keep:
            shutil.rmtree(options.directory)
    if (found["rows"], found["sum of seconds"]) != (rows, seconds):
        sys.exit(f"wrong: {found} where {rows} rows with {seconds} seconds were written")
    print(f"{size / 1e9:.2f} GB of Parquet, {rows:,} rows x 10 columns, in {found['taken']:.1f} s")
    print(f"{rows / found['taken'] / 1e6:.2f} million rows a second, {size / found['taken'] / 1e6:.0f} MB/s")
    print(f"memory: {found['peak']:.0f} MB at its peak, {found['before']:.0f} MB of it before the first row")
    print(f"saved profile: {found['state'] / 1024:.0f} kB, digest {found['digest']}")


if __name__ == "__main__":
    main()
