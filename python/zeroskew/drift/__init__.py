"""Has the data moved, and do training and serving agree: tests, distances, points, and rows joined
by key.

A result says what was computed: `statistic` with its certified bounds `lo` and `hi`, `pvalue` for
tests,
`threshold` for distances (made for the two sizes at level `alpha`, unless one is given),
`drifted`, and
`definition` in words. What cannot be compared has a `reason` and is never a silent 0.
"""

from zeroskew.drift._counts import chi2_2samp, fisher_exact, g_2samp, proportions_z
from zeroskew.drift._distances import (
    energy,
    hellinger,
    js_distance,
    js_divergence,
    kl_divergence,
    linf,
    normalized_difference,
    psi,
    total_variation,
    wasserstein,
)
from zeroskew.drift._points import (
    MmdSketch,
    domain_classifier,
    mmd,
    pca_reconstruction,
    sliced_wasserstein,
)
from zeroskew.drift._result import Result, measure, measures
from zeroskew.drift._row_skew import FeatureSkew, RowSkew, SkewSample, row_skew
from zeroskew.drift._shift import (
    ConceptShift,
    MixShift,
    OutOfBounds,
    SliceShift,
    concept_shift,
    mix_shift,
    out_of_bounds,
)
from zeroskew.drift._tests import (
    anderson_2samp,
    cvm_2samp,
    epps_singleton,
    ks_2samp,
    kuiper,
    mann_whitney,
    welch_t,
)
from zeroskew.drift._thresholds import SlotThreshold, ThresholdProposal, propose_thresholds

__all__ = [
    "ConceptShift",
    "FeatureSkew",
    "MixShift",
    "MmdSketch",
    "OutOfBounds",
    "Result",
    "RowSkew",
    "SkewSample",
    "SliceShift",
    "SlotThreshold",
    "ThresholdProposal",
    "anderson_2samp",
    "chi2_2samp",
    "concept_shift",
    "cvm_2samp",
    "domain_classifier",
    "energy",
    "epps_singleton",
    "fisher_exact",
    "g_2samp",
    "hellinger",
    "js_distance",
    "js_divergence",
    "kl_divergence",
    "ks_2samp",
    "kuiper",
    "linf",
    "mann_whitney",
    "measure",
    "measures",
    "mix_shift",
    "mmd",
    "normalized_difference",
    "out_of_bounds",
    "pca_reconstruction",
    "proportions_z",
    "propose_thresholds",
    "psi",
    "row_skew",
    "sliced_wasserstein",
    "total_variation",
    "wasserstein",
    "welch_t",
]
