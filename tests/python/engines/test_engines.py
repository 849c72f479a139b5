"""Engines give the single machine's digest; each runs where it is installed (./dev test engines)."""

import sys

import numpy as np
import pyarrow as pa
import pytest

import zeroskew as zs

# Engines warn about themselves; what they say is not ours to judge.
pytestmark = pytest.mark.filterwarnings("ignore")

RNG = np.random.default_rng(3)
N = 3000
TABLE = pa.table(
    {
        "x": np.where(RNG.random(N) < 0.1, 1e200, RNG.normal(size=N)),
        "w": RNG.random(N),
        "n": RNG.integers(0, 50, N),
        "s": pa.array([None if i % 11 == 0 else f"name {i % 7}" for i in range(N)]),
    }
)
OPTIONS = {"weight": "w", "slices": ["s", ("s", "n")], "pairs": True}


def parts(count: int) -> list[pa.Table]:
    return [TABLE.slice(i * N // count, (i + 1) * N // count - i * N // count) for i in range(count)]


@pytest.mark.parametrize("options", [{}, OPTIONS])
def test_beam(options: dict) -> None:
    beam = pytest.importorskip("apache_beam")
    from apache_beam.testing.util import assert_that, equal_to

    from zeroskew.engines.beam import ProfileFn

    expected = zs.profile(TABLE, **options).digest
    for elements in (parts(5), TABLE.to_pylist()):
        with beam.Pipeline("DirectRunner") as pipeline:
            digests = (
                pipeline
                | beam.Create(elements)
                | beam.CombineGlobally(ProfileFn(TABLE.schema, **options))
                | beam.Map(lambda profile: profile.digest)
            )
            assert_that(digests, equal_to([expected]))


def test_beam_accumulators_between_processes() -> None:
    pytest.importorskip("apache_beam")
    import pickle

    from zeroskew.engines.beam import ProfileFn

    combine = ProfileFn(TABLE.schema, **OPTIONS)
    accumulators = []
    for part in parts(4):
        accumulator = combine.create_accumulator()
        for row in part.to_pylist():
            accumulator = combine.add_input(accumulator, row)
        accumulators.append(pickle.loads(pickle.dumps(combine.compact(accumulator))))
    result = combine.extract_output(combine.merge_accumulators(accumulators))
    assert result.digest == zs.profile(TABLE, **OPTIONS).digest


@pytest.mark.parametrize("options", [{}, OPTIONS])
def test_dask(options: dict) -> None:
    dask = pytest.importorskip("dask")
    dd = pytest.importorskip("dask.dataframe")
    bags = pytest.importorskip("dask.bag")

    from zeroskew.engines import dask as adapter

    expected = zs.profile(TABLE, **options).digest
    with dask.config.set(scheduler="threads"):
        bag = bags.from_sequence(parts(7), npartitions=3)
        assert adapter.profile(bag, **options).digest == expected
        assert adapter.profile([dask.delayed(part) for part in parts(20)], **options).digest == expected
        frame = TABLE.to_pandas()
        divided = adapter.profile(dd.from_pandas(frame, npartitions=4), **options)
        assert divided.digest == zs.profile(frame, **options).digest


def test_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql")
    from zeroskew.engines import spark as adapter

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    try:
        frame = session.createDataFrame(TABLE.to_pandas().astype({"s": object}).replace({np.nan: None}))
        assert adapter.profile(frame.repartition(3), **OPTIONS).digest == zs.profile(TABLE, **OPTIONS).digest
    finally:
        session.stop()


def test_ray() -> None:
    pytest.importorskip("ray.data")
    import ray

    from zeroskew.engines import ray as adapter

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200 << 20, log_to_driver=False)
    try:
        dataset = ray.data.from_arrow(parts(4))
        assert adapter.profile(dataset, batch_size=700, **OPTIONS).digest == zs.profile(TABLE, **OPTIONS).digest
    finally:
        ray.shutdown()


def test_a_missing_engine_is_named() -> None:
    from zeroskew.engines import required

    with pytest.raises(zs.Error) as caught:
        required("no_such_engine", "no-such-engine")
    assert caught.value.id == "python.package_missing"
    assert "no-such-engine" in str(caught.value)
