"""Measures of points: against numpy and scikit-learn, order-free, calibrated, and what cannot be
compared."""

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.metrics.pairwise import rbf_kernel

import zeroskew as zs

MEASURES = {
    "mmd": zs.drift.mmd,
    "mmd linear": lambda x, y, **options: zs.drift.mmd(x, y, method="linear", **options),
    "sliced_wasserstein": zs.drift.sliced_wasserstein,
    "pca_reconstruction": zs.drift.pca_reconstruction,
    "domain_classifier": zs.drift.domain_classifier,
}


def embeddings(rows: int, seed: int, shift: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    mix = np.random.default_rng(0).normal(size=(16, 16)) / 4
    return rng.normal(size=(rows, 16)) @ mix + rng.normal(size=(rows, 16)) * 0.3 + shift


def test_mmd_comes_near_the_kernels_own() -> None:
    x, y = embeddings(300, 1), embeddings(200, 2, 0.3)
    gamma = 1 / (2 * 2.5**2)
    exact = (
        rbf_kernel(x, x, gamma).mean()
        + rbf_kernel(y, y, gamma).mean()
        - 2 * rbf_kernel(x, y, gamma).mean()
    )
    assert zs.drift.mmd(x, y, bandwidth=2.5, features=1024).statistic == pytest.approx(
        exact, rel=0.1
    )
    linear = zs.drift.mmd(x, y, bandwidth=2.5, method="linear").statistic
    assert linear == pytest.approx(exact, abs=0.1)


def test_sliced_wasserstein_of_a_shift_is_its_mean_projection() -> None:
    x = embeddings(200, 3)
    by = np.zeros(16)
    by[0] = 2.0
    # Along a random direction of 16 dimensions, |cos| has mean Gamma(8) / (sqrt(pi) Gamma(8.5)) =
    # 0.2023...
    found = zs.drift.sliced_wasserstein(x, x + by, directions=2000, permutations=19)
    assert found.statistic == pytest.approx(2.0 * 0.2025, rel=0.06)
    assert found.pvalue == pytest.approx(0.05)


def test_pca_reconstruction_is_that_of_scikit_learn() -> None:
    x, y = embeddings(2000, 4), np.random.default_rng(5).normal(size=(500, 16))
    found = zs.drift.pca_reconstruction(x, y, explained=0.8)
    fit, rest = x[:1000], x[1000:]
    mean, std = fit.mean(0), fit.std(0)
    pca = PCA(n_components=0.8).fit((fit - mean) / std)

    def error(rows: np.ndarray) -> float:
        z = (rows - mean) / std
        return float(np.linalg.norm(z - pca.inverse_transform(pca.transform(z)), axis=1).mean())

    # Another half is fitted here, so only nearly the same.
    assert found.statistic == pytest.approx(error(y) / error(rest), rel=0.05)
    assert f"{pca.n_components_} of 16 components" in found.definition
    assert found.drifted


def test_domain_classifier_is_as_good_as_scikit_learns() -> None:
    x, y = embeddings(1500, 6), embeddings(1500, 7, 0.15)
    found = zs.drift.domain_classifier(x, y)
    train = np.vstack([x[:750], y[:750]])
    features = [
        np.hstack([z, z**2])
        for z in ((part - train.mean(0)) / train.std(0) for part in (train, x[750:], y[750:]))
    ]
    model = LogisticRegression(max_iter=1000).fit(features[0], np.repeat([0, 1], 750))
    expected = roc_auc_score(
        np.repeat([0, 1], 750), model.decision_function(np.vstack(features[1:]))
    )
    assert found.statistic == pytest.approx(expected, abs=0.03)
    assert found.drifted


@pytest.mark.parametrize("name", MEASURES)
def test_results_do_not_depend_on_the_order_of_rows(name: str) -> None:
    x, y = embeddings(120, 8), embeddings(80, 9, 0.2)
    shuffled = np.random.default_rng(0).permutation(x)
    assert MEASURES[name](x, y, seed=3) == MEASURES[name](shuffled, y[::-1], seed=3)


@pytest.mark.parametrize("name", MEASURES)
def test_frames_and_one_column_will_do(name: str) -> None:
    x, y = embeddings(60, 10), embeddings(60, 11)
    assert MEASURES[name](pd.DataFrame(x), pd.DataFrame(y)) == MEASURES[name](x, y)
    if name != "pca_reconstruction":
        assert MEASURES[name](x[:, 0], y[:, 0]).comparable


@pytest.mark.parametrize("name", MEASURES)
def test_what_cannot_be_compared_says_why(name: str) -> None:
    x = embeddings(60, 12)
    holes = x.copy()
    holes[3, 2] = np.nan
    for other in (holes, np.where(np.isnan(holes), np.inf, holes), x[:0], x[:1], np.zeros((0, 16))):
        found = MEASURES[name](x, other)
        assert found.reason.startswith("cannot compare, because")
        assert not found.drifted
    with pytest.raises(zs.Error) as caught:
        MEASURES[name](x, x[:, :3])
    assert caught.value.id == "drift.dimensions"
    with pytest.raises(zs.Error) as caught:
        MEASURES[name](x, [["a"]])
    assert caught.value.id == "drift.not_points"


def test_sketches_add_up() -> None:
    x, y = embeddings(500, 13), embeddings(400, 14, 0.4)
    parts = [zs.drift.MmdSketch(16, 2.0).update(part) for part in np.array_split(x, 3)]
    whole = zs.drift.MmdSketch(16, 2.0).update(x)
    assert parts[2] + parts[0] + parts[1] == whole
    assert parts[0] != whole
    other = zs.drift.MmdSketch(16, 2.0).update(y)
    assert whole.compare(other) == zs.drift.mmd(x, y, bandwidth=2.0)
    assert whole.compare(other).drifted
    with pytest.raises(zs.Error) as caught:
        whole += zs.drift.MmdSketch(16, 3.0)
    assert caught.value.id == "drift.incompatible"
