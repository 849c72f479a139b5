"""Writes golden_streams.json: streams, and where independent implementations raise their alarms.

Needs river and frouros (any recent version). BOCPD, CUSUM, EWMA, STEPD, RDDM and KSWIN are
reimplemented here from their papers in the plainest form.
"""
import json
import math
import random
import statistics
import sys

from scipy import stats
from river import drift
from river.drift.adwin_c import AdaptiveWindowing
from frouros.detectors.concept_drift import (
    BOCD, BOCDConfig, GeometricMovingAverage, GeometricMovingAverageConfig)


def streams():
    rng = random.Random(12345)
    values = rng.choices([0, 1], k=1000) + rng.choices(range(4, 8), k=1000)
    yield "river", [float(x) for x in values]
    rng = random.Random(42)
    yield "bits", [float(x) for x in rng.choices([0, 1], k=1000)
                   + rng.choices([0, 1], k=1000, weights=[0.3, 0.7])]
    rng = random.Random(7)
    yield "errors", [float(rng.random() < p) for p in [0.05] * 2000 + [0.2] * 1500 + [0.02] * 1500]
    rng = random.Random(3)
    yield "normal", [round(rng.gauss(m, 1), 6) for m in [0] * 700 + [1.5] * 500 + [-1] * 600]


def alarms(detector, values):
    out = []
    for i, x in enumerate(values):
        detector.update(x)
        if detector.drift_detected:
            out.append(i)
    return out


def first_alarm(detector, values):
    for i, x in enumerate(values):
        detector.update(value=x)
        if detector.drift:
            return [i]
    return []


def adwin(values, delta=0.002, clock=32):
    """The window itself: river's detector around it throws the whole window away at an alarm."""
    window = AdaptiveWindowing(delta=delta, clock=clock, max_buckets=5, min_window_length=5,
                               grace_period=10)
    return [i for i, x in enumerate(values) if window.update(x)]


def kswin(values, alpha=0.005, window=100, recent=30):
    w, out = [], []
    limit = math.sqrt(-0.5 * math.log(alpha / 2) * window / (recent * (window - recent)))
    for i, x in enumerate(values):
        w = (w + [x])[-window:]
        if len(w) == window and stats.ks_2samp(w[:-recent], w[-recent:]).statistic > limit + 1e-12:
            out.append(i)
            w = w[-recent:]
    return out


def cusum(values, k=0.5, h=5.0, burn=100):
    out, start = [], 0
    while start + burn < len(values):
        n = burn  # a burn-in of equal values goes on until one differs
        while n < len(values) - start and len(set(values[start:start + n])) == 1:
            n += 1
        head = values[start:start + n]
        m, s = statistics.mean(head), statistics.stdev(head)
        up = down = 0.0
        for i in range(start + n, len(values)):
            z = (values[i] - m) / s
            up, down = max(0.0, up + z - k), max(0.0, down - z - k)
            if max(up, down) > h:
                out.append(i)
                start = i + 1
                break
        else:
            break
    return out


def ewma(values, lam=0.2, limit=3.0, burn=100):
    out, start = [], 0
    bound = limit * math.sqrt(lam / (2 - lam))
    while start + burn < len(values):
        n = burn  # a burn-in of equal values goes on until one differs
        while n < len(values) - start and len(set(values[start:start + n])) == 1:
            n += 1
        head = values[start:start + n]
        m, s = statistics.mean(head), statistics.stdev(head)
        a = 0.0
        for i in range(start + n, len(values)):
            a = (1 - lam) * a + lam * (values[i] - m) / s
            if abs(a) > bound:
                out.append(i)
                start = i + 1
                break
        else:
            break
    return out


def stepd(values, alpha=0.003, w=30):
    out, seen = [], []
    for i, x in enumerate(values):
        seen.append(x)
        if len(seen) < 2 * w:
            continue
        old, new = seen[:-w], seen[-w:]
        p = sum(seen) / len(seen)
        inv = 1 / len(old) + 1 / w
        gap = abs(sum(old) / len(old) - sum(new) / w) - 0.5 * inv
        if gap > 0 and 0 < p < 1 and stats.norm.sf(gap / math.sqrt(p * (1 - p) * inv)) < alpha:
            out.append(i)
            seen = []
    return out


def rddm(values, warn=1.773, level=2.258, least=129, most=40000, keep=7000, patience=1400):
    out, kept, warned = [], [], None  # warned: index in `kept` counted from its end
    begin = alarmed = False
    n = p = s = 0.0
    low = (math.inf, math.inf)

    def count(x):
        nonlocal n, p, s
        n += 1
        p += (x - p) / n
        s = math.sqrt(max(0.0, p * (1 - p)) / n)

    for i, x in enumerate(values):
        if begin:
            n, low = 0.0, (math.inf, math.inf)
            p = s = 0.0
            for old in kept:
                count(old)
                if alarmed and n >= least and p + s < sum(low):
                    low = (p, s)
            begin = alarmed = False
            warned = None
        kept = (kept + [x])[-keep:]
        count(x)
        if n < least:
            continue
        if p + s < sum(low):
            low = (p, s)
        if p + s > low[0] + level * low[1]:
            out.append(i)
            begin = alarmed = True
            kept = kept[-(i - warned + 1):] if warned is not None else kept[-1:]
        elif p + s > low[0] + warn * low[1]:
            if warned is not None and i - warned >= patience:
                out.append(i)
                begin = alarmed = True
                kept = kept[-1:]
            elif warned is None:
                warned = i
        else:
            warned = None
            begin = n >= most
    return out


def main(path):
    goldens = []
    for name, values in streams():
        binary = set(values) <= {0.0, 1.0}
        want = {
            "ADWIN": adwin(values),
            "ADWIN clock=1 delta=0.1": adwin(values, clock=1, delta=0.1),
            "PageHinkley": alarms(drift.PageHinkley(), values),
            "KSWIN": kswin(values),
            "Cusum": cusum(values),
            "Ewma": ewma(values),
        }
        if binary:
            want |= {
                "DDM": alarms(drift.binary.DDM(warm_start=29), values),
                "EDDM": alarms(drift.binary.EDDM(), values),
                "HDDM_A": alarms(drift.binary.HDDM_A(), values),
                "HDDM_W": alarms(drift.binary.HDDM_W(), values),
                "HDDM_A side=0": alarms(drift.binary.HDDM_A(two_sided_test=True), values),
                "HDDM_W side=0": alarms(drift.binary.HDDM_W(two_sided_test=True), values),
                "STEPD": stepd(values),
                "RDDM": rddm(values),
                "RDDM max_concept=900 min_concept=300": rddm(values, most=900, keep=300),
            }
        gma = GeometricMovingAverage(config=GeometricMovingAverageConfig(alpha=0.9, lambda_=0.5))
        want["Gma alpha=0.9 lambda=0.5 side=1 first"] = first_alarm(gma, values)
        want["BOCPD cap=5000 first"] = first_alarm(BOCD(config=BOCDConfig()), values[:1300])
        goldens.append({"stream": name, "values": values, "alarms": want})
    with open(path, "w") as f:
        json.dump(goldens, f, separators=(",", ":"))
        f.write("\n")
    for g in goldens:
        print(g["stream"], {k: v[:8] for k, v in g["alarms"].items()}, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
