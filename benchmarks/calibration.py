"""False alarms without drift: every test, every distance with its own threshold, and the verdict
of zs.compare.

Draws pairs of samples of one distribution, for every kind of column and pair of sizes, and counts
how often each measure calls them different at a level of 5%. Writes the tables and the plot of
docs/drift.md, and fails if a default verdict alarms more often than 5% by more than chance allows.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import scipy.stats as st
from columns import KINDS, ROOT, SIZES, arrow, spread, table, write_block

import zeroskew as zs
from zeroskew import _core

LEVEL = 0.05
#: Definitions that follow another tool to the letter, its threshold or null law included.
FOREIGN = {
    "psi, 0.1 on joint bins": ("psi", {"definition": "evidently"}),
    "JS distance, 0.1": ("js_distance", {"definition": "evidently"}),
    "Wasserstein by std, 0.1": ("wasserstein", {"definition": "evidently"}),
}
ONE_SAMPLE = "chi-square against the reference's shares"


#: These know two categories only.
BINARY = ("fisher_exact", "proportions_z")


def measures(kind: str) -> list[str]:
    """Those with a verdict of their own for this kind of column."""
    names = KINDS[kind][1]
    return [
        str(info["name"])
        for info in zs.drift.measures()
        if info["labels" if names else "numbers"]
        and info["name"] != "normalized_difference"
        and (info["name"] not in BINARY or kind == "2 categories")
    ]


def one_sample(a: np.ndarray, b: np.ndarray) -> bool:
    """The rule of several tools: the reference's shares are taken for exact; a new value is p =
    0."""
    values = np.union1d(a, b)
    expected = np.array([(a == v).sum() for v in values]) * (b.size / a.size)
    observed = np.array([(b == v).sum() for v in values])
    if (expected == 0).any():
        return True
    return bool(
        ((observed - expected) ** 2 / expected).sum() > st.chi2.isf(LEVEL, max(1, values.size - 1))
    )


def run(task: tuple[str, int, int, int, int, list[str]]) -> Counter[str]:
    """Alarms by measure over one block of null pairs."""
    kind, n, m, pairs, seed, only = task
    draw, names = KINDS[kind]
    rng = np.random.default_rng([seed, n, m, list(KINDS).index(kind)])
    alarms: Counter[str] = Counter()
    wanted = [(name, name, {}) for name in measures(kind)]
    wanted += [
        (label, *rule)
        for label, rule in FOREIGN.items()
        if not (names and rule[0] == "wasserstein")
    ]
    if only:
        wanted = [one for one in wanted if one[0] in only]
    before, after = {}, {}
    for pair in range(pairs):
        a, b = draw(rng, n), draw(rng, m)
        x, y = spread(a, names), spread(b, names)
        for label, name, options in wanted:
            alarms[label] += _core.drift.measure(name, x, y, options).drifted
        if not only and (names or kind == "five values"):
            alarms[ONE_SAMPLE] += one_sample(a, b)
        before[f"c{pair}"], after[f"c{pair}"] = arrow(a, names), arrow(b, names)
    if only and "compare" not in only:
        return alarms
    sides = zs.profile(pa.table(before)), zs.profile(pa.table(after))
    every = zs.compare(*sides, correction="none", rules={"*": {"min_effect": 0.0, "distances": []}})
    alarms["compare, p-value"] = sum(every[name].drifted for name in every)
    default = zs.compare(*sides, correction="none", rules={"*": {"distances": []}})
    alarms["compare, verdict"] = sum(default[name].drifted for name in default)
    return alarms


def missing_run(task: tuple[int, int, int, int]) -> Counter[str]:
    """Alarms of data sets: all kinds together, with missing cells, under the default correction."""
    n, m, sets, seed = task
    rng = np.random.default_rng([seed, n, m])
    alarms: Counter[str] = Counter()

    def side(size: int) -> pa.Table:
        columns = {}
        for kind, (draw, names) in KINDS.items():
            for gaps in (0.0, 0.1):
                values = arrow(draw(rng, size), names)
                lost = pa.array(rng.random(size) < gaps)
                columns[f"{kind} {gaps}"] = pa.compute.if_else(lost, None, values)
        return pa.table(columns)

    for _ in range(sets):
        sides = zs.profile(side(n)), zs.profile(side(m))
        rules = {"*": {"min_effect": 0.0, "distances": []}}
        alarms["any column, no correction"] += zs.compare(
            *sides, correction="none", rules=rules
        ).drifted
        for correction in ("bh", "bonferroni"):
            alarms[f"data set, {correction}"] += zs.compare(
                *sides, correction=correction, rules=rules
            ).drifted
    return alarms


def study(
    pairs: int, jobs: int, kinds: list[str], only: list[str]
) -> dict[str, dict[str, list[float]]]:
    """measure -> kind -> share of alarms at each pair of sizes."""
    block = 250
    tasks = [
        (kind, n, m, min(block, pairs - start), start, only)
        for kind in kinds
        for n, m in SIZES
        for start in range(0, pairs, block)
    ]
    counts: dict[tuple[str, str, int, int], int] = Counter()
    with ProcessPoolExecutor(jobs) as pool:
        for (kind, n, m, _, _, _), alarms in zip(tasks, pool.map(run, tasks), strict=True):
            for name, count in alarms.items():
                counts[name, kind, n, m] += count
    rates: dict[str, dict[str, list[float]]] = {}
    for name, kind, _, _ in counts:
        by_kind = rates.setdefault(name, {})
        if kind not in by_kind:
            by_kind[kind] = [counts[name, kind, n, m] / pairs for n, m in SIZES]
    return rates


def data_sets(sets: int, jobs: int) -> dict[str, float]:
    """Share of data sets without drift that raise any alarm."""
    tasks = [(n, m, 50, start) for n, m in SIZES for start in range(0, sets // len(SIZES), 50)]
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(jobs) as pool:
        for alarms in pool.map(missing_run, tasks):
            total.update(alarms)
    return {
        name: total[name] / sum(task[2] for task in tasks)
        for name in ("any column, no correction", "data set, bh", "data set, bonferroni")
    }


def too_many(rates: dict[str, dict[str, list[float]]], pairs: dict[str, int]) -> list[str]:
    """Default verdicts above the level: beyond four standard errors, there being some hundred of
    them."""
    return [
        f"{name}, {kind}, {n} v {m}: {rate:.2%}"
        for name, by_kind in rates.items()
        if name not in FOREIGN and name != ONE_SAMPLE
        for kind, row in by_kind.items()
        for (n, m), rate in zip(SIZES, row, strict=True)
        if rate > LEVEL + 4.0 * math.sqrt(LEVEL * (1.0 - LEVEL) / pairs[kind])
    ]


def percent(value: float | None) -> str:
    return "" if value is None else f"{100.0 * value:.1f}"


def tables(rates: dict[str, dict[str, list[float]]], pairs: dict[str, int]) -> tuple[str, str, str]:
    """Measures by kind (the worst of the sizes), compare by size, and the rules of other tools."""
    kinds = list(KINDS)

    def worst(names: list[str]) -> str:
        rows = [["pairs drawn", *(f"{pairs[k]:,}" for k in kinds)]]
        rows += [
            [name, *(percent(max(rates[name][k]) if k in rates[name] else None) for k in kinds)]
            for name in names
        ]
        return table(["", *kinds], rows)

    foreign = [*FOREIGN, ONE_SAMPLE]
    compare = ["compare, p-value", "compare, verdict"]
    own = [name for name in rates if name not in foreign and name not in compare]
    order = [str(info["name"]) for info in zs.drift.measures()]
    own.sort(key=order.index)
    heads = [f"{n} v {m}" for n, m in SIZES]
    by_size = [
        [
            k,
            *map(percent, rates["compare, p-value"][k]),
            *map(percent, rates["compare, verdict"][k]),
        ]
        for k in kinds
    ]
    return (
        worst(own),
        table(["", *(f"p: {h}" for h in heads), *(f"verdict: {h}" for h in heads)], by_size),
        worst(foreign),
    )


def plot(rates: dict[str, dict[str, list[float]]], pairs: dict[str, int], path: Path) -> None:
    """One dot a measure, kind and pair of sizes."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    names = [*rates]
    figure, axes = plt.subplots(figsize=(8, 0.28 * len(names) + 1))
    for row, name in enumerate(names):
        found = [100 * rate for values in rates[name].values() for rate in values]
        foreign = name in FOREIGN or name == ONE_SAMPLE
        axes.plot(
            found,
            [row] * len(found),
            "o",
            ms=4,
            alpha=0.6,
            color="tab:red" if foreign else "tab:blue",
        )
    margin = 100 * 2 * math.sqrt(LEVEL * (1 - LEVEL) / min(pairs.values()))
    axes.axvspan(5 - margin, 5 + margin, color="0.85", zorder=0)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(-1, 101)
    axes.set_xscale("symlog", linthresh=10)
    axes.set_xticks([0, 5, 10, 20, 50, 100], ["0", "5", "10", "20", "50", "100"])
    axes.set_xlabel(
        "false alarms without drift, percent (one dot a kind of column and pair of sizes)"
    )
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--sets", type=int, default=4_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--measures", nargs="*", default=[], help="only these; compare is one")
    parser.add_argument(
        "--json", type=Path, nargs="*", default=[], help="keep the rates in one; --draw reads many"
    )
    parser.add_argument(
        "--draw",
        action="store_true",
        help="only draw what --json holds, the later over the earlier",
    )
    parser.add_argument(
        "--write", action="store_true", help="write the tables and the plot of docs/drift.md"
    )
    options = parser.parse_args()
    rates: dict[str, dict[str, list[float]]] = {}
    pairs: dict[str, int] = {}
    sets: dict[str, float] = {}
    if options.draw:
        for path in options.json:
            kept = json.loads(path.read_text())
            pairs.update(kept["pairs"])
            sets.update(kept["sets"])
            for name, by_kind in kept["rates"].items():
                rates.setdefault(name, {}).update(by_kind)
        for name in BINARY:
            rates[name] = {
                kind: rates[name][kind] for kind in rates[name] if name in measures(kind)
            }
    else:
        pairs = dict.fromkeys(options.kinds, options.pairs)
        rates = study(options.pairs, options.jobs, options.kinds, options.measures)
        sets = data_sets(options.sets, options.jobs) if options.sets else {}
        for path in options.json:
            path.write_text(json.dumps({"pairs": pairs, "rates": rates, "sets": sets}))
    if options.write:
        page = ROOT / "docs/drift.md"
        for name, text in zip(
            ("calibration", "calibration-compare", "calibration-others"),
            tables(rates, pairs),
            strict=True,
        ):
            write_block(page, name, text)
        rows = [[name, percent(rate)] for name, rate in sets.items()]
        write_block(page, "calibration-sets", table(["", "false alarms, %"], rows))
        plot(rates, pairs, ROOT / "docs/images/calibration.png")
    for name, by_kind in rates.items():
        for kind, row in by_kind.items():
            print(f"{name:28} {kind:16}", *(f"{100 * rate:6.2f}" for rate in row))
    print(sets)
    bad = too_many(rates, pairs)
    print("\n".join(bad) or "no default verdict alarms more often than 5%")
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
