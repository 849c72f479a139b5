"""Written by zeroskew._steps.stub() from the registry of steps."""

from collections.abc import Sequence
from typing import Literal

from zeroskew._steps import Step as Step

__all__ = [
    "Bucketize",
    "Cast",
    "CategoryResample",
    "Clip",
    "CountEncode",
    "Cross",
    "Cyclical",
    "DateParts",
    "Drop",
    "GaussRank",
    "GaussianNoise",
    "HashBucket",
    "Impute",
    "LaplaceNoise",
    "Log1p",
    "MaskToMissing",
    "MaxAbs",
    "MinMax",
    "MissingIndicator",
    "MultiplicativeNoise",
    "OneHot",
    "Ordinal",
    "Power",
    "QuantileRank",
    "RandomScale",
    "RandomShift",
    "RareLabel",
    "Rename",
    "Robust",
    "Select",
    "Standardize",
    "Step",
    "SwapColumns",
    "TextNormalize",
    "TimestampJitter",
    "UniformNoise",
    "Vocabulary",
    "Winsorize",
]

class Impute(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        strategy: Literal["mean", "median", "mode", "constant"] = ...,
        value: bool | int | float | str | None = ...,
        nan_is_missing: bool = ...,
        output: str | None = ...,
    ) -> None: ...

class MissingIndicator(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        nan_is_missing: bool = ...,
    ) -> None: ...

class Standardize(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        with_mean: bool = ...,
        with_std: bool = ...,
        output: str | None = ...,
    ) -> None: ...

class MinMax(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        low: float = ...,
        high: float = ...,
        clip: bool = ...,
        output: str | None = ...,
    ) -> None: ...

class Robust(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        low: float = ...,
        high: float = ...,
        with_center: bool = ...,
        with_scale: bool = ...,
        output: str | None = ...,
    ) -> None: ...

class MaxAbs(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        output: str | None = ...,
    ) -> None: ...

class Clip(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        lower: float | None = ...,
        upper: float | None = ...,
        output: str | None = ...,
    ) -> None: ...

class Winsorize(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        lower: float = ...,
        upper: float = ...,
        output: str | None = ...,
    ) -> None: ...

class Log1p(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        output: str | None = ...,
    ) -> None: ...

class Power(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        lambda_: float,
        method: Literal["yeo_johnson", "box_cox"] = ...,
        output: str | None = ...,
    ) -> None: ...

class QuantileRank(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        quantiles: int = ...,
        output: str | None = ...,
    ) -> None: ...

class GaussRank(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        quantiles: int = ...,
        output: str | None = ...,
    ) -> None: ...

class Bucketize(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        kind: Literal["quantile", "width", "edges"] = ...,
        bins: int = ...,
        edges: Sequence[float] | None = ...,
        output: str | None = ...,
    ) -> None: ...

class OneHot(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        unknown: Literal["ignore", "other", "error"] = ...,
        missing: Literal["zeros", "column"] = ...,
        drop_first: bool = ...,
        max_categories: int = ...,
    ) -> None: ...

class Ordinal(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        unknown: Literal["value", "missing", "error"] = ...,
        unknown_value: int = ...,
        output: str | None = ...,
    ) -> None: ...

class Vocabulary(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        top_k: int | None = ...,
        frequency_threshold: int = ...,
        num_oov_buckets: int = ...,
        default_value: int = ...,
        output: str | None = ...,
    ) -> None: ...

class HashBucket(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        buckets: int,
        salt: int = ...,
        output: str | None = ...,
    ) -> None: ...

class Cross(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        buckets: int | None = ...,
        separator: str = ...,
        name: str | None = ...,
    ) -> None: ...

class CountEncode(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        normalize: bool = ...,
        output: str | None = ...,
    ) -> None: ...

class RareLabel(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        min_share: float = ...,
        max_categories: int | None = ...,
        label: str = ...,
        output: str | None = ...,
    ) -> None: ...

class DateParts(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        parts: Sequence[str] = ...,
        keep: bool = ...,
    ) -> None: ...

class Cyclical(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        period: float | None = ...,
        keep: bool = ...,
    ) -> None: ...

class TextNormalize(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        case: Literal["lower", "upper", "keep"] = ...,
        trim: bool = ...,
        collapse: bool = ...,
        empty_is_missing: bool = ...,
        output: str | None = ...,
    ) -> None: ...

class Drop(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
    ) -> None: ...

class Select(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
    ) -> None: ...

class Rename(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        to: Sequence[str],
    ) -> None: ...

class Cast(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        to: Literal["float", "int", "string"],
        output: str | None = ...,
    ) -> None: ...

class GaussianNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        std: float,
        relative: bool = ...,
        output: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class LaplaceNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        scale: float,
        relative: bool = ...,
        output: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class UniformNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        width: float,
        relative: bool = ...,
        output: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class MultiplicativeNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        std: float,
        output: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class RandomScale(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        low: float = ...,
        high: float = ...,
        output: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class RandomShift(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        low: float = ...,
        high: float = ...,
        output: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class MaskToMissing(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        p: float = ...,
        output: str | None = ...,
        always: bool = ...,
    ) -> None: ...

class SwapColumns(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class CategoryResample(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        p: float = ...,
        output: str | None = ...,
        always: bool = ...,
    ) -> None: ...

class TimestampJitter(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        seconds: float,
        output: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...
