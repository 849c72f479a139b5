"""Why something moved: the mix of slices, the inputs or what follows from them, values out of
bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from zeroskew import _core
from zeroskew._distributions import numbers
from zeroskew._profile import Profile, profile
from zeroskew.drift._result import Result, result_of
from zeroskew.errors import DataKeyError


class SliceShift(NamedTuple):
    """What a slice did to the change of the mean: by its share (`mix`) and by its values
    (`within`)."""

    name: str
    reference_share: float
    current_share: float
    mix: float
    within: float


@dataclass(frozen=True)
class MixShift:
    """The change of a mean, `current_mean` less `reference_mean`, is `mix` + `within`.

    `shares` tests whether the slices' shares moved; `slices` has the largest contributions first.
    """

    reference_mean: float
    current_mean: float
    mix: float
    within: float
    shares: Result
    slices: list[SliceShift]
    reason: str


def _means(data: Any, column: str, by: str) -> dict[str, tuple[float, float]]:
    whole = data if isinstance(data, Profile) else profile(data, slices=by, columns=[column, by])
    found = {}
    for name, one in whole.slices.items():
        if name.startswith(f"{by}_") and column in one:
            cells = one[column]
            present = cells.count - cells.missing - (cells.nan or 0)
            found[name.removeprefix(f"{by}_")] = (
                float(present),
                cells.mean if cells.mean is not None else 0.0,
            )
    if not found and whole.rows:
        raise DataKeyError(
            f"the profile has no slices by this column; profile with slices={by!r}",
            "drift.slices",
            by,
        )
    return found


def mix_shift(
    reference: Any, current: Any, column: str, by: str, *, alpha: float = 0.05
) -> MixShift:
    """Why the mean of `column` moved: other slices by the column `by`, or the same slices with
    other values.

    Data, or profiles with slices by that column. The decomposition is the symmetric one (Kitagawa
    1955); a slice that one side lacks counts as mix.

    Raises: Error drift.slices, and what reading data raises.
    """
    before, after = _means(reference, column, by), _means(current, column, by)
    nothing = (0.0, 0.0)
    slices = [
        (name, *before.get(name, nothing), *after.get(name, nothing))
        for name in sorted({**before, **after})
    ]
    core = _core.drift.mix_shift(slices, alpha)
    return MixShift(
        core.reference_mean,
        core.current_mean,
        core.mix,
        core.within,
        result_of(core.shares),
        [SliceShift(*one) for one in core.slices],
        core.reason,
    )


class ConceptShift(NamedTuple):
    """`covariate`: did the predictions move. `concept`: did the labels move among rows of like
    predictions."""

    covariate: Result
    concept: Result


def concept_shift(
    reference_predictions: Any,
    reference_labels: Any,
    current_predictions: Any,
    current_labels: Any,
    *,
    bins: int = 10,
    alpha: float = 0.05,
) -> ConceptShift:
    """Have the inputs moved, or what follows from them? Predictions are numbers, labels anything
    with a name.

    Chi-square of the predictions over `bins` cut at the pooled quantiles, and the sum of the
    chi-squares of labels within these bins, which holds its level however the predictions moved. A
    NaN prediction is left out.

    Raises: Error drift.not_numbers, drift.counts_length, drift.alpha, drift.bins.
    """
    covariate, concept = _core.drift.concept_shift(
        numbers(reference_predictions, "reference_predictions"),
        [str(label) for label in reference_labels],
        numbers(current_predictions, "current_predictions"),
        [str(label) for label in current_labels],
        bins,
        alpha,
    )
    return ConceptShift(result_of(covariate), result_of(concept))


@dataclass(frozen=True)
class OutOfBounds:
    """How many values lie outside bounds, and their share with its interval [`lo`, `hi`]."""

    below: int
    above: int
    nan: int
    count: int
    share: float
    lo: float
    hi: float


def out_of_bounds(values: Any, lo: float, hi: float, *, alpha: float = 0.05) -> OutOfBounds:
    """Values (predictions, say) outside [`lo`, `hi`], NaN being outside, with Clopper and
    Pearson's interval of level 1 - `alpha` for the share.

    Raises: Error drift.not_numbers, drift.bounds, drift.alpha.
    """
    return OutOfBounds(*_core.drift.out_of_bounds(numbers(values, "values"), lo, hi, alpha))
