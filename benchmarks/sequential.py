"""Anytime-valid tests over thousands of streams of 20,000 looks: false alarms without drift,
delays with it.

Beside them stands what they replace: a fixed-size Kolmogorov-Smirnov test at 5%, repeated every
500 values on all that has arrived. Writes the table of docs/drift.md, and fails if an
anytime-valid test alarms in more than 5% of the streams by more than chance allows.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from columns import ROOT, table, write_block

import zeroskew as zs

LEVEL = 0.05
LOOKS = 20_000
CHANGE = 10_000
Alarm = Callable[[np.random.Generator, bool], "int | None"]


def normal_stream(rng: np.random.Generator, drift: bool) -> np.ndarray:
    stream = rng.normal(size=LOOKS)
    if drift:
        stream[CHANGE:] += 0.3
    return stream


def category_stream(rng: np.random.Generator, drift: bool) -> np.ndarray:
    stream = rng.choice(3, LOOKS, p=[0.5, 0.3, 0.2])
    if drift:
        stream[CHANGE:] = rng.choice(3, LOOKS - CHANGE, p=[0.4, 0.3, 0.3])
    return stream


def bounded_stream(rng: np.random.Generator, drift: bool) -> np.ndarray:
    stream = (rng.random(LOOKS) < 0.1).astype(float)
    if drift:
        stream[CHANGE:] = rng.random(LOOKS - CHANGE) < 0.15
    return stream


def first(alarms: np.ndarray) -> int | None:
    return int(alarms[0]) if len(alarms) else None


def sequential_ks(rng: np.random.Generator, drift: bool) -> int | None:
    test = zs.monitor.SequentialKS(rng.normal(size=5000), alpha=LEVEL)
    return first(test.update_many(normal_stream(rng, drift)))


def sequential_counts(rng: np.random.Generator, drift: bool) -> int | None:
    counts = rng.multinomial(5000, [0.5, 0.3, 0.2])
    return first(
        zs.monitor.SequentialCounts(counts.tolist(), alpha=LEVEL).update_many(
            category_stream(rng, drift)
        )
    )


def sequential_counts_known(rng: np.random.Generator, drift: bool) -> int | None:
    test = zs.monitor.SequentialCounts.known([0.5, 0.3, 0.2], alpha=LEVEL)
    return first(test.update_many(category_stream(rng, drift)))


def sequential_mean(rng: np.random.Generator, drift: bool) -> int | None:
    return first(
        zs.monitor.SequentialMean(mean=0.1, alpha=LEVEL).update_many(bounded_stream(rng, drift))
    )


def e_detector(rng: np.random.Generator, drift: bool) -> int | None:
    test = zs.monitor.EDetector(mean=0.1, target_run_length=400_000)
    return first(test.update_many(bounded_stream(rng, drift)))


def repeated_ks(rng: np.random.Generator, drift: bool) -> int | None:
    reference = rng.normal(size=5000)
    stream = normal_stream(rng, drift)
    for end in range(500, LOOKS + 1, 500):
        if zs.drift.ks_2samp(reference, stream[:end], method="asymptotic", alpha=LEVEL).drifted:
            return end - 1
    return None


TESTS: dict[str, tuple[Alarm, bool]] = {
    "SequentialKS, a reference of 5,000": (sequential_ks, True),
    "SequentialCounts, a reference of 5,000": (sequential_counts, True),
    "SequentialCounts, known shares": (sequential_counts_known, True),
    "SequentialMean": (sequential_mean, True),
    "EDetector, run length 400,000": (e_detector, True),
    "Kolmogorov-Smirnov every 500 values": (repeated_ks, False),
}


def run(task: tuple[str, int, int, bool]) -> list[int | None]:
    name, start, count, drift = task
    return [TESTS[name][0](np.random.default_rng([start + i, drift]), drift) for i in range(count)]


def alarms(name: str, streams: int, jobs: int, drift: bool) -> list[int | None]:
    tasks = [(name, start, min(50, streams - start), drift) for start in range(0, streams, 50)]
    with ProcessPoolExecutor(jobs) as pool:
        return [alarm for part in pool.map(run, tasks) for alarm in part]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=4000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write the table of docs/drift.md")
    options = parser.parse_args()
    rows = []
    bad = []
    most = LEVEL + 4 * math.sqrt(LEVEL * (1 - LEVEL) / options.streams)
    for name, (_, valid) in TESTS.items():
        null = alarms(name, options.streams, options.jobs, False)
        rate = sum(alarm is not None for alarm in null) / len(null)
        moved = alarms(name, max(50, options.streams // 10), options.jobs, True)
        delays = sorted(alarm - CHANGE for alarm in moved if alarm is not None and alarm >= CHANGE)
        fresh = sum(alarm is None or alarm >= CHANGE for alarm in moved)
        found = 100 * len(delays) / fresh if fresh else math.nan
        delay = f"{delays[len(delays) // 2]:,}" if delays else ""
        rows.append([name, f"{100 * rate:.2f}", f"{found:.0f}", delay])
        print(rows[-1], flush=True)
        if valid and rate > most:
            bad.append(f"{name}: {rate:.2%}")
    text = table(
        ["", "streams with a false alarm, %", "drift found, %", "median delay, values"], rows
    )
    if options.write:
        write_block(ROOT / "docs/drift.md", "sequential", text)
    print(
        "\n".join(bad)
        or f"no anytime-valid test alarms in more than 5% of {options.streams:,} streams"
    )
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
