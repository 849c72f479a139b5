"""The statistics messages of one column."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from zeroskew._column_profile import ColumnProfile
from zeroskew._numbers import Numbers
from zeroskew._values import Bin
from zeroskew._weighted import Weighted

#: As the TensorFlow tools have them by default.
BUCKETS, TOP_VALUES, RANKS = 10, 20, 1000

STANDARD, QUANTILES = 0, 1

#: The types of FeatureNameStatistics. A column of nothing but nulls is taken for strings.
TYPES = {
    "bool": 0,
    "int": 0,
    "date": 0,
    "time": 0,
    "timestamp": 0,
    "duration": 0,
    "float": 1,
    "decimal": 1,
    "string": 2,
    "null": 2,
    "bytes": 3,
    "struct": 4,
}

#: Stands for every string that is not UTF-8, which no message can hold.
NOT_TEXT = "__BYTES_VALUE__"

#: A custom statistic for what a column's own type says: a bool, or a unit of time.
NATURAL_DOMAIN = "zeroskew_natural_domain"

#: A custom statistic for whole numbers that the message's doubles would round.
EXTREMES = "zeroskew_extremes"

_UNITS = {
    "day": "UNIX_DAYS",
    "s": "UNIX_SECONDS",
    "ms": "UNIX_MILLISECONDS",
    "us": "UNIX_MICROSECONDS",
    "ns": "UNIX_NANOSECONDS",
}


def innermost(column: ColumnProfile) -> tuple[list[ColumnProfile], ColumnProfile]:
    """The lists around the values, outermost first, and the values."""
    lists = []
    while column.type == "list":
        lists.append(column)
        column = column.children["item"]
    return lists, column


def natural_domain(column: ColumnProfile) -> str | None:
    if column.type == "bool":
        return "bool_domain { }"
    if column.type in ("date", "timestamp") and column.unit:
        return f"time_domain {{ integer_format: {_UNITS[column.unit]} }}"
    return None


def exact_extremes(cells: ColumnProfile) -> str | None:
    """Both extremes, where a double cannot hold one of them."""
    extremes = (cells.min, cells.max)
    if cells.type == "bool" or not all(isinstance(one, int) for one in extremes):
        return None
    rounded = any(one is not None and int(float(one)) != one for one in extremes)
    return f"{extremes[0]} {extremes[1]}" if rounded else None


def write_common(common: Any, column: ColumnProfile) -> None:
    """Presence and the numbers of values of a column, at every level of lists."""
    lists, cells = innermost(column)
    counted: list[ColumnProfile] = lists or [column]
    common.num_non_missing = column.count
    common.num_missing = column.missing
    common.tot_num_values = cells.count
    if column.count:
        common.avg_num_values = cells.count / column.count
        common.min_num_values, common.max_num_values = _numbers_of_values(counted[0])
        write_lengths(common.num_values_histogram, counted[0])
    if len(counted) < 2:
        return
    for level in counted:
        valency = common.presence_and_valency_stats.add()
        valency.num_non_missing, valency.num_missing = level.count, level.missing
        if level.count:
            valency.min_num_values, valency.max_num_values = _numbers_of_values(level)
            valency.tot_num_values = level.children["item"].count


def _numbers_of_values(level: ColumnProfile) -> tuple[int, int]:
    if level.type != "list" or level.length is None:
        return 1, 1
    return int(level.length.min), int(level.length.max)


def write_lengths(chart: Any, level: ColumnProfile) -> None:
    """The numbers of values a row, as a histogram between quantiles."""
    chart.type = QUANTILES
    if level.type == "list" and level.length is not None:
        write_buckets(chart, level.length.histogram(BUCKETS, "quantile"))
        return
    for _ in range(BUCKETS):
        chart.buckets.add(low_value=1.0, high_value=1.0, sample_count=level.count / BUCKETS)


def write_buckets(chart: Any, bins: Sequence[Bin]) -> None:
    for one in bins:
        if one.count > 0 and math.isfinite(one.low) and math.isfinite(one.high):
            chart.buckets.add(low_value=one.low, high_value=one.high, sample_count=one.count)


def write_numbers(stats: Any, column: ColumnProfile, numbers: Numbers) -> None:
    """Moments, extremes and both histograms of the values of a column."""
    nan = numbers.nan
    if numbers.count > nan:
        stats.mean, stats.std_dev = numbers.mean, numbers.std
        stats.min, stats.max, stats.median = float(numbers.min), float(numbers.max), numbers.median
        stats.num_zeros = numbers.zeros
    for kind, type_ in (("equal_width", STANDARD), ("quantile", QUANTILES)):
        chart = stats.histograms.add(type=type_, num_nan=nan)
        bins = numbers.histogram(BUCKETS, kind)  # type: ignore[arg-type]
        below, above = numbers._core.negative_infinities, numbers._core.positive_infinities
        if below:
            chart.buckets.add(low_value=-math.inf, high_value=-math.inf, sample_count=below)
        write_buckets(chart, bins)
        if above:
            chart.buckets.add(low_value=math.inf, high_value=math.inf, sample_count=above)


def write_names(stats: Any, column: ColumnProfile) -> None:
    """Different values, the most frequent ones, and their ranks, of strings or of codes."""
    distinct = column.distinct
    stats.unique = int(distinct) if distinct is not None else 0
    named: dict[str, float] = {}
    for value, count in column.top(RANKS):
        named[label(value)] = named.get(label(value), 0.0) + count
    _write_ranks(stats, named)


def _write_ranks(stats: Any, named: dict[str, float]) -> None:
    # The most frequent first, the larger name first among equals.
    ranked = sorted(named.items(), key=lambda one: (one[1], one[0].encode()), reverse=True)
    for name, count in ranked[:TOP_VALUES]:
        stats.top_values.add(value=name, frequency=count)
    for rank, (name, count) in enumerate(ranked):
        stats.rank_histogram.buckets.add(
            low_rank=rank, high_rank=rank, label=name, sample_count=count
        )


def label(value: object) -> str:
    """A value as a label: whole numbers by their digits, what is not UTF-8 by a placeholder."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    text = str(value)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return NOT_TEXT
    return text


def write_strings(stats: Any, column: ColumnProfile) -> None:
    write_names(stats, column)
    stats.invalid_utf8_count = column.invalid_utf8 or 0
    if column.length is not None and column.length.count:
        stats.avg_length = column.length.mean


def write_bytes(stats: Any, column: ColumnProfile) -> None:
    distinct = column.distinct
    stats.unique = int(distinct) if distinct is not None else 0
    if column.length is not None and column.length.count:
        stats.avg_num_bytes = column.length.mean
        stats.min_num_bytes, stats.max_num_bytes = column.length.min, column.length.max
        stats.max_num_bytes_int = int(column.length.max)


def write_weighted(feature: Any, column: ColumnProfile, weighted: Weighted) -> None:
    """The same by weight, of a column whose cells are single values."""
    kind = feature.WhichOneof("stats")
    stats = getattr(feature, kind)
    common = stats.common_stats.weighted_common_stats
    common.num_non_missing, common.num_missing = weighted.count, weighted.missing
    common.avg_num_values = 1.0 if weighted.count else 0.0
    common.tot_num_values = weighted.count
    if kind == "num_stats" and weighted.mean is not None and not math.isnan(weighted.mean):
        numbers = stats.weighted_numeric_stats
        numbers.mean, numbers.std_dev, numbers.median = weighted.mean, weighted.std, weighted.median
        _write_weighted_histograms(numbers, weighted, stats.min, stats.max)
    elif kind == "string_stats" and column.type != "null":
        names = stats.weighted_string_stats
        ranked: dict[str, float] = {}
        for value, weight in weighted.top(RANKS):
            ranked[label(value)] = ranked.get(label(value), 0.0) + weight
        _write_ranks(names, ranked)


def _write_weighted_histograms(numbers: Any, weighted: Weighted, low: float, high: float) -> None:
    # As many shares of the weight stand for all of it, the value in the middle of each for the
    # share.
    shares = 1000
    mass = weighted.count - weighted._core.nan
    if not (math.isfinite(low) and math.isfinite(high) and mass > 0):
        return
    values = [weighted._core.quantile((i + 0.5) / shares) for i in range(shares)]
    edges = np.linspace(low, high, BUCKETS + 1) if low < high else np.array([low, high])
    counts, _ = np.histogram(values, edges) if low < high else (np.array([shares]), edges)
    chart = numbers.histograms.add(type=STANDARD)
    for i, count in enumerate(counts.tolist()):
        chart.buckets.add(
            low_value=edges[i], high_value=edges[i + 1], sample_count=mass * count / shares
        )
    chart = numbers.histograms.add(type=QUANTILES)
    bounds = [weighted._core.quantile(i / BUCKETS) for i in range(BUCKETS + 1)]
    for below, above in pairwise(bounds):
        chart.buckets.add(low_value=below, high_value=above, sample_count=mass / BUCKETS)


def single(number: float) -> float:
    """The nearest number of single precision, infinite where there is none."""
    with np.errstate(over="ignore"):
        return float(np.float32(number))
