"""zs.sklearn.Transformer among scikit-learn's own estimators."""

import unittest

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

import zeroskew as zs


def frame(rows: int = 200) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    kinds = rng.choice(["card", "cash"], rows)
    return pd.DataFrame({"fare": rng.normal(size=rows), "kind": kinds, "other": np.arange(rows)})


def transformer() -> zs.sklearn.Transformer:
    return zs.sklearn.Transformer(
        zs.Pipeline([zs.Impute("fare"), zs.Standardize("fare"), zs.OneHot("kind")], seed=2)
    )


def test_frames() -> None:
    data = frame()
    made = transformer().fit(data)
    found = made.transform(data)
    assert np.allclose(
        found[:, 0].astype(float), StandardScaler().fit_transform(data[["fare"]])[:, 0], atol=1e-12
    )
    names = list(made.get_feature_names_out())
    assert names[0] == "fare"
    assert found.shape == (200, len(names))
    as_frame = transformer().set_output(transform="pandas").fit_transform(data[50:])
    assert list(as_frame.columns) == names
    assert as_frame.index[0] == 50
    as_polars = transformer().set_output(transform="polars").fit_transform(data)
    assert as_polars.columns == names
    with pytest.raises(NotFittedError):
        transformer().transform(data)


def test_arrays_name_their_columns_by_place() -> None:
    data = np.array([[1.0, 5.0], [np.nan, 6.0], [3.0, 10.0]])
    made = zs.sklearn.Transformer(zs.Pipeline([zs.Impute("x0"), zs.Standardize("x1")])).fit(data)
    assert np.allclose(made.transform(data)[:, 0], [1, 2, 3])
    assert list(made.get_feature_names_out()) == ["x0", "x1"]


def test_in_pipelines_and_column_transformers() -> None:
    data = frame()
    model = make_pipeline(transformer(), LinearRegression()).fit(data, data["other"])
    assert model.predict(data).shape == (200,)
    columns = ColumnTransformer([("zs", transformer(), ["fare", "kind"])], remainder="passthrough")
    columns.set_output(transform="pandas")
    assert columns.fit_transform(data).shape == (200, 4)
    copy = clone(transformer())
    assert copy.pipeline == transformer().pipeline
    assert copy.get_params() == {"pipeline": copy.pipeline}


def test_the_checks_of_scikit_learn() -> None:
    failed = []
    for estimator, check in estimator_checks_generator(
        zs.sklearn.Transformer(zs.Pipeline([zs.Standardize("x0")]))
    ):
        try:
            check(estimator)
        except (pytest.skip.Exception, unittest.SkipTest):
            continue  # scikit-learn's own: checks of what this estimator does not claim
        except Exception as failure:
            failed.append(f"{check.func.__name__}: {failure!r:.200}")
    assert not failed


@pytest.mark.parametrize("engine", ["pandas", "polars", "numpy"])
def test_y_is_the_target_that_steps_learn_from(engine: str) -> None:
    data = frame()
    y = data["other"].to_numpy() % 7
    pipeline = zs.Pipeline([zs.TargetEncode("kind", target="late", smoothing=0.0)])
    x = data[["kind"]]
    if engine == "polars":
        x = pl.from_pandas(x)
    if engine == "numpy":
        x = x.to_numpy()
        pipeline = zs.Pipeline([zs.TargetEncode("x0", target="late", smoothing=0.0)])
    made = zs.sklearn.Transformer(pipeline).fit(x, y)
    means = pd.Series(y).groupby(data["kind"]).mean()
    assert np.allclose(made.transform(x)[:, 0].astype(float), data["kind"].map(means))
    assert list(made.get_feature_names_out()) == (["x0"] if engine == "numpy" else ["kind"])
    with pytest.raises(zs.Error):
        zs.sklearn.Transformer(pipeline).fit(x)
