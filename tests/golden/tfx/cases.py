"""Small tables with schemas, each about one thing that validation looks at.

A case has `data` (columns of cells; None is missing, a list is a row of several values), `schema`
(text), and may have `previous`, `serving` (data), `environment` and `weight` (a column). What is
`counted_by_tfdv` has statistics that a profile does not hold.
"""

from __future__ import annotations

from typing import Any

WORDS = ["a", "b", "a", "c", "a", "b", None, "a", "d", "a"]
NUMBERS = [0.5, 1.5, 2.5, None, 4.5, -1.0, 7.25, 0.0, 3.0, 2.0]
INTS = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]
BOOLS = [0, 1, 1, 0, 1, 1, 1, 0, 0, 1]
LISTS = [[1, 2], [3], [], None, [4, 5, 6], [7], [8, 9], [1], [2], [3]]


def _feature(type_: str, body: str = "", name: str = "x") -> str:
    return f'feature {{ name: "{name}" type: {type_} {body} }}'


def _domain(*values: str, name: str = "x") -> str:
    listed = " ".join(f'value: "{value}"' for value in values)
    return f'string_domain {{ name: "{name}" {listed} }}'


def _compared(which: str, measure: str, threshold: float, more: str = "") -> str:
    return f"{which} {{ {measure} {{ threshold: {threshold} {more} }} }}"


def _case(schema: str, x: list[Any], **more: Any) -> dict[str, Any]:
    return {"schema": schema, "data": {"x": x}, **more}


_PRESENT = "presence { min_count: 1 min_fraction: 1.0 }"
_MOVED = ["b", "b", "b", "c", "a", "b", "b", "e", "d", "b"]

#: The datasets of a case.
SIDES = ("data", "previous", "serving")

CASES: dict[str, dict[str, Any]] = {
    "nothing": _case(_feature("BYTES"), WORDS),
    "new_column": _case("", WORDS),
    "new_number": _case("", NUMBERS),
    "missing_column": _case(_feature("INT") + " " + _feature("INT", _PRESENT, "y"), INTS),
    "optional_missing_column": _case(_feature("INT") + " " + _feature("INT", "", "y"), INTS),
    "deprecated_missing_column": _case(
        _feature("INT") + " " + _feature("INT", _PRESENT + " lifecycle_stage: DEPRECATED", "y"),
        INTS,
    ),
    "empty_column": _case(_feature("BYTES", _PRESENT), [None] * 5),
    "low_count": _case(_feature("BYTES", "presence { min_count: 10 }"), WORDS),
    "low_fraction": _case(_feature("BYTES", "presence { min_fraction: 0.95 }"), WORDS),
    "all_required": _case(_feature("FLOAT", _PRESENT), NUMBERS),
    "too_many_values": _case(_feature("INT", "value_count { min: 0 max: 2 }"), LISTS),
    "too_few_values": _case(_feature("INT", "value_count { min: 1 max: 3 }"), LISTS),
    "shape_of_lists": _case(_feature("INT", "shape { dim { size: 1 } }"), LISTS),
    "shape_of_missing": _case(_feature("BYTES", "shape { dim { size: 1 } }"), WORDS),
    "shape_of_two": _case(_feature("INT", "shape { dim { size: 2 } }"), INTS),
    "shape_without_dims": _case(_feature("INT", "shape { }"), INTS),
    "other_type": _case(_feature("FLOAT"), WORDS),
    "int_for_float": _case(_feature("FLOAT"), INTS),
    "missing_type": _case('feature { name: "x" }', INTS),
    "missing_type_domain": _case(
        'feature { name: "x" domain: "x" } ' + _domain("a", "b", "c", "d"), WORDS
    ),
    "string_domain": _case(_feature("BYTES", 'domain: "x"') + _domain("a", "b"), WORDS),
    "own_string_domain": _case(
        _feature("BYTES", 'string_domain { value: "a" value: "b" value: "c" }'), WORDS
    ),
    "domain_mass": _case(
        _feature("BYTES", 'domain: "x" distribution_constraints { min_domain_mass: 0.7 }')
        + _domain("a", "b"),
        WORDS,
    ),
    "domain_mass_low": _case(
        _feature("BYTES", 'domain: "x" distribution_constraints { min_domain_mass: 0.9 }')
        + _domain("a", "b"),
        WORDS,
    ),
    "unknown_domain": _case(_feature("BYTES", 'domain: "nowhere"'), WORDS),
    "domain_on_numbers": _case(_feature("INT", 'domain: "x"') + _domain("a"), INTS),
    "mass_without_domain": _case(
        _feature("INT", "distribution_constraints { min_domain_mass: 0.5 }"), INTS
    ),
    "int_domain": _case(_feature("INT", "int_domain { min: 2 max: 8 }"), INTS),
    "int_domain_fits": _case(_feature("INT", "int_domain { min: 1 max: 9 }"), INTS),
    "int_domain_strings": _case(_feature("BYTES", "int_domain { max: 3 }"), ["1", "2", "5", "4"]),
    "int_domain_words": _case(_feature("BYTES", "int_domain { }"), WORDS),
    "float_domain": _case(_feature("FLOAT", "float_domain { min: 0 max: 5 }"), NUMBERS),
    "float_domain_fits": _case(_feature("FLOAT", "float_domain { min: -1 max: 7.25 }"), NUMBERS),
    "float_domain_single": _case(
        _feature("FLOAT", "float_domain { min: 0.1 max: 0.7 }"), [0.1, 0.5, 0.7]
    ),
    "float_domain_strings": _case(_feature("BYTES", "float_domain { min: 1 }"), ["1.5", "0.5"]),
    "float_domain_words": _case(_feature("BYTES", "float_domain { }"), WORDS),
    "no_nan": _case(
        _feature("FLOAT", "float_domain { disallow_nan: true }"), [1.0, float("nan"), 2.0, 0.5]
    ),
    "no_infinity": _case(
        _feature("FLOAT", "float_domain { disallow_inf: true }"), [1.0, float("inf"), 2.0]
    ),
    "only_nan": _case(_feature("FLOAT", "float_domain { min: 1 }"), [float("nan")] * 3),
    "bool_ints": _case(_feature("INT", "bool_domain { }"), BOOLS),
    "bool_big": _case(_feature("INT", "bool_domain { }"), [0, 1, 2]),
    "bool_small": _case(_feature("INT", "bool_domain { }"), [0, 1, -2]),
    "bool_floats": _case(_feature("FLOAT", "bool_domain { }"), [0.0, 1.0, 0.0, 1.0]),
    "bool_half": _case(_feature("FLOAT", "bool_domain { }"), [0.0, 0.5, 1.0]),
    "bool_strings": _case(
        _feature("BYTES", 'bool_domain { true_value: "yes" false_value: "no" }'),
        ["yes", "no", "yes"],
    ),
    "bool_words": _case(
        _feature("BYTES", 'bool_domain { true_value: "yes" false_value: "no" }'),
        ["yes", "no", "maybe"],
    ),
    "few_unique": _case(_feature("BYTES", "unique_constraints { min: 5 max: 100 }"), WORDS),
    "many_unique": _case(_feature("BYTES", "unique_constraints { min: 1 max: 3 }"), WORDS),
    "unique_numbers": _case(_feature("INT", "unique_constraints { min: 1 max: 100 }"), INTS),
    "negative_fraction": _case(_feature("INT", "presence { min_fraction: -0.5 }"), INTS),
    "fraction_above_one": _case(_feature("INT", "presence { min_fraction: 1.5 }"), INTS),
    "negative_count": _case(_feature("INT", "value_count { min: -1 max: 5 }"), INTS),
    "count_upside_down": _case(_feature("INT", "value_count { min: 2 max: 1 }"), INTS),
    "empty_dim": _case(_feature("INT", "shape { dim { size: 0 } }"), INTS),
    "few_examples": _case(
        _feature("INT") + " dataset_constraints { min_examples_count: 11 }", INTS
    ),
    "many_examples": _case(
        _feature("INT") + " dataset_constraints { min_examples_count: 1 max_examples_count: 9 }",
        INTS,
    ),
    "in_environment": _case(
        _feature("INT", 'in_environment: "TRAINING"') + ' default_environment: "SERVING"',
        INTS,
        environment="SERVING",
    ),
    "not_in_environment": _case(
        _feature("INT", 'not_in_environment: "SERVING"')
        + ' default_environment: "TRAINING" default_environment: "SERVING"',
        INTS,
        environment="SERVING",
    ),
    "absent_in_environment": _case(
        _feature("INT")
        + " "
        + _feature("INT", _PRESENT + ' not_in_environment: "SERVING"', "y")
        + ' default_environment: "TRAINING" default_environment: "SERVING"',
        INTS,
        environment="SERVING",
    ),
    "skew": _case(
        _feature("BYTES", _compared("skew_comparator", "infinity_norm", 0.1)),
        WORDS,
        serving={"x": _MOVED},
    ),
    "skew_within": _case(
        _feature("BYTES", _compared("skew_comparator", "infinity_norm", 0.6)),
        WORDS,
        serving={"x": _MOVED},
    ),
    "skew_without_control": _case(
        _feature("BYTES", _compared("skew_comparator", "infinity_norm", 0.1)),
        WORDS,
        serving={"y": [1, 2]},
    ),
    "drift": _case(
        _feature("BYTES", _compared("drift_comparator", "infinity_norm", 0.1)),
        WORDS,
        previous={"x": _MOVED},
    ),
    "drift_difference": _case(
        _feature("BYTES", _compared("drift_comparator", "normalized_abs_difference", 0.1)),
        WORDS,
        previous={"x": _MOVED},
    ),
    "drift_divergence": _case(
        _feature("BYTES", _compared("drift_comparator", "jensen_shannon_divergence", 0.1)),
        WORDS,
        previous={"x": _MOVED},
    ),
    "drift_numbers": _case(
        _feature("FLOAT", _compared("drift_comparator", "jensen_shannon_divergence", 0.1)),
        NUMBERS,
        previous={"x": [10.0, 12.0, 11.0, 13.5, 14.0]},
    ),
    "drift_numbers_within": _case(
        _feature("FLOAT", _compared("drift_comparator", "jensen_shannon_divergence", 0.5)),
        NUMBERS,
        previous={"x": NUMBERS},
    ),
    "drift_quantiles": _case(
        _feature(
            "FLOAT",
            _compared(
                "drift_comparator", "jensen_shannon_divergence", 0.1, "source { type: QUANTILES }"
            ),
        ),
        NUMBERS,
        previous={"x": [10.0, 12.0, 11.0, 13.5, 14.0]},
    ),
    "drift_codes": _case(
        _feature(
            "INT",
            "int_domain { is_categorical: true } "
            + _compared("drift_comparator", "infinity_norm", 0.1),
        ),
        INTS,
        previous={"x": [1, 1, 1, 2, 2]},
    ),
    "codes_beyond": _case(
        _feature("INT", "int_domain { is_categorical: true min: 0 max: 5 }"), INTS
    ),
    "drift_of_examples": _case(
        _feature("INT")
        + " dataset_constraints { num_examples_drift_comparator { min_fraction_threshold: 0.8"
        " max_fraction_threshold: 1.2 } }",
        INTS,
        previous={"x": INTS + INTS},
    ),
    "two_faults": _case(
        _feature("INT", "presence { min_count: 20 } int_domain { min: 2 max: 8 }"),
        INTS,
    ),
    "structure": {
        "schema": _feature(
            "STRUCT", "struct_domain { " + _feature("INT", "int_domain { max: 2 }", "a") + " }", "s"
        ),
        "data": {"s": [{"a": 1, "b": "u"}, {"a": 2, "b": "v"}, None, {"a": 5, "b": None}]},
    },
    "nested_lists": _case(
        _feature(
            "INT", "value_counts { value_count { min: 1 max: 2 } value_count { min: 1 max: 2 } }"
        ),
        [[[1, 2], [3]], [[4]], [[5, 6, 7]], [[8], [9], [10]]],
    ),
    "nestedness": _case(
        _feature("INT", "value_count { min: 1 max: 2 }"), [[[1, 2], [3]], [[4]], [[5, 6]]]
    ),
    "no_examples": _case(_feature("INT", _PRESENT), []),
    "weighted": {
        "schema": _feature("BYTES", 'presence { min_fraction: 0.5 } domain: "x"')
        + _domain("a", "b", "c", "d")
        + " "
        + _feature("INT", "", "w"),
        "data": {"x": WORDS, "w": [1, 1, 1, 1, 1, 1, 20, 1, 1, 1]},
        "weight": "w",
    },
    "weighted_drift": {
        "schema": _feature("BYTES", _compared("drift_comparator", "infinity_norm", 0.2))
        + " "
        + _feature("INT", "", "w"),
        "data": {"x": ["a", "b", "c", "a"], "w": [1, 1, 1, 1]},
        "previous": {"x": ["a", "b", "c", "a"], "w": [1, 9, 1, 1]},
        "weight": "w",
    },
    "sparse": {
        "schema": _feature("INT", "", "i")
        + " "
        + _feature("FLOAT", "", "v")
        + ' sparse_feature { name: "s" index_feature { name: "i" } value_feature { name: "v" } }',
        "data": {"i": [[1, 2], [3], None, [4]], "v": [[0.5, 1.5], None, [2.5], [3.5, 4.5]]},
        "counted_by_tfdv": True,
    },
    "sparse_fits": {
        "schema": _feature("INT", "", "i")
        + " "
        + _feature("FLOAT", "", "v")
        + ' sparse_feature { name: "s" index_feature { name: "i" } value_feature { name: "v" } }',
        "data": {"i": [[1, 2], [3], None], "v": [[0.5, 1.5], [1.0], None]},
        "counted_by_tfdv": True,
    },
    "weights_of_values": {
        "schema": _feature("INT", "", "v")
        + " "
        + _feature("FLOAT", "", "w")
        + ' weighted_feature { name: "f" feature { step: "v" } weight_feature { step: "w" } }',
        "data": {"v": [[1, 2], [3], None, [4]], "w": [[0.5, 1.5], None, [2.5], [3.5, 4.5]]},
        "counted_by_tfdv": True,
    },
    "tokens": {
        "schema": _feature(
            "BYTES",
            'natural_language_domain { token_constraints { string_value: "b" min_per_sequence: 1'
            " max_per_sequence: 1 min_fraction_of_sequences: 0.5 max_fraction_of_sequences: 0.9 } }",
        ),
        "data": {"x": [["a", "b"], ["c"], ["d", "b", "b"], ["a", "a"]]},
        "counted_by_tfdv": True,
    },
}
