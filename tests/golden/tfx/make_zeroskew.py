"""Writes zeroskew/: the statistics that zeroskew makes of the cases, for TFDV to judge.

Then `python make_golden.py zeroskew`, in TFDV's environment, writes what TFDV says of them.
"""

from pathlib import Path

import pyarrow as pa
from cases import CASES, SIDES
from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import statistics_pb2

import zeroskew as zs
from zeroskew import tfx

HERE = Path(__file__).parent


def table(data):
    """Nothing but nulls is text; nothing at all is whole numbers."""
    columns = {}
    for name, cells in data.items():
        known = any(cell is not None for cell in cells)
        kind = None if known else pa.string() if cells else pa.int64()
        columns[name] = pa.array(cells, type=kind)
    return pa.table(columns)


def profiles(case):
    weight = case.get("weight")
    return {
        side: zs.profile(table(case[side]), weight=weight, columns=list(case[side]))
        for side in SIDES
        if side in case
    }


def statistics(case):
    """One list with a dataset for each side, by its name."""
    schema = zs.Schema.from_text(case["schema"])
    result = statistics_pb2.DatasetFeatureStatisticsList()
    for side, profile in profiles(case).items():
        result.MergeFrom(tfx.profile_to_proto(profile, schema=schema, name=side))
    return result


#: What profiles can say.
OWN = {name: case for name, case in CASES.items() if not case.get("counted_by_tfdv")}

if __name__ == "__main__":
    (HERE / "zeroskew").mkdir(exist_ok=True)
    for name, case in OWN.items():
        text = text_format.MessageToString(statistics(case), as_utf8=True)
        (HERE / "zeroskew" / f"{name}.pbtxt").write_text(text)
