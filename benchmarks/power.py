"""How often drift that is there is found: zs.compare beside scipy's tests and Evidently's default
rules.

Draws pairs whose second side has moved in one known way, and counts the alarms at a level of 5% a
column (no correction, for all alike). Writes the table and the plot of docs/drift.md. Evidently is
asked in a Python of its own (`--evidently /path/to/python`, where it is installed); without one
its column stays empty.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.stats as st
from columns import ROOT, arrow, categories, table, write_block
from numpy.typing import NDArray

import zeroskew as zs

Values = NDArray[np.float64]
Rng = np.random.Generator
TEN = 0.7 ** np.arange(10)
SWAPPED = TEN[[0, 2, 1, 3, 4, 5, 6, 7, 8, 9]]
ten = categories(TEN)


def normal(rng: Rng, size: int) -> Values:
    return rng.normal(size=size)


def with_gaps(share: float) -> Callable[[Rng, int], Values]:
    """Normal values, of which a share is missing."""
    return lambda rng, size: np.where(rng.random(size) < share, np.nan, rng.normal(size=size))


def tails(rng: Rng, size: int) -> Values:
    return rng.standard_t(3, size) / np.sqrt(3.0)


def partly_scaled(rng: Rng, size: int) -> Values:
    """One row in twenty came in another unit."""
    return np.where(rng.random(size) < 0.05, 1000.0, 1.0) * rng.lognormal(0.0, 0.5, size)


def new_category(rng: Rng, size: int) -> Values:
    return np.where(rng.random(size) < 0.005, 10.0, ten(rng, size))


def partly_swapped(rng: Rng, size: int) -> Values:
    return np.where(rng.random(size) < 0.4, categories(SWAPPED)(rng, size), ten(rng, size))


#: name -> (reference, current, whether these are names)
CASES: dict[str, tuple[Callable[[Rng, int], Values], Callable[[Rng, int], Values], bool]] = {
    "no drift, numbers": (normal, normal, False),
    "no drift, categories": (ten, ten, True),
    "mean, by 0.1 sd": (normal, lambda rng, size: rng.normal(0.1, 1.0, size), False),
    "spread, by 15%": (normal, lambda rng, size: rng.normal(0.0, 1.15, size), False),
    "tails: t with 3 df": (normal, tails, False),
    "two categories swap, in 40%": (ten, partly_swapped, True),
    "a new category, 0.5%": (ten, new_category, True),
    "missing, 2% -> 4%": (with_gaps(0.02), with_gaps(0.04), False),
    "rounding to 0.5": (
        normal,
        lambda rng, size: np.round(2.0 * rng.normal(size=size)) / 2.0,
        False,
    ),
    "5% in another unit": (lambda rng, size: rng.lognormal(0.0, 0.5, size), partly_scaled, False),
}
SIZES = [1000, 5000]

ASK_EVIDENTLY = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset
a, b = (pd.read_parquet(path) for path in sys.argv[1:3])
found = json.loads(Report([DataDriftPreset()]).run(b, a).json())
for metric in found["metrics"]:
    if metric["metric_name"].startswith("DriftedColumnsCount"):
        print(int(metric["value"]["count"]))
"""


def scipy_alarm(a: Values, b: Values, names: bool) -> bool:
    """The usual choice: Kolmogorov-Smirnov of what is present, chi-square of counts."""
    if not names:
        return bool(st.ks_2samp(a[~np.isnan(a)], b[~np.isnan(b)], method="asymp").pvalue <= 0.05)
    values = np.union1d(a, b)
    counts = [[(side == v).sum() for v in values] for side in (a, b)]
    return bool(st.chi2_contingency(counts, correction=False).pvalue <= 0.05)


def column(values: Values, names: bool) -> pa.Array:
    if names:
        return arrow(values, True)
    return pa.array(values, from_pandas=True)


def alarms(
    case: str, size: int, pairs: int, evidently: str | None, asked: int
) -> list[float | None]:
    """Shares of alarms: the p-value and the verdict of zs.compare, scipy, Evidently (of the first
    `asked` pairs)."""
    before, after, names = CASES[case]
    rng = np.random.default_rng([size, list(CASES).index(case)])
    sides: tuple[dict[str, pa.Array], dict[str, pa.Array]] = ({}, {})
    scipy_count = 0
    for pair in range(pairs):
        a, b = before(rng, size), after(rng, size)
        scipy_count += scipy_alarm(a, b, names)
        sides[0][f"c{pair}"], sides[1][f"c{pair}"] = column(a, names), column(b, names)
    tables = pa.table(sides[0]), pa.table(sides[1])
    profiles = zs.profile(tables[0]), zs.profile(tables[1])
    by_pvalue = zs.compare(
        *profiles, correction="none", rules={"*": {"min_effect": 0.0, "distances": []}}
    )
    verdict = zs.compare(*profiles, correction="none", rules={"*": {"distances": []}})
    found: list[float | None] = [
        sum(drift[name].drifted for name in drift) / pairs for drift in (by_pvalue, verdict)
    ]
    found += [scipy_count / pairs, None]
    if evidently:
        with tempfile.TemporaryDirectory() as folder:
            paths = [str(Path(folder) / f"{i}.parquet") for i in range(2)]
            for side, path in zip(tables, paths, strict=True):
                pq.write_table(side.select(range(asked)), path)
            done = subprocess.run(
                [evidently, "-c", ASK_EVIDENTLY, *paths], capture_output=True, text=True, check=True
            )
            found[3] = int(done.stdout.split()[-1]) / asked
    return found


def plot(rows: dict[str, dict[str, list[float | None]]], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(SIZES), figsize=(10, 4.2), sharey=True)
    labels = ["zs.compare, p-value", "zs.compare, verdict", "scipy", "Evidently"]
    for panel, size in zip(axes, SIZES, strict=True):
        for i, label in enumerate(labels):
            values = [rows[case][str(size)][i] for case in CASES]
            shown = [(100 * v, y + 0.2 * i - 0.3) for y, v in enumerate(values) if v is not None]
            if shown:
                panel.barh([y for _, y in shown], [x for x, _ in shown], height=0.18, label=label)
        panel.set_title(f"{size} v {size} rows")
        panel.set_xlabel("alarms, percent")
        panel.axvline(5, color="0.5", lw=0.8)
    axes[0].set_yticks(range(len(CASES)), list(CASES), fontsize=8)
    axes[0].invert_yaxis()
    axes[-1].legend(fontsize=7, loc="lower right")
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--evidently", help="a Python that has Evidently")
    parser.add_argument(
        "--evidently-pairs", type=int, default=200, help="it is slow: ask about these many only"
    )
    parser.add_argument("--json", type=Path, help="keep or, with --draw, read the shares")
    parser.add_argument("--draw", action="store_true", help="only draw what --json holds")
    parser.add_argument(
        "--write", action="store_true", help="write the table and the plot of docs/drift.md"
    )
    options = parser.parse_args()
    if options.draw:
        rows = json.loads(options.json.read_text())
    else:
        rows = {
            case: {
                str(size): alarms(
                    case,
                    size,
                    options.pairs,
                    options.evidently,
                    min(options.pairs, options.evidently_pairs),
                )
                for size in SIZES
            }
            for case in CASES
        }
        if options.json:
            options.json.write_text(json.dumps(rows))
    lines = [
        [
            case,
            *(
                "" if v is None else f"{100 * v:.1f}"
                for size in SIZES
                for v in rows[case][str(size)]
            ),
        ]
        for case in CASES
    ]
    head = [
        "",
        *(
            f"{who}, {size}"
            for size in SIZES
            for who in ("p-value", "verdict", "scipy", "Evidently")
        ),
    ]
    text = table(head, lines)
    print(text)
    if options.write:
        write_block(ROOT / "docs/drift.md", "power", text)
        plot(rows, ROOT / "docs/images/power.png")


if __name__ == "__main__":
    main()
