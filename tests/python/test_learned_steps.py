"""Steps that learn from rows and texts, against scikit-learn, numpy and their formulas."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import zeroskew as zs

preprocessing = pytest.importorskip("sklearn.preprocessing")
from sklearn.decomposition import PCA  # noqa: E402
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer  # noqa: E402
from sklearn.feature_selection import VarianceThreshold  # noqa: E402

RNG = np.random.default_rng(4)
WORDS = [
    "cheap",
    "late",
    "flight",
    "delay",
    "Delay",
    "NIGHT",
    "day",
    "gate",
    "closed",
    "open",
    "storm",
    "42",
    "a_b",
    "x",
]
TEXTS = [
    " ".join(RNG.choice(WORDS, RNG.integers(0, 9))) + RNG.choice(["", "!", ", ok."])
    for _ in range(200)
]


def frame(rows: int = 900) -> pd.DataFrame:
    kind = RNG.choice(["a", "b", "c", "rare"], rows, p=[0.5, 0.3, 0.19, 0.01])
    x = RNG.normal(3, 2, rows)
    return pd.DataFrame(
        {
            "kind": kind,
            "x": x,
            "y": 0.5 * x + RNG.normal(0, 1, rows),
            "z": -x + RNG.normal(0, 1e-3, rows),
            "still": 1.5,
            "target": x + (kind == "a") * 4.0 + RNG.normal(0, 1, rows),
            "late": ((x > 3) | (kind == "b")).astype(int),
        }
    )


def test_target_means_are_scikit_learns() -> None:
    data = frame()
    theirs = preprocessing.TargetEncoder(target_type="continuous").fit(
        data[["kind"]], data["target"]
    )
    made = zs.Pipeline([zs.TargetEncode("kind", target="target")]).fit(data).transform(data)["kind"]
    assert np.allclose(made, theirs.transform(data[["kind"]])[:, 0], rtol=1e-12)
    smoothed = (
        zs.Pipeline([zs.TargetEncode("kind", target="target", smoothing=20)])
        .fit(data)
        .transform(data)["kind"]
    )
    theirs = preprocessing.TargetEncoder(target_type="continuous", smooth=20.0).fit(
        data[["kind"]], data["target"]
    )
    assert np.allclose(smoothed, theirs.transform(data[["kind"]])[:, 0], rtol=1e-12)


def test_training_rows_learn_from_the_other_folds() -> None:
    data = frame()
    noise = data.assign(kind=[f"k{i}" for i in range(len(data))])
    fitted = zs.Pipeline([zs.TargetEncode("kind", target="target", smoothing=0)]).fit(noise)
    # Each row alone in its category: served, it shows its target; trained on, it must not.
    assert np.allclose(fitted.transform(noise)["kind"], noise["target"])
    trained = fitted.transform(noise, training=True)["kind"]
    assert len(set(trained)) == 5
    folds = pd.Series(trained).map({value: i for i, value in enumerate(dict.fromkeys(trained))})
    for fold in range(5):
        inside = (folds == fold).to_numpy()
        assert trained[inside] == pytest.approx(noise["target"][~inside].mean())
    keyed = zs.Pipeline([zs.TargetEncode("kind", target="target", smoothing=0)]).fit(
        noise[::-1], keys=range(899, -1, -1)
    )
    assert np.array_equal(keyed.transform(noise, training=True)["kind"], trained)
    assert fitted.transform_row({"kind": "new"})["kind"] == pytest.approx(noise["target"].mean())
    assert fitted.inputs == {"kind": "string"}


def test_weights_of_evidence_follow_their_formula() -> None:
    data = frame()
    made = (
        zs.Pipeline([zs.WoeEncode("kind", target="late", regularization=0.5)])
        .fit(data)
        .transform(data)["kind"]
    )
    ones, zeros = data["late"].sum(), (1 - data["late"]).sum()
    for kind, rows in data.groupby("kind"):
        good, bad = rows["late"].sum(), (1 - rows["late"]).sum()
        expected = np.log(((good + 0.5) / (ones + 1)) / ((bad + 0.5) / (zeros + 1)))
        assert made[data["kind"] == kind] == pytest.approx(expected, rel=1e-12)
    with pytest.raises(zs.Error, match=r"transform\.not_binary"):
        zs.Pipeline([zs.WoeEncode("kind", target="target")]).fit(data)


def test_vocabularies_rank_by_what_they_say_of_labels() -> None:
    from sklearn.metrics import mutual_info_score

    data = frame()
    fitted = zs.Pipeline([zs.Vocabulary("kind", labels="late")]).fit(data)
    bits = {
        kind: mutual_info_score(data["kind"] == kind, data["late"])
        for kind in data["kind"].unique()
    }
    assert fitted.steps[0][2]["texts"] == sorted(bits, key=lambda kind: -bits[kind])
    assert fitted.inputs == {"kind": "string"}


@pytest.mark.parametrize("ngrams", [(1, 1), (1, 2), (2, 3)])
@pytest.mark.parametrize("most", [5, 1000])
def test_bags_of_words_are_scikit_learns(ngrams: tuple[int, int], most: int) -> None:
    data = {"t": TEXTS}
    low, high = ngrams
    theirs = CountVectorizer(ngram_range=ngrams, max_features=most).fit(TEXTS)
    step = zs.BagOfWords("t", max_features=most, ngram_low=low, ngram_high=high)
    made = zs.Pipeline([step]).fit(data).transform(data)
    if most == 1000:  # among equally frequent terms scikit-learn's choice depends on its own order
        assert made.columns == [f"t_{name}" for name in theirs.get_feature_names_out()]
        assert np.array_equal(made.to_numpy(), theirs.transform(TEXTS).toarray())
        weighted = TfidfVectorizer(ngram_range=ngrams).fit(TEXTS)
        ours = (
            zs.Pipeline([zs.Tfidf("t", max_features=most, ngram_low=low, ngram_high=high)])
            .fit(data)
            .transform(data)
        )
        assert np.allclose(
            ours.to_numpy(), weighted.transform(TEXTS).toarray(), rtol=1e-12, atol=1e-15
        )
    else:
        totals = theirs.transform(TEXTS).toarray().sum(axis=0)
        assert sorted(made.to_numpy().sum(axis=0)) == sorted(totals)


def test_characters_are_terms_too() -> None:
    theirs = CountVectorizer(analyzer="char", ngram_range=(2, 3), lowercase=False).fit(TEXTS)
    step = zs.BagOfWords(
        "t", max_features=5000, analyzer="char", ngram_low=2, ngram_high=3, lowercase=False
    )
    made = zs.Pipeline([step]).fit({"t": TEXTS}).transform({"t": TEXTS})
    assert made.columns == [f"t_{name}" for name in theirs.get_feature_names_out()]
    assert np.array_equal(made.to_numpy(), theirs.transform(TEXTS).toarray())


def test_ngrams() -> None:
    data = {"t": ["The gate is closed", "one", "", None]}
    made = zs.Pipeline([zs.Ngrams("t")]).fit(data).transform(data)
    assert made.to_arrow()["t"].to_pylist() == ["the_gate gate_is is_closed", "", "", None]


@pytest.mark.parametrize("whiten", [False, True])
def test_principal_components_are_scikit_learns(whiten: bool) -> None:
    data = frame()[["x", "y", "z"]]
    made = (
        zs.Pipeline([zs.Pca(["x", "y", "z"], 2, whiten=whiten)])
        .fit(data)
        .transform(data)
        .to_numpy()
    )
    theirs = PCA(2, whiten=whiten).fit(data)
    expected = theirs.transform(data) * np.sign(
        theirs.components_[range(2), np.abs(theirs.components_).argmax(axis=1)]
    )
    if whiten:  # scikit-learn divides by n - 1
        expected *= np.sqrt(len(data) / (len(data) - 1))
    assert np.allclose(made, expected, atol=1e-9)
    shuffled = zs.Pipeline([zs.Pca(["x", "y", "z"], 2, whiten=whiten)]).fit(
        data.sample(frac=1, random_state=1)
    )
    assert shuffled == zs.Pipeline([zs.Pca(["x", "y", "z"], 2, whiten=whiten)]).fit(data)


def test_features_are_selected() -> None:
    data = frame()
    names = ["x", "y", "z", "still"]
    made = zs.Pipeline([zs.SelectFeatures(names)]).fit(data).transform(data[names])
    assert made.columns == list(VarianceThreshold().fit(data[names]).get_feature_names_out())
    fitted = zs.Pipeline([zs.SelectFeatures(["x", "y", "z"], "correlation", threshold=0.9)]).fit(
        data
    )
    assert fitted.transform(data[names]).columns == ["x", "y", "still"]
    correlation = data[["x", "y", "z"]].corr().abs()
    assert fitted.steps[0][2]["scores"] == pytest.approx(
        [0, correlation.loc["x", "y"], correlation.loc["x", "z"]]
    )
    moved = data.assign(late=np.arange(len(data)) % 2, w=data["x"] + 3 * (np.arange(len(data)) % 2))
    fitted = zs.Pipeline([zs.SelectFeatures(["x", "w"], "psi", reference="late == 0")]).fit(moved)
    assert list(fitted.outputs) == ["x"]


def test_formulas_make_columns() -> None:
    data = pa.table({"a": [1.0, None, 3.0], "b": [2, 5, 0], "s": ["x", "y", None]})
    fitted = zs.Pipeline(
        [
            zs.Expression(["a", "b"], formula="a / b + 1", name="ratio"),
            zs.Expression(["a", "b"], formula="coalesce(a, 0) > b", name="more"),
            zs.Expression(["s", "b"], formula="if(b > 1, s, 'none')", name="s"),
        ]
    ).fit(data)
    made = fitted.transform(data).to_arrow()
    assert made["ratio"].to_pylist() == [1.5, None, np.inf]
    assert made["more"].to_pylist() == [False, False, True]
    assert made["s"].to_pylist() == ["x", "y", "none"]
    assert made["b"].to_pylist() == [2, 5, 0]


def training(step: zs.steps.Step, data: object, seed: int = 3) -> zs.Table:
    return zs.Pipeline([step], seed=seed).fit(data).transform(data, training=True)


def test_correlated_noise_has_the_covariance_of_the_data() -> None:
    data = frame(20000)[["x", "y", "z"]]
    made = training(zs.CorrelatedNoise(["x", "y", "z"], scale=0.5), data)
    noise = np.column_stack([made[name] - data[name] for name in ("x", "y", "z")])
    assert np.allclose(np.cov(noise.T), 0.25 * np.cov(data.to_numpy().T), atol=0.04)


def test_mixup_stays_between_two_rows() -> None:
    data = frame()[["x", "target"]]
    made = training(zs.Mixup(["x", "target"], share=0.25, bank=50), data)
    bank = (
        zs.Pipeline([zs.Mixup(["x", "target"], share=0.25, bank=50)]).fit(data).steps[0][2]["rows"]
    )
    others = (np.column_stack([made["x"], made["target"]]) - 0.75 * data.to_numpy()) / 0.25
    distance = np.abs(others[:, None] - np.reshape(bank, (1, 50, 2))).max(axis=2).min(axis=1)
    assert distance.max() < 1e-9
    assert {tuple(row) for row in np.reshape(bank, (50, 2))} <= {
        tuple(row) for row in data.to_numpy()
    }


def test_times_keep_their_order() -> None:
    start = RNG.integers(0, 10**9, 500)
    gaps = np.cumsum(RNG.integers(0, 40, (500, 3)), axis=1)
    names = ["t0", "t1", "t2", "t3"]
    columns = [start, *(start + gaps.T)]
    data = pa.table(
        {
            name: pa.array(column).cast(pa.timestamp("s"))
            for name, column in zip(names, columns, strict=True)
        }
    )
    made = training(zs.OrderedJitter(names, seconds=1000), data).to_arrow()
    after = np.column_stack([made[name].cast(pa.int64()).to_numpy() for name in names])
    before = np.column_stack(columns)
    assert (after != before).mean() > 0.5
    assert np.array_equal(np.diff(after, axis=1) >= 0, np.diff(before, axis=1) >= 0)
    assert ((np.diff(after, axis=1) > 0) >= (np.diff(before, axis=1) > 0)).all()
    assert np.abs(after - before).max() <= 1000


def series(rows: int = 300, points: int = 24) -> pd.DataFrame:
    walk = np.cumsum(RNG.normal(size=(rows, points)), axis=1)
    return pd.DataFrame(walk, columns=[f"h{i}" for i in range(points)])


def test_series_steps_do_what_they_say() -> None:
    data = series()
    names, before = list(data), data.to_numpy()
    spread = np.ptp(before, axis=1)
    run = lambda step: training(step, data).to_numpy()  # noqa: E731
    jitter = run(zs.SeriesJitter(names, std=0.1))
    assert ((jitter - before) / spread[:, None]).std() == pytest.approx(0.1, rel=0.05)
    factor = run(zs.SeriesScale(names, factor=(0.5, 2.0))) / before
    assert np.allclose(factor, factor[:, :1])
    assert 0.5 <= factor.min() < 0.6 < 1.9 < factor.max() < 2.0
    drift = run(zs.SeriesDrift(names, most=0.5, points=3)) - before
    assert np.allclose(drift[:, 0], 0)
    assert np.abs(drift).max(axis=1) == pytest.approx(0.5 * spread, rel=0.4)
    warp = run(zs.SeriesWarp(names, ratio=3.0))
    assert np.allclose(warp[:, [0, -1]], before[:, [0, -1]])
    assert (warp.max(axis=1) <= before.max(axis=1) + 1e-12).all()
    ramp = pd.DataFrame(np.tile(np.arange(24.0), (50, 1)), columns=names)
    assert (np.diff(training(zs.SeriesWarp(names, ratio=3.0), ramp).to_numpy(), axis=1) > 0).all()
    crop = training(zs.SeriesCrop(names, share=0.5), ramp).to_numpy()
    assert np.allclose(np.diff(crop, axis=1), 0.5)
    lost = training(zs.SeriesDropout(names, share=0.2), data).to_arrow()
    assert sum(lost[name].null_count for name in names) / before.size == pytest.approx(
        0.2, abs=0.02
    )
    held = run(zs.SeriesDropout(names, share=0.2, fill="previous"))
    assert ((held == before) | (held == np.roll(held, 1, axis=1))).all()


def test_histories() -> None:
    items = [" ".join(str(i) for i in RNG.integers(0, 30, RNG.integers(1, 12))) for _ in range(400)]
    data = {"h": items}
    before = [text.split() for text in items]
    run = lambda step: [text.split() for text in training(step, data).to_arrow()["h"].to_pylist()]  # noqa: E731

    def inside(part: list[str], whole: list[str]) -> bool:
        rest = iter(whole)
        return all(item in rest for item in part)

    dropped = run(zs.HistoryDrop("h", share=0.3))
    assert all(inside(part, whole) and part for part, whole in zip(dropped, before, strict=True))
    assert sum(map(len, dropped)) / sum(map(len, before)) == pytest.approx(0.7, abs=0.05)
    inserted = run(zs.HistoryInsert("h", most=3))
    known = {item for history in before for item in history}
    for after, whole in zip(inserted, before, strict=True):
        assert inside(whole, after)
        assert 1 <= len(after) - len(whole) <= 3
        assert set(after) <= known
    reordered = run(zs.HistoryReorder("h", share=(0.3, 1.0)))
    assert all(
        sorted(after) == sorted(whole) for after, whole in zip(reordered, before, strict=True)
    )
    assert reordered != before
    kept = run(zs.HistoryTruncate("h", keep=0.5))
    assert all(
        after == whole[len(whole) - -(-len(whole) // 2) :]
        for after, whole in zip(kept, before, strict=True)
    )


def test_texts() -> None:
    data = {
        "t": ["The quick, brown fox", "big (BIG) dogs run", "one", "", None, "näher über größer"]
        * 60
    }
    before = data["t"]
    run = lambda step: training(step, data).to_arrow()["t"].to_pylist()  # noqa: E731
    changed = run(zs.Synonyms("t", thesaurus=["big: large, huge", "quick: fast"], share=1.0))
    assert changed[0] == "The fast, brown fox"
    assert set(changed[1::6]) <= {
        f"{a} ({b}) dogs run" for a in ("large", "huge") for b in ("large", "huge")
    }
    assert len(set(changed[1::6])) == 4
    for after, text in zip(run(zs.WordDrop("t", share=0.5)), before, strict=True):
        assert (after is None) == (text is None)
        if text:
            assert after
            assert set(after.split()) <= set(text.split())
    said = run(zs.Paraphrase("t", paraphrases=["one => un | eins", "two => deux"]))
    assert set(said[2::6]) == {"un", "eins"}
    assert said[0] == before[0]
    swapped = run(zs.WordSwap("t"))
    assert all(
        sorted(a.split()) == sorted(b.split()) for a, b in zip(swapped, before, strict=True) if b
    )
    wrong = run(zs.Typos("t", share=0.3))
    assert wrong != before
    for text in wrong:
        if text is not None:
            text.encode()  # characters stay whole
    cases = set(run(zs.RandomCase("t"))[0::6])
    assert cases == {"the quick, brown fox", "THE QUICK, BROWN FOX", "The Quick, Brown Fox"}
    with pytest.raises(zs.Error, match=r"transform\.bad_parameter"):
        zs.Pipeline([zs.Synonyms("t", thesaurus=["nothing"])]).fit(data)
