"""A scikit-learn transformer over a pipeline: `Transformer(zs.Pipeline([...]))`."""

from __future__ import annotations

from inspect import signature
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zeroskew._pipeline import Pipeline
from zeroskew._table import Table
from zeroskew.errors import DataTypeError, EngineError

try:
    from sklearn.base import BaseEstimator, TransformerMixin
    from sklearn.utils.validation import check_array, check_is_fitted
except ImportError as failure:
    raise EngineError(
        "zeroskew.sklearn needs scikit-learn: pip install zeroskew[sklearn]", "sklearn.missing"
    ) from failure

__all__ = ["Transformer"]


class Transformer(TransformerMixin, BaseEstimator):  # type: ignore[misc,unused-ignore]
    """Fits and applies a pipeline. Frames keep their columns' names; columns of arrays are x0, x1,
    ...

    In an array NaN (and None) is missing, as scikit-learn means it. Augmenting steps act only if
    they say always=True. A target that steps learn from (TargetEncode, WoeEncode) and that X does
    not hold is `y`.
    """

    def __init__(self, pipeline: Pipeline | None = None) -> None:
        self.pipeline = pipeline

    def fit(self, X: Any, y: Any = None) -> Transformer:  # noqa: N803
        pipeline = Pipeline() if self.pipeline is None else self.pipeline
        if not isinstance(pipeline, Pipeline):
            raise DataTypeError(
                "pipeline is a zeroskew.Pipeline", "sklearn.pipeline", type(pipeline).__name__
            )
        data = self._data(X, reset=True)
        self.fitted_ = pipeline.fit(_with_target(data, y, pipeline))
        self._names_out = self.fitted_.transform(_no_rows(data)).columns
        return self

    def transform(self, X: Any) -> Any:  # noqa: N803
        check_is_fitted(self, "fitted_")
        table = self.fitted_.transform(self._data(X, reset=False))
        return _contained(self, table, X)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[Any]:
        check_is_fitted(self, "fitted_")
        if input_features is not None:
            expected = list(
                getattr(self, "feature_names_in_", [f"x{i}" for i in range(self.n_features_in_)])
            )
            if list(input_features) != expected:
                raise ValueError("input_features is not equal to feature_names_in_")
        return np.array(self._names_out, dtype=object)

    def _data(self, X: Any, reset: bool) -> Any:  # noqa: N803
        if _has_names(X):
            _remember(self, X, reset)
            return X
        array = check_array(X, dtype=None, **_finite, estimator=self)
        _remember(self, X if hasattr(X, "shape") else array, reset)
        return pa.table({f"x{i}": _column(array[:, i]) for i in range(array.shape[1])})

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "fitted_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        return tags


def _has_names(X: Any) -> bool:  # noqa: N803
    names = getattr(X, "columns", None)
    return (
        names is not None and hasattr(X, "shape") and all(isinstance(name, str) for name in names)
    )


def _column(values: NDArray[Any]) -> Any:
    return pa.array(
        np.ascontiguousarray(values) if values.dtype != object else values.tolist(),
        from_pandas=True,
    )


def _with_target(data: Any, y: Any, pipeline: Pipeline) -> Any:
    """The data with y as the one column that steps learn from and the data do not have."""
    names = list(data.column_names if isinstance(data, pa.Table) else data.columns)
    wanted = {step.settings.get(role) for step in pipeline.steps for role in ("target", "labels")}
    wanted -= {None, *names}
    if y is None or len(wanted) != 1:
        return data
    name = str(wanted.pop())
    column = np.asarray(y)
    if isinstance(data, pa.Table):
        return data.append_column(name, _column(column))
    return (
        data.assign(**{name: column})
        if hasattr(data, "assign")
        else data.with_columns(type(data)({name: column})[name])
    )


def _no_rows(data: Any) -> Any:
    return data.slice(0, 0) if isinstance(data, pa.Table) else data[:0]


def _contained(estimator: Any, table: Table, X: Any) -> Any:  # noqa: N803
    """What `set_output` asks for, with every column's own type; a matrix unless it asks."""
    try:
        from sklearn.utils._set_output import _get_output_config

        wanted = _get_output_config("transform", estimator)["dense"]
    except ImportError:
        wanted = "default"
    if wanted == "pandas":
        frame = table.to_pandas()
        if hasattr(X, "index") and hasattr(X, "iloc"):
            frame.index = X.index
        return frame
    return table.to_polars() if wanted == "polars" else table.to_numpy()


def _remember(estimator: Any, X: Any, reset: bool) -> None:  # noqa: N803
    """Keeps, or compares, the names and the number of the features, as each version of scikit-learn
    does it.
    """
    try:
        from sklearn.utils.validation import validate_data
    except ImportError:  # before 1.6
        estimator._check_feature_names(X, reset=reset)
        estimator._check_n_features(X, reset=reset)
    else:
        validate_data(estimator, X, reset=reset, skip_check_array=True)


# The option's name before and since 1.6.
_OPTION = (
    "ensure_all_finite"
    if "ensure_all_finite" in signature(check_array).parameters
    else "force_all_finite"
)
_finite = {_OPTION: "allow-nan"}
