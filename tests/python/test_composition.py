"""Compositions, conditions, ranges, replay and the way back, from Python, JSON and YAML."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zeroskew as zs


def trips(rows: int = 400) -> pa.Table:
    rng = np.random.default_rng(5)
    return pa.table(
        {
            "fare": pa.array(rng.gamma(2, 7, rows).round(2), mask=rng.random(rows) < 0.1),
            "tip": rng.gamma(1, 2, rows).round(2),
            "people": rng.integers(1, 6, rows),
            "tenant": rng.choice(["a", "b", "c"], rows),
        }
    )


def composed() -> zs.Pipeline:
    return zs.Pipeline(
        [
            zs.Impute("fare", "median", by="tenant"),
            zs.OneOf(
                [
                    zs.GaussianNoise(["fare", "tip"], std=(0.1, 0.5)),
                    zs.SomeOf([zs.RandomScale("fare"), zs.RandomShift("tip", -1, 1)], n=(1, 2)),
                ],
                weights=[1, 3],
                p=0.7,
                when="tenant != 'c'",
            ),
            zs.Sequence(
                [zs.Clip("tip", upper=4.0), zs.MaskToMissing("people", p=0.5)], when="people > 2"
            ),
        ],
        seed=11,
    )


def bits(row: dict[str, object]) -> dict[str, object]:
    return {name: value.hex() if isinstance(value, float) else value for name, value in row.items()}


def test_compositions_are_values(tmp_path: Path) -> None:
    pipeline = composed()
    assert zs.Pipeline.from_json(pipeline.to_json()) == pipeline
    assert eval(repr(pipeline), vars(zs)) == pipeline
    assert zs.Pipeline(pipeline.stages, seed=11) == pipeline
    assert [stage.to_dict() for stage in pipeline.stages] == [
        stage.to_dict() for stage in composed().stages
    ]
    assert pipeline != zs.Pipeline(pipeline.steps, seed=11)
    assert hash(pipeline.stages[1]) == hash(composed().stages[1])
    path = tmp_path / "p.yaml"
    path.write_text(
        """
seed: 11
steps:
  - {step: impute, column: fare, strategy: median, by: tenant}
  - one_of:
      - {step: gaussian_noise, columns: [fare, tip], std: [0.1, 0.5]}
      - some_of:
          - {step: random_scale, column: fare}
          - {step: random_shift, column: tip, low: -1, high: 1}
        n: [1, 2]
    weights: [1, 3]
    p: 0.7
    when: tenant != 'c'
  - sequence:
      - {step: clip, column: tip, upper: 4}
      - {step: mask_to_missing, column: people, p: 0.5}
    when: people > 2
"""
    )
    assert zs.Pipeline.load(path) == pipeline


@pytest.mark.parametrize("training", [False, True])
def test_rows_have_the_bits_of_the_table(training: bool) -> None:
    data = trips()
    fitted = composed().fit(data)
    table = fitted.transform(data, training=training, epoch=1)
    assert zs.FittedPipeline.from_json(fitted.to_json()) == fitted
    assert fitted.transform([data.slice(0, 7), data.slice(7)], training=training, epoch=1) == table
    for i, (row, expected) in enumerate(
        zip(data.to_pylist(), table.to_arrow().to_pylist(), strict=True)
    ):
        assert bits(fitted.transform_row(row, key=i, epoch=1, training=training)) == bits(expected)


def test_conditions_choose_rows() -> None:
    data = trips()
    made = composed().fit(data).transform(data, training=True)
    tip, people = data["tip"].to_numpy(), data["people"].to_numpy()
    quiet = (data["tenant"].to_numpy(zero_copy_only=False) == "c") & (people <= 2)
    assert np.array_equal(made["tip"][quiet], tip[quiet])
    assert np.all(made["tip"][people > 2] <= 4.0)
    assert made["tip"][people <= 2].max() > 4.0
    assert made.to_arrow()["people"].null_count > 20


def test_replay_names_what_was_drawn() -> None:
    data = trips()
    fitted = composed().fit(data)
    acted: set[str] = set()
    for i, row in enumerate(data.to_pylist()):
        draws = fitted.replay(row, key=i, epoch=4)
        assert [draw["step"] for draw in draws] == [
            "gaussian_noise",
            "gaussian_noise",
            "random_scale",
            "random_shift",
            "mask_to_missing",
        ]
        after = fitted.transform_row(row, key=i, epoch=4, training=True)
        noise = draws[1]
        if noise["acted"]:
            assert 0.1 <= noise["std"] < 0.5
            moved = row["tip"] + noise["std"] * noise["draw"]
            assert after["tip"] == (min(moved, 4.0) if row["people"] > 2 else moved)
        acted |= {draw["step"] for draw in draws if draw["acted"]}
        if row["tenant"] == "c":
            assert not any(draw["acted"] for draw in draws[:4])
    assert acted == {"gaussian_noise", "random_scale", "random_shift", "mask_to_missing"}
    assert not any(draw["acted"] for draw in fitted.replay(row, training=False))


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.floats(-1e6, 1e6) | st.none(), min_size=3, max_size=30),
    step=st.sampled_from(
        [
            zs.Standardize("x"),
            zs.MinMax("x"),
            zs.Robust("x"),
            zs.MaxAbs("x"),
            zs.Power("x", 0.5),
            zs.Power("x", -1.0),
        ]
    ),
)
def test_the_way_back(values: list[float | None], step: zs.steps.Step) -> None:
    data = pa.table({"x": pa.array([*values, 1.5], pa.float64())})
    fitted = zs.Pipeline([step]).fit(data)
    made = fitted.transform(data)
    back = fitted.inverse_transform(made).to_arrow()["x"].to_pylist()
    scale = max(abs(x) for x in data["x"].to_pylist() if x is not None)
    for x, y in zip(data["x"].to_pylist(), back, strict=True):
        assert (x is None) == (y is None)
        if x is not None and step.name != "power":
            assert abs(x - y) <= 1e-9 * scale
        elif x is not None and abs(x) < 1e3:
            assert abs(x - y) <= 1e-6 * max(1.0, abs(x)) ** 3


def test_fitted_lambdas_are_scikit_learns() -> None:
    preprocessing = pytest.importorskip("sklearn.preprocessing")
    data = trips()
    filled = data["fare"].drop_null().to_numpy() + 0.5
    table = {"x": filled}
    for method, name in (("yeo_johnson", "yeo-johnson"), ("box_cox", "box-cox")):
        fitted = zs.Pipeline([zs.Power("x", method=method)]).fit(table)
        theirs = preprocessing.PowerTransformer(name, standardize=False).fit(filled[:, None])
        assert fitted.steps[0][2]["lambda"] == pytest.approx(theirs.lambdas_[0], rel=1e-4)
        assert np.allclose(
            fitted.transform(table)["x"], theirs.transform(filled[:, None])[:, 0], rtol=1e-3
        )


@pytest.mark.parametrize(
    ("make", "id"),
    [
        (lambda: zs.OneOf([]), "transform.composition"),
        (lambda: zs.OneOf([zs.Standardize("a"), zs.MaxAbs("a")]), "transform.composition"),
        (lambda: zs.OneOf([zs.RandomScale("a")], p=2), "transform.composition"),
        (lambda: zs.OneOf([zs.RandomScale("a")], weights=[1, 2]), "transform.composition"),
        (lambda: zs.SomeOf([zs.RandomScale("a")], n=2), "transform.composition"),
        (lambda: zs.Sequence([zs.OneHot("a")], when="b > 1"), "transform.composition"),
        (lambda: zs.OneOf(zs.RandomScale("a")), "transform.step"),
        (
            lambda: zs.Pipeline([{"one_of": [{"step": "random_scale", "column": "a"}], "pp": 1}]),
            "transform.unknown_parameter",
        ),
        (lambda: zs.GaussianNoise("a", std=(0.5, 0.1)), "transform.bad_parameter"),
        (lambda: zs.GaussianNoise("a", std=(-0.5, 0.1)), "transform.bad_parameter"),
        (
            lambda: zs.Pipeline([zs.Clip("tip", when="tipp > 1")]).fit(trips()),
            "transform.unknown_column",
        ),
        (lambda: zs.Pipeline([zs.Clip("tip", when="tip >")]).fit(trips()), "transform.formula"),
        (lambda: zs.Pipeline([zs.Impute("fare", by="tip")]).fit(trips()), "transform.wrong_type"),
        (
            lambda: zs.Pipeline([zs.Impute("fare", by="tenant")]).fit(zs.profile(trips())),
            "transform.needs_data",
        ),
    ],
)
def test_errors_say_what_would_be_right(make: object, id: str) -> None:
    with pytest.raises(zs.Error) as caught:
        make()  # type: ignore[operator]
    assert caught.value.id == id
