"""zs.Pipeline: tables, chunks, rows, files give the same bits; steps are what the registry says."""

import inspect
import math
import pickle
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import zeroskew as zs
from zeroskew import _image_steps, _steps, _written


def trips(rows: int = 500) -> pa.Table:
    rng = np.random.default_rng(3)
    fare = rng.gamma(2, 7, rows).round(2)
    kinds = rng.choice(["card", "cash", "app", "näher"], rows)
    return pa.table(
        {
            "id": pa.array(np.arange(rows) * 7 + 1),
            "fare": pa.array(fare, mask=rng.random(rows) < 0.1),
            "payment_type": pa.array(kinds, mask=rng.random(rows) < 0.05),
            "people": pa.array(rng.integers(1, 6, rows)),
            "note": pa.array([[i] for i in range(rows)]),
        }
    )


def pipeline() -> zs.Pipeline:
    return zs.Pipeline(
        [
            zs.Impute("fare", "median"),
            zs.Standardize(["fare", "people"]),
            zs.GaussianNoise("fare", std=0.1),
            zs.OneHot("payment_type"),
        ],
        seed=7,
    )


def bits(row: dict[str, object]) -> dict[str, object]:
    return {name: value.hex() if isinstance(value, float) else value for name, value in row.items()}


@pytest.mark.parametrize("training", [False, True])
def test_rows_chunks_threads_and_files_have_the_bits_of_the_table(training: bool) -> None:
    data = trips()
    fitted = pipeline().fit(data)
    table = fitted.transform(data, training=training, epoch=2)
    assert len(table) == table.rows == 500
    chunks = [data.slice(0, 3), data.slice(3, 0), data.slice(3, 290), data.slice(293)]
    assert fitted.transform(chunks, training=training, epoch=2) == table
    assert fitted.transform(data, training=training, epoch=2, threads=1) == table
    assert (
        zs.FittedPipeline.from_json(fitted.to_json()).transform(data, training=training, epoch=2)
        == table
    )
    expected = table.to_arrow().to_pylist()
    for i, row in enumerate(data.to_pylist()):
        assert bits(fitted.transform_row(row, key=i, epoch=2, training=training)) == bits(
            expected[i]
        )


def test_augmenting_steps_act_only_in_training_or_always() -> None:
    data = trips()
    fitted = pipeline().fit(data)
    serving, training = fitted.transform(data), fitted.transform(data, training=True)
    assert serving == fitted.transform(data, epoch=5)
    assert serving != training
    assert training != fitted.transform(data, epoch=1, training=True)
    assert np.array_equal(serving["people"], training["people"])
    always = zs.Pipeline([zs.GaussianNoise("people", std=0.1, always=True)], seed=1).fit(data)
    assert always.transform(data) == always.transform(data, training=True)
    assert not np.array_equal(always.transform(data)["people"], data["people"].to_numpy())


def test_a_draw_depends_on_the_key_only() -> None:
    data = trips()
    fitted = pipeline().fit(data)
    by_name = fitted.transform(data, keys="id", training=True)
    assert by_name == fitted.transform(data, keys=data["id"].to_numpy(), training=True)
    assert by_name == fitted.transform(data, keys=data["id"].to_pylist(), training=True)
    order = np.random.default_rng(0).permutation(500)
    shuffled = fitted.transform(data.take(order), keys="id", training=True)
    assert np.array_equal(shuffled["fare"], by_name["fare"][order])
    named = [f"trip {i}" for i in range(500)]
    texts = (
        fitted.transform([data.slice(0, 100), data.slice(100)], keys=named, training=True)
        .to_arrow()
        .to_pylist()
    )
    row = data.slice(123, 1).to_pylist()[0]
    assert bits(fitted.transform_row(row, key="trip 123", training=True)) == bits(texts[123])
    for keys in ([1, 2], range(501), "no such column", [1.5] * 500, [None] * 500):
        with pytest.raises(zs.Error, match=r"transform\.keys"):
            fitted.transform(data, keys=keys)


def test_fitting_from_a_profile_gives_the_same_bits() -> None:
    data = trips()
    assert (
        pipeline().fit(zs.profile(data))
        == pipeline().fit(data)
        == pipeline().fit([data.slice(9), data.slice(0, 9)])
    )


def test_agreement_with_scikit_learn() -> None:
    impute = pytest.importorskip("sklearn.impute")
    preprocessing = pytest.importorskip("sklearn.preprocessing")
    frame = trips().drop_columns("note").to_pandas()
    table = zs.Pipeline(
        [zs.Impute("fare", "median"), zs.Standardize("fare"), zs.OneHot("payment_type")]
    ).fit(frame)
    found = table.transform(frame)
    filled = impute.SimpleImputer(strategy="median").fit_transform(frame[["fare"]])
    expected = preprocessing.StandardScaler().fit_transform(filled)[:, 0]
    assert np.allclose(found["fare"], expected, rtol=1e-12, atol=1e-12)
    known = frame[["payment_type"]].dropna()
    encoder = preprocessing.OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(known)
    hot = pd.DataFrame(encoder.transform(frame[["payment_type"]]), columns=encoder.categories_[0])
    names = [name for name in found.columns if name.startswith("payment_type")]
    assert len(names) == hot.shape[1]
    for kind in hot:
        (name,) = [name for name in names if str(kind) in name]
        assert np.array_equal(found[name].astype(float), hot[kind].to_numpy())


def test_tables_leave_as_arrow_pandas_polars_and_numpy() -> None:
    data = trips()
    table = pipeline().fit(data).transform(data)
    assert pa.table(table).equals(table.to_arrow())
    assert pa.record_batch(table).num_rows == 500
    assert pa.schema(table).names == table.columns
    assert table.to_pandas().shape == table.to_polars().shape == (500, len(table.columns))
    assert zs.profile(table)["fare"].missing == 0
    assert np.array_equal(table["note"][:2].tolist(), [[0], [1]])
    assert table.to_numpy().dtype == object
    numbers = zs.Pipeline([zs.Select(["fare", "people"])]).fit(data).transform(data).to_numpy()
    assert numbers.dtype == np.float64
    assert np.isnan(numbers[:, 0]).sum() == data["fare"].null_count
    assert pickle.loads(pickle.dumps(table)) == table
    with pytest.raises(zs.Error, match=r"table\.column"):
        table["nothing"]
    empty = pipeline().fit(data).transform(data.slice(0, 0))
    assert empty.columns == table.columns
    assert len(empty) == 0
    assert pa.record_batch(empty).num_rows == 0


def test_rows_take_what_servers_have() -> None:
    data = trips()
    fitted = pipeline().fit(data)
    plain = fitted.transform_row({"fare": 3.5, "people": 2, "payment_type": "card"})
    other = {"payment_type": np.str_("card"), "people": np.int64(2), "fare": np.float32(3.5)}
    assert fitted.transform_row(other) == plain
    thing = object()
    passed = fitted.transform_row(
        {"fare": None, "people": pd.NA, "payment_type": None, "thing": thing}
    )
    assert passed["thing"] is thing
    assert passed["people"] is None
    assert fitted.plan()(dict.fromkeys(fitted.inputs)) == fitted.transform_row(
        dict.fromkeys(fitted.inputs)
    )
    for wrong in (
        {"fare": "x", "people": 1, "payment_type": "a"},
        {"fare": 1.0},
        {"fare": [], "people": 1},
    ):
        with pytest.raises(zs.Error):
            fitted.transform_row(wrong)
    with pytest.raises(zs.Error, match=r"transform\.keys"):
        fitted.transform_row({"fare": 3.5, "people": 2, "payment_type": "card"}, key=1.5)


def test_rows_of_dates_are_those_of_the_table() -> None:
    times = pd.Series(pd.date_range("2024-02-28 23:30", periods=50, freq="7h"))
    data = pa.table({"at": pa.array(times, pa.timestamp("us")), "day": pa.array(times.dt.date)})
    fitted = zs.Pipeline([zs.TimestampJitter("at", 60.0), zs.DateParts("day")], seed=3).fit(data)
    table = fitted.transform(data, training=True).to_arrow().to_pylist()
    for i, row in enumerate(data.to_pylist()):
        assert fitted.transform_row(row, key=i, training=True) == table[i]


def test_one_pipeline_serves_many_threads() -> None:
    data = trips()
    fitted = pipeline().fit(data)
    rows = data.to_pylist()
    expected = [fitted.transform_row(row, key=i, training=True) for i, row in enumerate(rows)]
    wrong: list[int] = []

    def serve(first: int) -> None:
        for i in range(first, len(rows), 2):
            shuffled = dict(sorted(rows[i].items(), key=lambda item: hash((item[0], i))))
            if fitted.transform_row(shuffled, key=i, training=True) != expected[i]:
                wrong.append(i)

    threads = [threading.Thread(target=serve, args=(k % 2,)) for k in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_pipelines_are_values(tmp_path: Path) -> None:
    one = pipeline()
    assert zs.Pipeline.from_json(one.to_json()) == one == pickle.loads(pickle.dumps(one))
    assert eval(repr(one), vars(zs)) == one
    assert (
        zs.Pipeline([step.to_dict() for step in one.steps], seed=7)
        == one
        != zs.Pipeline(one.steps, seed=8)
    )
    noise = {"step": "gaussian_noise", "column": "amount", "std": 0.1}
    assert zs.Pipeline([noise]).steps == [zs.GaussianNoise("amount", std=0.1)]
    one.save(tmp_path / "p.json")
    assert zs.Pipeline.load(tmp_path / "p.json") == one
    fitted = one.fit(trips())
    fitted.save(tmp_path / "f.json")
    assert (
        zs.FittedPipeline.load(tmp_path / "f.json") == fitted == pickle.loads(pickle.dumps(fitted))
    )
    assert fitted.inputs == {"fare": "float", "payment_type": "string", "people": "int"}
    assert "fare" in fitted.outputs
    assert "median" in repr(one)
    with pytest.raises(FileNotFoundError):
        zs.Pipeline.load(tmp_path / "none.json")


def test_pipelines_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("seed: 7\nsteps:\n  - {step: impute, column: fare, strategy: median}\n")
    assert zs.Pipeline.load(path) == zs.Pipeline([zs.Impute("fare", "median")], seed=7)


@pytest.mark.parametrize("entry", _steps.REGISTRY, ids=lambda entry: entry["name"])
def test_every_step_has_its_class(entry: dict) -> None:
    cls = getattr(zs, _written.class_name(entry["name"]))
    assert cls is getattr(zs.steps, cls.__name__)
    names = [_written.argument_name(p["name"]) for p in entry["parameters"]]
    assert list(inspect.signature(cls).parameters) == ["columns", *names]
    assert cls.__doc__.startswith(entry["doc"])
    with pytest.raises(zs.Error):
        cls()
    with pytest.raises(zs.Error):
        cls(*range(40))
    with pytest.raises(zs.Error):
        cls(3.5)


def test_type_checkers_know_the_steps() -> None:
    path = Path(zs.steps.__file__).with_suffix(".pyi")
    assert path.read_text() == _steps.stub(), "write it anew: steps.pyi is zeroskew._steps.stub()"
    path = path.with_name("image.pyi")
    assert path.read_text() == _image_steps.stub(), "image.pyi is zeroskew._image_steps.stub()"


@pytest.mark.parametrize(
    ("make", "id"),
    [
        (lambda: zs.GaussianNoise("fare", sdt=0.1), "transform.unknown_parameter"),
        (lambda: zs.GaussianNoise("fare", std=-1), "transform.bad_parameter"),
        (lambda: zs.Impute("fare", "middle"), "transform.bad_parameter"),
        (lambda: zs.Impute("fare", "mean", strategy="mean"), "transform.bad_parameter"),
        (lambda: zs.Impute("fare", object()), "transform.bad_parameter"),
        (lambda: zs.Impute([]), "transform.no_column"),
        (lambda: zs.Pipeline([{"step": "imputee", "column": "fare"}]), "transform.unknown_step"),
        (lambda: zs.Pipeline(["impute"]), "transform.step"),
        (lambda: zs.Pipeline([], seed=-1), "transform.number"),
        (lambda: zs.Pipeline.from_json("{"), "transform.malformed"),
        (lambda: zs.FittedPipeline.from_json("[]"), "transform.malformed"),
        (lambda: zs.Pipeline([zs.Impute("fair")]).fit(trips()), "transform.unknown_column"),
        (lambda: pipeline().fit(trips()).transform({"fare": [1.0]}), "transform.missing_column"),
        (lambda: pipeline().fit(trips()).transform(trips(), epoch=-1), "transform.number"),
    ],
)
def test_errors_say_what_would_be_right(make: object, id: str) -> None:
    with pytest.raises(zs.Error) as caught:
        make()  # type: ignore[operator]
    assert caught.value.id == id


def test_an_unknown_parameter_names_the_nearest() -> None:
    with pytest.raises(zs.Error, match="std"):
        zs.GaussianNoise("fare", sdt=0.1)


def test_nan_is_a_value_of_a_row_and_of_a_table() -> None:
    data = pa.table({"x": pa.array([1.0, math.nan, 3.0])})
    fitted = zs.Pipeline([zs.Clip("x", 0.0, 2.0)]).fit(data)
    assert math.isnan(fitted.transform(data)["x"][1])
    assert math.isnan(fitted.transform_row({"x": math.nan})["x"])


def test_tables_of_numbers_speak_dlpack() -> None:
    table = zs.Pipeline([zs.Standardize("x")]).fit({"x": [1.0, 3.0]}).transform({"x": [1.0, 3.0]})
    assert np.array_equal(np.from_dlpack(table), [[-1.0], [1.0]])
    texts = zs.Pipeline([]).fit({"s": ["a"]}).transform({"s": ["a"]})
    with pytest.raises(zs.Error) as refused:
        np.from_dlpack(texts)
    assert refused.value.id == "table.dlpack"
