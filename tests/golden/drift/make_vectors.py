"""Writes the vectors that the drift tests compare with, from scipy.

Samples are recipes in whole numbers, so that the tests can rebuild them exactly:
value(i) = 2 * ((((37 i + 37)^3 + seed) mod 10007) // ties) + shift. Cubes mod 10007 are a
permutation; an odd shift leaves no ties between samples.
"""

import json
import math
import pathlib
import warnings

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

HERE = pathlib.Path(__file__).parent
warnings.simplefilter("ignore")


def sample(n, seed, ties, shift):
    i = np.arange(1, n + 1, dtype=np.int64) * 37
    return (2 * ((((i % 10007) ** 3 + seed) % 10007) // ties) + shift).astype(float)


def clean(value):
    value = float(value)
    return value if math.isfinite(value) else None


def pair(call):
    try:
        result = call()
        return [clean(result.statistic), clean(result.pvalue)]
    except (ValueError, IndexError, FloatingPointError):
        return None


def two_samples():
    sizes = [
        (1, 1),
        (1, 2),
        (2, 2),
        (2, 3),
        (3, 9),
        (5, 5),
        (7, 8),
        (8, 12),
        (8, 400),
        (20, 20),
        (19, 17),
        (20, 9),
        (25, 40),
        (60, 61),
        (100, 100),
        (139, 140),
        (141, 150),
        (200, 333),
        (280, 285),
        (1000, 1000),
        (1000, 1500),
        (3000, 70),
        (9000, 6000),
        (20000, 15000),
        (5, 20000),
        (60000, 50000),
        (100000, 100000),
    ]
    cases = []
    for n, m in sizes:
        for ties in (1, 100, 2500):
            for shift in (0, 150, 2500):
                if n * m > 1e9 and ties == 2500:
                    continue
                step = 2 * (shift // ties) + (1 if ties == 1 else 0)
                if shift and not shift // ties:
                    continue
                x, y = sample(n, 17, ties, 0), sample(m, 4242, ties, step)
                case = {"n": n, "m": m, "ties": ties, "shift": step}
                ks = stats.ks_2samp
                case["ks"] = pair(lambda: ks(x, y, method="auto"))
                case["ks_asymptotic"] = pair(lambda: ks(x, y, method="asymp"))
                if n * m <= 2e6:
                    case["ks_exact"] = pair(lambda: ks(x, y, method="exact"))
                cvm = stats.cramervonmises_2samp
                case["cvm"] = pair(lambda: cvm(x, y, method="auto"))
                case["cvm_asymptotic"] = pair(lambda: cvm(x, y, method="asymptotic"))
                case["anderson"] = pair(lambda: stats.anderson_ksamp([x, y], variant="midrank"))
                mann = stats.mannwhitneyu
                case["mann_whitney"] = pair(lambda: mann(x, y))
                case["mann_whitney_asymptotic"] = pair(lambda: mann(x, y, method="asymptotic"))
                if n * m <= 10000:
                    case["mann_whitney_exact"] = pair(lambda: mann(x, y, method="exact"))
                case["welch_t"] = pair(lambda: stats.ttest_ind(x, y, equal_var=False))
                if np.subtract(*np.percentile(np.concatenate([x, y]), [75, 25])) > 0:
                    case["epps_singleton"] = pair(lambda: stats.epps_singleton_2samp(x, y))
                case["wasserstein"] = clean(stats.wasserstein_distance(x, y))
                case["energy"] = clean(stats.energy_distance(x, y))
                cases.append(case)
    return cases


def tables():
    rng = np.random.default_rng(5)
    cases = []
    for k in (2, 3, 5, 10, 40):
        for scale in (6, 30, 300, 30000):
            for _ in range(3):
                share = rng.dirichlet(np.ones(k))
                a = rng.multinomial(scale * k, share)
                b = rng.multinomial(scale * k * 2, rng.dirichlet(np.ones(k)) * 0.2 + share * 0.8)
                keep = a + b > 0
                a, b = a[keep], b[keep]
                if len(a) < 2:
                    continue
                chi2 = stats.chi2_contingency([a, b], correction=False)
                g = stats.chi2_contingency([a, b], correction=False, lambda_="log-likelihood")
                case = {
                    "a": a.tolist(),
                    "b": b.tolist(),
                    "chi2": [chi2.statistic, chi2.pvalue],
                    "g": [g.statistic, g.pvalue],
                    "js_distance": [float(jensenshannon(a, b, base=2)), float(jensenshannon(a, b))],
                }
                if len(a) == 2:
                    fisher = stats.fisher_exact([[a[0], a[1]], [b[0], b[1]]])
                    case["fisher"] = [clean(fisher.statistic), fisher.pvalue]
                    n, m = a.sum(), b.sum()
                    p = (a[0] + b[0]) / (n + m)
                    z = (a[0] / n - b[0] / m) / math.sqrt(p * (1 - p) * (1 / n + 1 / m))
                    case["proportions_z"] = [z, 2 * stats.norm.sf(abs(z))]
                cases.append(case)
    return cases


def kolmogorov():
    cases = []
    # Well beyond a million scipy itself is off by 6e-7.
    for n in (1, 2, 3, 5, 10, 40, 139, 140, 141, 500, 3000, 19999, 20001, 100000, 500000, 1000000):
        for z in (0.05, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0, 1.36, 1.48, 1.5, 1.9, 2.05, 3.0, 5.0, 9.0):
            x = z / math.sqrt(n)
            if x < 1:
                cases.append([n, x, float(stats.kstwo.sf(x, n))])
    return cases


def evidently(x, y):
    """Evidently's binning and rule for zeros, as published, on two numeric samples."""
    if len(np.unique(x)) > 20:
        bins = np.histogram_bin_edges(np.concatenate([x, y]), bins="sturges")
        p, q = np.histogram(x, bins)[0] / len(x), np.histogram(y, bins)[0] / len(y)
    else:
        keys = np.union1d(x, y)
        p = np.array([(x == k).mean() for k in keys])
        q = np.array([(y == k).mean() for k in keys])
    distance = float(jensenshannon(p, q))
    for share in (p, q):
        least = share[share != 0].min()
        share[share == 0] = least / 10**6 if least <= 0.0001 else 0.0001
    psi = float(np.sum((p - q) * np.log(p / q)))
    return {
        "psi": psi,
        "kl_divergence": float(stats.entropy(p, q)),
        "js_distance": distance,
        "wasserstein": stats.wasserstein_distance(x, y) / max(np.std(x), 0.001),
    }


def nannyml(x, y):
    p, bins = np.histogram(x, bins="doane")
    p, q = p / len(x), np.histogram(y, bins)[0] / len(y)
    outside = 1 - q.sum()
    if outside > 1e-12:
        p, q = np.append(p, 0), np.append(q, outside)
    return {
        "js_distance": float(jensenshannon(p, q, base=2)),
        "wasserstein": stats.wasserstein_distance(x, y),
    }


def compatible():
    cases = []
    for n, m, ties, shift in (
        (500, 400, 1, 0),
        (500, 400, 1, 700),
        (5000, 3000, 1, 300),
        (900, 800, 700, 1),
        (50, 2000, 7, 0),
        (4000, 4000, 3, 4000),
        (64, 64, 1, 0),
    ):
        x, y = sample(n, 17, ties, 0), sample(m, 4242, ties, shift)
        # Halves, so that the columns are not taken for integers.
        cases.append(
            {
                "n": n,
                "m": m,
                "ties": ties,
                "shift": shift,
                "evidently": evidently(x / 2, y / 2),
                "nannyml": nannyml(x / 2, y / 2),
            }
        )
    return cases


def write(name, cases):
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


write("two_samples", two_samples())
write("tables", tables())
write("kolmogorov", kolmogorov())
write("compatible", compatible())
