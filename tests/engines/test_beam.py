"""Apache Beam gives the single machine's digest."""

import pickle
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.util import assert_that, equal_to
from data import OPTIONS, SIZE, TABLE, parts

import zeroskew as zs
from zeroskew.engines.beam import ProfileFn

# Beam warns about itself; what it says is not ours to judge.
pytestmark = pytest.mark.filterwarnings("ignore")


def check(elements: list[Any], runner: Any, options: dict[str, Any], **settings: Any) -> None:
    expected = zs.profile(TABLE, **options).digest
    with beam.Pipeline(runner, options=PipelineOptions(**settings)) as pipeline:
        digests = (
            pipeline
            | beam.Create(elements)
            | beam.CombineGlobally(ProfileFn(TABLE.schema, **options))
            | beam.Map(lambda profile: profile.digest)
        )
        assert_that(digests, equal_to([expected]))


@pytest.mark.parametrize("options", [{}, OPTIONS])
def test_rows_and_tables(options: dict[str, Any]) -> None:
    for elements in (parts(5), TABLE.to_pylist()):
        check(elements, "DirectRunner", options)


def test_accumulators_travel_between_processes() -> None:
    check(
        parts(7),
        "DirectRunner",
        OPTIONS,
        direct_num_workers=2,
        direct_running_mode="multi_processing",
    )


def test_a_profile_a_key() -> None:
    with beam.Pipeline("DirectRunner") as pipeline:
        digests = (
            pipeline
            | beam.Create([(i % 2, row) for i, row in enumerate(TABLE.to_pylist())])
            | beam.CombinePerKey(ProfileFn(TABLE.schema))
            | beam.MapTuple(lambda key, profile: (key, profile.digest))
        )
        expected = [
            (key, zs.profile(TABLE.take(list(range(key, SIZE, 2)))).digest) for key in (0, 1)
        ]
        assert_that(digests, equal_to(expected))


def test_accumulators_in_any_tree() -> None:
    combine = ProfileFn(TABLE.schema, **OPTIONS)
    accumulators = []
    for part in parts(4):
        accumulator = combine.create_accumulator()
        for row in part.to_pylist():
            accumulator = combine.add_input(accumulator, row)
        accumulators.append(pickle.loads(pickle.dumps(combine.compact(accumulator))))
    accumulators.append(combine.create_accumulator())
    a, b, c, d, empty = accumulators
    expected = zs.profile(TABLE, **OPTIONS).to_bytes()
    for tree in (
        [a, b, c, d],
        [combine.merge_accumulators([d, empty, b]), combine.merge_accumulators([c, a])],
    ):
        assert combine.extract_output(combine.merge_accumulators(tree)).to_bytes() == expected
