"""Steps on numbers against their definitions: Tukey's g-and-h, outliers, random filling,
interpolated buckets; ways back."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import stats
from sklearn.decomposition import PCA
from sklearn.preprocessing import OneHotEncoder

import zeroskew as zs

RNG = np.random.default_rng(5)


@pytest.mark.parametrize(("g", "h"), [(0.0, 0.0), (0.5, 0.0), (-0.4, 0.1), (0.0, 0.2), (0.8, 0.15)])
def test_tukey_finds_the_normal_draws_again(g, h):
    z = RNG.standard_normal(40_000)
    x = 3 + 2 * (np.expm1(g * z) / g if g else z) * np.exp(h * z * z / 2)
    fitted = zs.Pipeline([zs.TukeyGh("x")]).fit({"x": x})
    learned = fitted.steps[0][2]
    assert learned["g"] == pytest.approx(g, abs=0.05)
    assert learned["h"] == pytest.approx(h, abs=0.04)
    assert learned["location"] == pytest.approx(3, abs=0.1)
    assert learned["scale"] == pytest.approx(2, abs=0.1)
    made = fitted.transform({"x": x})["x"]
    assert np.abs(made - z).max() < 1.0
    assert stats.kstest(made, "norm").statistic < 0.012
    back = fitted.inverse_transform({"x": made})["x"]
    assert np.allclose(back, x, rtol=1e-9)


def test_tukey_takes_its_own_parameters_and_holds_the_ends():
    x = np.concatenate([RNG.standard_normal(1000), [np.inf, -np.inf, np.nan]])
    fitted = zs.Pipeline([zs.TukeyGh("x", g=1.0, h=0.0)]).fit({"x": x[:-3]})
    made = fitted.transform({"x": x})["x"]
    assert made[-3] == 8
    assert made[-2] == -8
    assert np.isnan(made[-1])
    scale, location = fitted.steps[0][2]["scale"], fitted.steps[0][2]["location"]
    inside = np.abs(made) < 8
    inside[-1] = False
    expected = np.log1p((x[inside] - location) / scale)
    assert np.allclose(made[inside], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("method", ["iqr", "zscore", "mad"])
def test_fences_are_those_of_the_books(method):
    x = np.concatenate([RNG.normal(10, 2, 999), [100.0, -50.0]])
    if method == "iqr":
        low, high = np.quantile(x, [0.25, 0.75])
        fences = (low - 1.5 * (high - low), high + 1.5 * (high - low))
    elif method == "zscore":
        fences = (x.mean() - 3 * x.std(), x.mean() + 3 * x.std())
    else:
        reach = 3.5 * stats.median_abs_deviation(x) / stats.norm.ppf(0.75)
        fences = (np.median(x) - reach, np.median(x) + reach)
    clipped = zs.Pipeline([zs.Outliers("x", method)]).fit({"x": x})
    learned = clipped.steps[0][2]
    assert (learned["low"], learned["high"]) == pytest.approx(fences, rel=1e-12)
    assert np.array_equal(
        clipped.transform({"x": x})["x"], np.clip(x, learned["low"], learned["high"])
    )
    outside = (x < learned["low"]) | (x > learned["high"])
    gone = zs.Pipeline([zs.Outliers("x", method, action="missing")]).fit({"x": x})
    assert np.array_equal(np.isnan(gone.transform({"x": x})["x"]), outside)
    marked = zs.Pipeline([zs.Outliers("x", method, action="flag")]).fit({"x": x})
    table = marked.transform({"x": x})
    assert table.columns == ["x", "x_outlier"]
    assert np.array_equal(table["x_outlier"], outside.astype(float))
    assert np.array_equal(table["x"], x)


def test_random_filling_draws_what_occurred_and_knows_the_row():
    kinds = np.array(["card", "cash", "app"])
    rows = 60_000
    data = pd.DataFrame(
        {
            "x": np.where(RNG.random(rows) < 0.3, np.nan, RNG.gamma(2, 3, rows)),
            "i": pd.array(RNG.integers(-5, 5, rows), dtype="Int64"),
            "kind": RNG.choice(kinds, rows, p=[0.6, 0.3, 0.1]),
        }
    )
    data.loc[RNG.random(rows) < 0.2, ["i", "kind"]] = None
    fitted = zs.Pipeline([zs.Impute(["x", "i", "kind"], "random")], seed=3).fit(data)
    made = fitted.transform(data)
    x = made["x"]
    empty = data["x"].isna().to_numpy()
    assert not np.isnan(x).any()
    assert np.array_equal(x[~empty], data["x"][~empty])
    assert stats.ks_2samp(x[empty], x[~empty]).statistic < 0.015
    frame = made.to_pandas()
    drawn = frame["kind"][data["kind"].isna()].value_counts(normalize=True)
    assert drawn["card"] == pytest.approx(0.6, abs=0.02)
    assert drawn["app"] == pytest.approx(0.1, abs=0.02)
    assert set(frame["i"].unique()) == set(range(-5, 5))
    assert str(made.to_arrow().schema.field("i").type) == "int64"

    # The row's key alone decides: not the epoch, not the order, not the seed of nothing else.
    at = int(np.flatnonzero(empty)[7])
    row = {"x": None, "i": None, "kind": None}
    first = fitted.transform_row(row, key=at)
    assert first == fitted.transform_row(row, key=at, epoch=4, training=True)
    assert first["x"] == x[at]
    assert len({fitted.transform_row(row, key=k)["x"] for k in range(50)}) > 40
    assert zs.Pipeline([zs.Impute("x", "random")], seed=3).fit(zs.profile(data)).to_json() == (
        zs.Pipeline([zs.Impute("x", "random")], seed=3).fit(data).to_json()
    )


def test_what_follows_random_filling_learns_from_the_filled_rows():
    data = {"x": pa.array([None if i % 3 == 0 else float(i) for i in range(300)])}
    pipeline = zs.Pipeline([zs.Impute("x", "random"), zs.Standardize("x")], seed=1)
    made = pipeline.fit(pa.table(data)).transform(pa.table(data))["x"]
    assert abs(made.mean()) < 1e-12
    assert made.std() == pytest.approx(1)
    with pytest.raises(zs.Error) as refused:
        pipeline.fit(zs.profile(pa.table(data)))
    assert refused.value.id == "transform.needs_data"


def test_buckets_with_interpolation_are_those_of_tf_transform():
    x = np.concatenate([RNG.normal(0, 3, 500), [-5.0, -1.0, 0.5, 2.0, 9.0, np.nan]])
    edges = [-1.0, 0.5, 2.0, 4.0]
    fitted = zs.Pipeline([zs.Bucketize("x", "edges", edges=edges, interpolate=True)]).fit({"x": x})
    made = fitted.transform({"x": x})["x"]
    # apply_buckets_with_interpolation, but for NaN, which is 0.5 there
    expected = np.interp(x, edges, np.arange(4) / 3)
    assert np.allclose(made, expected, rtol=1e-12, atol=1e-12, equal_nan=True)
    ranks = zs.Pipeline([zs.Bucketize("x", bins=100, interpolate=True)]).fit({"x": x[:500]})
    assert stats.kstest(ranks.transform({"x": x[:500]})["x"], "uniform").statistic < 0.02


@pytest.mark.parametrize("drop", [False, True])
def test_one_hot_comes_back_as_in_scikit_learn(drop):
    kinds = RNG.choice(["card", "cash", "app"], 200)
    data = pd.DataFrame({"kind": kinds, "n": RNG.integers(0, 4, 200)})
    fitted = zs.Pipeline([zs.OneHot(["kind", "n"], drop_first=drop)]).fit(data)
    made = fitted.transform(data)
    theirs = OneHotEncoder(drop="first" if drop else None, sparse_output=False).fit(data)
    assert np.array_equal(made.to_numpy(), theirs.transform(data))
    back = fitted.inverse_transform(made).to_pandas()
    assert back["kind"].tolist() == kinds.tolist()
    assert back["n"].tolist() == data["n"].tolist()
    blank = {name: [0.0, 0.2] for name in made.columns}
    blank["kind_cash"] = [0.0, 0.9]
    found = fitted.inverse_transform(blank).to_arrow()["kind"].to_pylist()
    assert found == (["app", "cash"] if drop else [None, "cash"])


@pytest.mark.parametrize("whiten", [False, True])
def test_components_come_back_as_in_scikit_learn(whiten):
    x = RNG.normal(size=(500, 4)) @ RNG.normal(size=(4, 4))
    names = list("abcd")
    data = pd.DataFrame(x, columns=names)
    for count in (4, 2):
        fitted = zs.Pipeline([zs.Pca(names, components=count, whiten=whiten)]).fit(data)
        back = fitted.inverse_transform(fitted.transform(data)).to_pandas()[names]
        theirs = PCA(count, whiten=whiten).fit(x)
        assert np.allclose(back, theirs.inverse_transform(theirs.transform(x)), atol=1e-9)
