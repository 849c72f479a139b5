"""Written by zeroskew._steps.stub() from the registry of steps."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from zeroskew._steps import Step as Step

__all__ = [
    "BagOfWords",
    "Bucketize",
    "Cast",
    "CategoryResample",
    "Clip",
    "CorrelatedNoise",
    "CountEncode",
    "Cross",
    "Cyclical",
    "DateParts",
    "Drop",
    "Expression",
    "Function",
    "GaussRank",
    "GaussianNoise",
    "HashBucket",
    "HistoryDrop",
    "HistoryInsert",
    "HistoryReorder",
    "HistoryTruncate",
    "Impute",
    "LaplaceNoise",
    "ListAggregate",
    "Log1p",
    "MaskToMissing",
    "MaxAbs",
    "MinMax",
    "MissingIndicator",
    "Mixup",
    "MultiplicativeNoise",
    "Ngrams",
    "OneHot",
    "OrderedJitter",
    "Ordinal",
    "Outliers",
    "Paraphrase",
    "Pca",
    "Power",
    "QuantileRank",
    "RandomCase",
    "RandomScale",
    "RandomShift",
    "RareLabel",
    "Rename",
    "Robust",
    "SaltNoise",
    "Select",
    "SelectFeatures",
    "SeriesCrop",
    "SeriesDrift",
    "SeriesDropout",
    "SeriesJitter",
    "SeriesScale",
    "SeriesWarp",
    "Standardize",
    "Step",
    "SwapColumns",
    "Synonyms",
    "TargetEncode",
    "TextNormalize",
    "Tfidf",
    "TimestampJitter",
    "TukeyGh",
    "Typos",
    "UniformNoise",
    "Vocabulary",
    "Winsorize",
    "WoeEncode",
    "WordDrop",
    "WordSwap",
]

class Impute(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        strategy: Literal["mean", "median", "mode", "constant", "random"] = ...,
        value: bool | int | float | str | None = ...,
        nan_is_missing: bool = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
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
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class MinMax(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        low: float = ...,
        high: float = ...,
        clip: bool = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
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
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class MaxAbs(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class Clip(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        lower: float | None = ...,
        upper: float | None = ...,
        output: str | None = ...,
        when: str | None = ...,
    ) -> None: ...

class Winsorize(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        lower: float = ...,
        upper: float = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class Log1p(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        output: str | None = ...,
        when: str | None = ...,
    ) -> None: ...

class Power(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        lambda_: float | None = ...,
        method: Literal["yeo_johnson", "box_cox"] = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class QuantileRank(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        quantiles: int = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class GaussRank(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        quantiles: int = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class TukeyGh(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        g: float | None = ...,
        h: float | None = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class Outliers(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        method: Literal["iqr", "zscore", "mad"] = ...,
        factor: float | None = ...,
        action: Literal["clip", "missing", "flag"] = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class Bucketize(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        kind: Literal["quantile", "width", "edges"] = ...,
        bins: int = ...,
        edges: Sequence[float] | None = ...,
        interpolate: bool = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
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
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class Vocabulary(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        top_k: int | None = ...,
        frequency_threshold: int = ...,
        num_oov_buckets: int = ...,
        default_value: int = ...,
        labels: str | None = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class HashBucket(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        buckets: int,
        salt: int = ...,
        output: str | None = ...,
        when: str | None = ...,
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
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class RareLabel(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        min_share: float = ...,
        max_categories: int | None = ...,
        label: str = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
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
        when: str | None = ...,
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
        when: str | None = ...,
    ) -> None: ...

class GaussianNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        std: float | tuple[float, float],
        relative: bool = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class LaplaceNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        scale: float | tuple[float, float],
        relative: bool = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class UniformNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        width: float | tuple[float, float],
        relative: bool = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class MultiplicativeNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        std: float | tuple[float, float],
        output: str | None = ...,
        when: str | None = ...,
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
        when: str | None = ...,
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
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class MaskToMissing(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        p: float = ...,
        output: str | None = ...,
        when: str | None = ...,
        always: bool = ...,
    ) -> None: ...

class SwapColumns(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        p: float = ...,
        when: str | None = ...,
        always: bool = ...,
    ) -> None: ...

class CategoryResample(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        p: float = ...,
        output: str | None = ...,
        when: str | None = ...,
        always: bool = ...,
    ) -> None: ...

class TimestampJitter(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        seconds: float,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class OrderedJitter(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        seconds: float,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class SaltNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        p: float = ...,
        output: str | None = ...,
        when: str | None = ...,
        always: bool = ...,
    ) -> None: ...

class CorrelatedNoise(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        scale: float | tuple[float, float] = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class Mixup(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        share: float | tuple[float, float] = ...,
        bank: int = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class TargetEncode(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        target: str,
        smoothing: float | None = ...,
        folds: int = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class WoeEncode(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        target: str,
        regularization: float = ...,
        folds: int = ...,
        output: str | None = ...,
        when: str | None = ...,
        by: str | None = ...,
    ) -> None: ...

class BagOfWords(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        max_features: int = ...,
        binary: bool = ...,
        ngram_low: int = ...,
        ngram_high: int = ...,
        analyzer: Literal["word", "char"] = ...,
        lowercase: bool = ...,
        min_length: int = ...,
        min_documents: int = ...,
        keep: bool = ...,
    ) -> None: ...

class Tfidf(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        max_features: int = ...,
        norm: Literal["l2", "l1", "none"] = ...,
        ngram_low: int = ...,
        ngram_high: int = ...,
        analyzer: Literal["word", "char"] = ...,
        lowercase: bool = ...,
        min_length: int = ...,
        min_documents: int = ...,
        keep: bool = ...,
        sublinear: bool = ...,
    ) -> None: ...

class Ngrams(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        ngram_low: int = ...,
        ngram_high: int = ...,
        analyzer: Literal["word", "char"] = ...,
        lowercase: bool = ...,
        min_length: int = ...,
        joint: str = ...,
        separator: str = ...,
        output: str | None = ...,
        when: str | None = ...,
    ) -> None: ...

class ListAggregate(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        statistic: Literal["count", "sum", "mean", "min", "max", "first", "last"] = ...,
        output: str | None = ...,
        when: str | None = ...,
    ) -> None: ...

class Pca(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        components: int | None = ...,
        whiten: bool = ...,
        name: str = ...,
    ) -> None: ...

class SelectFeatures(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        method: Literal["variance", "correlation", "psi"] = ...,
        threshold: float | None = ...,
        reference: str | None = ...,
    ) -> None: ...

class Expression(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        formula: str,
        name: str,
    ) -> None: ...

class SeriesJitter(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        std: float | tuple[float, float] = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class SeriesScale(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        factor: float | tuple[float, float] = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class SeriesDrift(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        most: float | tuple[float, float] = ...,
        points: int = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class SeriesWarp(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        ratio: float | tuple[float, float] = ...,
        points: int = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class SeriesCrop(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        share: float | tuple[float, float] = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class SeriesDropout(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        share: float | tuple[float, float] = ...,
        fill: Literal["missing", "previous"] = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class HistoryDrop(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        share: float | tuple[float, float] = ...,
        separator: str = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class HistoryInsert(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        most: int = ...,
        top_k: int = ...,
        separator: str = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class HistoryReorder(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        share: float | tuple[float, float] = ...,
        separator: str = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class HistoryTruncate(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        keep: float | tuple[float, float] = ...,
        side: Literal["oldest", "newest"] = ...,
        separator: str = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class Synonyms(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        thesaurus: Sequence[str],
        share: float | tuple[float, float] = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class Paraphrase(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        paraphrases: Sequence[str],
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class WordDrop(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        share: float | tuple[float, float] = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class WordSwap(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        times: int = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class Typos(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        share: float | tuple[float, float] = ...,
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class RandomCase(Step):
    def __init__(
        self,
        columns: str | Sequence[str],
        output: str | None = ...,
        when: str | None = ...,
        p: float = ...,
        always: bool = ...,
    ) -> None: ...

class Function(Step):
    def __init__(
        self,
        columns: str | list[str],
        function: Callable[[Any], Any],
        returns: str = ...,
        output: str | None = ...,
        when: str | None = ...,
    ) -> None: ...
