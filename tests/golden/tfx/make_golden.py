"""Writes what TensorFlow Data Validation says of the cases; needs an environment of its own.

pip install tensorflow-data-validation==1.16.1 dill "setuptools<80"
python make_golden.py           # tfdv/<case>.pbtxt: statistics; tfdv.json: anomalies, schemas
python make_golden.py zeroskew  # zeroskew.json: anomalies of the statistics in zeroskew/

A file holds a dataset for each side of its case, by its name.
"""

import json
import sys
from pathlib import Path

import pyarrow as pa
import tensorflow_data_validation as tfdv
from cases import CASES, SIDES
from google.protobuf import json_format, text_format
from tensorflow_data_validation.statistics import stats_impl
from tensorflow_metadata.proto.v0 import schema_pb2, statistics_pb2

HERE = Path(__file__).parent


def record_batch(data):
    """Every row is a list of values; a structure is a list of one."""
    arrays = []
    for cells in data.values():
        rows = [cell if cell is None or isinstance(cell, list) else [cell] for cell in cells]
        flat = [value for row in rows for value in row or ()]
        kind = None
        if flat and isinstance(flat[0], dict):
            rows = [None if row is None else [_lists(row[0])] for row in rows]
        elif not flat:
            kind = pa.list_(pa.binary() if rows else pa.int64())
        arrays.append(pa.array(rows, type=kind))
    return pa.RecordBatch.from_arrays(arrays, list(data))


def _lists(structure):
    return {name: None if value is None else [value] for name, value in structure.items()}


def statistics(data, schema, weight):
    options = tfdv.StatsOptions(
        schema=schema,
        weight_feature=weight,
        num_histogram_buckets=3,
        num_quantiles_histogram_buckets=4,
        num_values_histogram_buckets=2,
    )
    return stats_impl.generate_statistics_in_memory(record_batch(data), options)


def verdict(case, schema, sides):
    found = tfdv.validate_statistics(
        sides["data"],
        schema,
        environment=case.get("environment"),
        previous_statistics=sides.get("previous"),
        serving_statistics=sides.get("serving"),
    )
    infos = dict(found.anomaly_info)
    if found.HasField("dataset_anomaly_info"):
        infos[""] = found.dataset_anomaly_info
    name = type(found.dataset_anomaly_info).Type.Name
    return {
        "anomalies": {
            path: [name(one.type) for one in info.reason] for path, info in sorted(infos.items())
        },
        "data_missing": found.data_missing,
        "distances": [
            json_format.MessageToDict(one, preserving_proto_field_name=True)
            for one in found.drift_skew_info
        ],
    }


def main():
    verdicts = {}
    tool = "zeroskew" if sys.argv[1:] == ["zeroskew"] else "tfdv"
    for name, case in CASES.items():
        schema = text_format.Parse(case["schema"], schema_pb2.Schema())
        file = HERE / tool / f"{name}.pbtxt"
        if tool == "zeroskew" and not file.exists():
            continue
        sides = {}
        if tool == "tfdv":
            both = statistics_pb2.DatasetFeatureStatisticsList()
            for side in SIDES:
                if side in case:
                    sides[side] = statistics(case[side], schema, case.get("weight"))
                    both.datasets.add().CopyFrom(sides[side].datasets[0])
                    both.datasets[-1].name = side
            file.parent.mkdir(exist_ok=True)
            file.write_text(text_format.MessageToString(both, as_utf8=True))
        else:
            both = text_format.Parse(
                file.read_text(), statistics_pb2.DatasetFeatureStatisticsList()
            )
            for dataset in both.datasets:
                one = statistics_pb2.DatasetFeatureStatisticsList()
                one.datasets.add().CopyFrom(dataset)
                sides[dataset.name] = one
        verdicts[name] = verdict(case, schema, sides)
        inferred = tfdv.infer_schema(sides["data"])
        verdicts[name]["inferred"] = text_format.MessageToString(
            inferred, as_utf8=True, as_one_line=True
        )
    (HERE / f"{tool}.json").write_text(json.dumps(verdicts, indent=1) + "\n")


main()
