"""Writes golden/transform/sklearn.json: what scikit-learn makes of columns (run by hand)."""

import json
from pathlib import Path

import numpy as np
import sklearn
from scipy import stats
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)

rng = np.random.default_rng(5)
fit = np.round(rng.gamma(2.0, 10.0, 257), 3) - 5.0
fit[::17] = 4.0
new = np.concatenate([fit[:40], rng.normal(10, 30, 60), [-0.5, 0.0, 1e-9, 150.0, -40.0]])
words = [f"w{i}" for i in rng.integers(0, 7, 120)]
later = ["w3", "w0", "nowhere", "w6"]

cases = []


def numbers(step, settings, transformer, data=None):
    train = (fit if data is None else data).reshape(-1, 1)
    made = transformer.fit(train).transform(new.reshape(-1, 1))
    cases.append(
        {
            "step": step,
            "settings": settings,
            "fit": train.ravel().tolist(),
            "out": made.ravel().tolist(),
        }
    )


numbers("standardize", {}, StandardScaler())
numbers("standardize", {"with_mean": False}, StandardScaler(with_mean=False))
numbers("standardize", {}, StandardScaler(), np.full(9, 2.5))
numbers("min_max", {}, MinMaxScaler())
numbers("min_max", {"low": -2.0, "high": 3.0, "clip": True}, MinMaxScaler((-2.0, 3.0), clip=True))
numbers("robust", {}, RobustScaler())
numbers(
    "robust",
    {"low": 0.1, "high": 0.9, "with_center": False},
    RobustScaler(quantile_range=(10, 90), with_centering=False),
)
numbers("max_abs", {}, MaxAbsScaler())
numbers("quantile_rank", {"quantiles": 1000}, QuantileTransformer(n_quantiles=257))
numbers("quantile_rank", {"quantiles": 20}, QuantileTransformer(n_quantiles=20))
numbers(
    "gauss_rank",
    {"quantiles": 50},
    QuantileTransformer(n_quantiles=50, output_distribution="normal"),
)
numbers(
    "bucketize",
    {"bins": 7},
    KBinsDiscretizer(
        7, encode="ordinal", strategy="quantile", subsample=None, quantile_method="linear"
    ),
)
numbers(
    "bucketize",
    {"bins": 7, "kind": "width"},
    KBinsDiscretizer(7, encode="ordinal", strategy="uniform", subsample=None),
)

for lam in (-1.3, 0.0, 0.7, 2.0):
    made = stats.yeojohnson(new, lam)
    cases.append(
        {"step": "power", "settings": {"lambda": lam}, "fit": fit.tolist(), "out": made.tolist()}
    )
for values, strategy in ((fit, "mean"), (fit, "median"), (np.round(fit / 7), "most_frequent")):
    holes = new.copy()
    holes[::3] = np.nan
    made = (
        SimpleImputer(strategy=strategy).fit(values.reshape(-1, 1)).transform(holes.reshape(-1, 1))
    )
    cases.append(
        {
            "step": "impute",
            "settings": {"strategy": "mode" if strategy == "most_frequent" else strategy},
            "fit": values.tolist(),
            "holes": 3,
            "out": made.ravel().tolist(),
        }
    )

column = np.array(words).reshape(-1, 1)
hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(column)
order = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(column)
texts = {
    "fit": words,
    "in": later,
    "names": [str(n) for n in hot.get_feature_names_out(["c"])],
    "one_hot": hot.transform(np.array(later).reshape(-1, 1)).tolist(),
    "ordinal": order.transform(np.array(later).reshape(-1, 1)).ravel().tolist(),
}
out = {"sklearn": sklearn.__version__, "in": new.tolist(), "cases": cases, "texts": texts}
path = Path(__file__).parent.parent / "golden" / "transform" / "sklearn.json"
path.write_text(json.dumps(out, separators=(",", ":")) + "\n", encoding="utf-8")
