"""Profiles as statistics messages, and statistics messages as read-only profiles."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from zeroskew import _core
from zeroskew._checked import checked_schema
from zeroskew._column_profile import ColumnProfile
from zeroskew._imported import STATE, WHOLE, ImportedProfile, imported
from zeroskew._pair import Pair
from zeroskew._profile import Profile
from zeroskew._schema import Schema
from zeroskew.errors import DataKeyError, DataTypeError
from zeroskew.tfx import _features
from zeroskew.tfx._protos import checked, messages


def profile_to_proto(
    profile: Profile | ImportedProfile,
    *,
    schema: Schema | None = None,
    name: str | None = None,
    state: bool = False,
) -> Any:
    """A tensorflow.metadata.v0.DatasetFeatureStatisticsList: the whole data, then its slices.

    Histograms have ten buckets, of equal width and of equal mass; the 20 most frequent values and
    the ranks of the first 1,000 have exact counts up to 65,536 different values. With a `schema`,
    whole numbers that it calls categorical are counted by name, as the TensorFlow tools do. An
    imported profile gives back the message it came from.

    `state`: the profile itself goes along, in a custom statistic of the first feature that other
    tools ignore; `profile_from_proto(proto).original` is it, with the same digest.

    Raises: Error python.package_missing without tensorflow-metadata.
    """
    if isinstance(profile, ImportedProfile):
        return profile.to_proto()
    if not isinstance(profile, Profile):
        raise DataTypeError(
            f"a profile is wanted, not a {type(profile).__name__!r}", "schema.not_a_profile"
        )
    result = messages().DatasetFeatureStatisticsList()
    categorical = _Categorical(schema)
    slices = profile.slices
    whole = result.datasets.add()
    _write_dataset(whole, profile, name or (WHOLE if slices else ""), categorical)
    for slice_name, part in slices.items():
        _write_dataset(result.datasets.add(), part, _features.label(slice_name), categorical)
    if state and whole.features:
        text = base64.b64encode(profile.to_bytes()).decode("ascii")
        whole.features[0].custom_stats.add(name=STATE, str=text)
    return result


def profile_from_proto(proto: Any) -> ImportedProfile:
    """A read-only profile of statistics that another tool wrote: a DatasetFeatureStatisticsList, or
    one DatasetFeatureStatistics of it.

    Of several datasets the one called "All Examples" is the whole; the others are its `slices`.

    Raises: Error tfx.wrong_message; statistics.* where the message says impossible things.
    """
    full = getattr(getattr(proto, "DESCRIPTOR", None), "full_name", "")
    if full == messages().DatasetFeatureStatistics.DESCRIPTOR.full_name:
        whole = messages().DatasetFeatureStatisticsList()
        whole.datasets.add().MergeFromString(proto.SerializeToString())
        proto = whole
    message = checked(proto, "DatasetFeatureStatisticsList")
    return imported(message.SerializeToString(deterministic=True))


class _Categorical:
    """Which whole numbers a schema calls categorical."""

    def __init__(self, schema: Schema | None) -> None:
        self._schema = schema
        if schema is not None:
            checked_schema(schema)

    def __contains__(self, steps: tuple[str, ...]) -> bool:
        if self._schema is None:
            return False
        try:
            feature = self._schema[_core.schema.path_text(list(steps))]
        except DataKeyError:
            return False
        return bool(feature.has("int_domain") and feature.int_domain.is_categorical)


def _write_dataset(dataset: Any, profile: Profile, name: str, categorical: _Categorical) -> None:
    dataset.name = name
    dataset.num_examples = profile.rows
    if profile.weighted_rows is not None:
        dataset.weighted_num_examples = profile.weighted_rows
    for column in profile.columns:
        _write_column(dataset, profile[column], (column,), categorical)
    for a, b in profile.pairs:
        _write_pair(dataset, a, b, profile.pair(a, b))


def _write_pair(dataset: Any, a: str, b: str, pair: Pair) -> None:
    if not pair.finite:
        return
    cross = dataset.cross_features.add(count=pair.finite)
    cross.path_x.step.append(a)
    cross.path_y.step.append(b)
    numbers = cross.num_cross_stats
    numbers.covariance = _features.single(pair.covariance)
    numbers.correlation = _features.single(pair.pearson)


def _write_column(
    dataset: Any, column: ColumnProfile, steps: tuple[str, ...], categorical: _Categorical
) -> None:
    _, cells = _features.innermost(column)
    feature = dataset.features.add(type=_features.TYPES[cells.type])
    feature.path.step.extend(steps)
    kind = cells.type
    if kind == "struct":
        _features.write_common(feature.struct_stats.common_stats, column)
    elif kind == "bytes":
        _features.write_common(feature.bytes_stats.common_stats, column)
        _features.write_bytes(feature.bytes_stats, cells)
    elif kind in ("string", "null"):
        _features.write_common(feature.string_stats.common_stats, column)
        if kind == "string":
            _features.write_strings(feature.string_stats, cells)
    elif feature.type == 0 and steps in categorical:
        _features.write_common(feature.string_stats.common_stats, column)
        _features.write_names(feature.string_stats, cells)
    else:
        _features.write_common(feature.num_stats.common_stats, column)
        if cells._numbers is not None:
            _features.write_numbers(feature.num_stats, cells, cells._numbers)
    weighted = column.weighted
    if weighted is not None and column.type not in ("list", "struct"):
        _features.write_weighted(feature, column, weighted)
    domain = _features.natural_domain(cells)
    if domain is not None:
        feature.custom_stats.add(name=_features.NATURAL_DOMAIN, str=domain)
    extremes = _features.exact_extremes(cells)
    if extremes is not None:
        feature.custom_stats.add(name=_features.EXTREMES, str=extremes)
    for name, child in (cells.fields or {}).items():
        _write_column(dataset, child, (*steps, name), categorical)


def merged(parts: Iterable[Any]) -> Any:
    """One list of the shards of a list: datasets of one name have different features of the same
    data.

    Raises: Error tfx.shards where shards are of different data.
    """
    from zeroskew.errors import DataValueError

    result = messages().DatasetFeatureStatisticsList()
    known: dict[str, Any] = {}
    for part in parts:
        for dataset in part.datasets:
            mine = known.get(dataset.name)
            if mine is None:
                mine = known[dataset.name] = result.datasets.add()
                mine.CopyFrom(dataset)
                continue
            if mine.num_examples != dataset.num_examples:
                raise DataValueError(
                    f"one shard has {mine.num_examples:,} examples, another"
                    f" {dataset.num_examples:,}: they are not of the same data",
                    "tfx.shards",
                    dataset.name or WHOLE,
                )
            mine.features.extend(dataset.features)
            mine.cross_features.extend(dataset.cross_features)
    return result
