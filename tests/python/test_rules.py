"""Rules of features and across columns, suggestions and frozen schemas, from Python."""

import copy
import datetime
import json
import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zeroskew as zs
from zeroskew import _core

TRIPS = {
    "fare": [3.5, 7.0, 12.25],
    "tip": [0.5, 9.0, 0.0],
    "kind": ["cash", "card", "cash"],
    "plate": ["AB-1", "CD-22", "x"],
}


def schema() -> zs.Schema:
    return zs.infer_schema(zs.profile(TRIPS), max_categories=2)


def test_rules_of_a_feature() -> None:
    made = schema()
    assert made.rules("plate") == {}
    made.set_rules("plate", pattern=r"[A-Z]{2}-\d+", max_length=4)
    made.set_rules("plate", max_length=None)
    assert made.rules("plate") == {"pattern": r"[A-Z]{2}-\d+"}
    assert zs.Schema.from_text(made.to_text()).rules("plate") == made.rules("plate")
    (anomaly,) = zs.validate(zs.profile(TRIPS), made)
    assert (anomaly.type, anomaly.rule, anomaly.path) == ("CUSTOM_VALIDATION", "pattern", "plate")
    (rows,) = zs.validate_rows(TRIPS, made)
    assert (rows.rule, rows.rows.tolist()) == ("pattern", [2])
    anomaly.fix.apply(made)
    assert made.rules("plate") == {}
    assert made == schema()


@pytest.mark.parametrize(
    "rules",
    [
        {"patern": "x"},
        {"pattern": "("},
        {"format": "mail"},
        {"mean": {"min": 2, "max": 1}},
        {"values": [1.5]},
        {"mean": object()},
        {"mean": math.nan},
        {"monotonic": "up"},
    ],
)
def test_rules_that_make_no_sense_change_nothing(rules: dict[str, Any]) -> None:
    made = schema()
    with pytest.raises(zs.Error):
        made.set_rules("plate", **rules)
    assert made == schema()


def test_rules_stand_beside_what_other_tools_wrote() -> None:
    struct = {"@type": "type.googleapis.com/google.protobuf.Struct", "value": {"theirs": 1.0}}
    written = json.loads(schema().to_json())
    written["feature"][3]["annotation"] = {"comment": ["a plate"], "extra_metadata": [struct]}
    made = zs.Schema.from_json(json.dumps(written))
    made.set_rules("plate", min_length=1)
    made.set_rules("plate", min_length=None)
    assert made["plate"].annotation.to_dict() == {
        "comment": ["a plate"],
        "extra_metadata": [struct],
    }


def test_rules_across_columns() -> None:
    made = schema()
    made.add_row_rule("tip <= fare", "tip", description="no tip above the fare")
    made.add_row_rule("kind == 'cash' => tip == 0 within 1", min_share=0.5, severity="WARNING")
    assert [rule.name for rule in made.row_rules] == ["tip", "kind == 'cash' => tip == 0 within 1"]
    found = zs.validate_rows(TRIPS, made)
    (broken,) = found
    assert (broken.rule, broken.path, broken.rows.tolist()) == ("tip", "", [1])
    assert broken.samples == [(1, "tip=9, fare=7")]
    made.remove_row_rule("tip")
    assert not zs.validate_rows(TRIPS, made)
    with pytest.raises(KeyError):
        made.remove_row_rule("tip")


def test_a_rule_that_is_wrong_points_at_the_character() -> None:
    with pytest.raises(zs.Error) as caught:
        schema().add_row_rule("tip <= fear")
    assert caught.value.id == "schema.expression_name"
    assert caught.value.where == "character 8"
    assert "did you mean 'fare'" in str(caught.value)
    assert str(caught.value).endswith("\n  tip <= fear\n         ^^^^")


def test_a_key_of_several_columns() -> None:
    made = schema()
    made.unique_key = ["kind", "plate"]
    assert made.unique_key == ["kind", "plate"]
    assert not zs.validate_rows(TRIPS, made)
    twice = {name: [*values, values[0]] for name, values in TRIPS.items()}
    (found,) = zs.validate_rows(twice, made)
    assert (found.rule, found.rows.tolist()) == ("unique_key", [3])
    made.unique_key = []
    assert made == schema()


def test_the_age_of_data() -> None:
    newest = datetime.datetime(2024, 1, 31, 12, tzinfo=datetime.timezone.utc)
    profile = zs.profile({"when": [newest - datetime.timedelta(days=1), newest]})
    made = zs.infer_schema(profile)
    made.set_rules("when", max_age=3600)
    assert not zs.validate(profile, made)
    assert not zs.validate(profile, made, now=newest + datetime.timedelta(hours=1))
    (old,) = zs.validate(profile, made, now=newest + datetime.timedelta(hours=2))
    assert old.rule == "max_age"
    assert zs.validate(profile, made, now=newest.timestamp() + 7200)


def test_a_frozen_schema_refuses_edits() -> None:
    made = schema()
    digest = made.digest
    made.freeze()
    assert made.frozen
    assert made.digest == digest
    for edit in (
        lambda: setattr(made["fare"].presence, "min_fraction", 0.5),
        lambda: made.default_environment.append("T"),
        lambda: made.__delitem__("fare"),
        lambda: made.set_rules("fare", unique=True),
        lambda: made.add_row_rule("fare > 0"),
        lambda: setattr(made, "unique_key", ["fare"]),
        lambda: zs.update_schema(made, zs.profile(TRIPS)),
        lambda: zs.validate(zs.profile({"fare": ["x"]}), made)[0].fix.apply(made),
    ):
        with pytest.raises(zs.Error, match="frozen"):
            edit()
    assert made == zs.Schema.from_json(made.to_json())
    assert not zs.validate(zs.profile(TRIPS), made)
    with pytest.raises(zs.Error, match="frozen_changed"):
        zs.Schema.from_json(made.to_json().replace('"fare"', '"fere"'))
    assert copy.copy(made).frozen
    thawed = made.thaw()
    thawed.add_row_rule("fare > 0")
    assert thawed.digest != digest
    assert made.frozen


def test_suggestions() -> None:
    profile = zs.profile({"code": [10, 20, 30] * 40, "plate": [f"AB-{i:04}" for i in range(120)]})
    made = zs.infer_schema(profile, max_categories=5)
    found = zs.suggest_rules(profile, made)
    assert [(one.path, one.rule) for one in found] == [
        ("code", "values"),
        ("plate", "lengths"),
        ("plate", "pattern"),
        ("plate", "unique"),
    ]
    for one in found:
        assert one.reason
        one.fix.apply(made)
    assert made.rules("code") == {"values": [10, 20, 30]}
    assert made.rules("plate")["pattern"] == r"[A-Z]{2}-\d{4}"
    assert not zs.validate(profile, made)
    assert not zs.suggest_rules(profile, made)
    with pytest.raises(zs.Error, match="bad_option"):
        zs.suggest_rules(profile, made, confidence=1.0)


def test_formats_match_their_patterns() -> None:
    for one in zs.formats():
        assert _core.schema.matches(one.pattern, [""]) == [False], one.name
        assert re.compile(one.pattern)


ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "é", r"[à-ÿ]", r"\.", "-"])


def _patterns() -> st.SearchStrategy[str]:
    return st.recursive(
        ATOMS,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("".join),
            st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
            st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,}"])).map(
                lambda two: f"(?:{two[0]}){two[1]}"
            ),
        ),
        max_leaves=8,
    )


@settings(deadline=None)
@given(_patterns(), st.lists(st.text("ab1é.-_ \n", max_size=8), max_size=8))
def test_patterns_match_what_pythons_do(pattern: str, texts: list[str]) -> None:
    expected = [re.fullmatch(pattern, text, re.ASCII) is not None for text in texts]
    assert _core.schema.matches(pattern, texts) == expected


NUMBERS = st.one_of(st.integers(-100, 100), st.floats(-100, 100))


def _sums() -> st.SearchStrategy[str]:
    leaves = st.one_of(st.sampled_from(["a", "b", "x"]), NUMBERS.map(lambda n: f"({n!r})"))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*"), inner).map(
                lambda t: f"({t[0]} {t[1]} {t[2]})"
            ),
            inner.map(lambda t: f"abs({t})"),
            st.tuples(inner, inner).map(lambda t: f"max({t[0]}, {t[1]})"),
        ),
        max_leaves=6,
    )


@settings(deadline=None)
@given(
    _sums(),
    st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
    _sums(),
    st.lists(
        st.tuples(st.integers(-50, 50), st.integers(-1000, 1000), st.floats(-10, 10)),
        min_size=1,
        max_size=9,
    ),
)
def test_expressions_mean_what_pythons_do(
    left: str, op: str, right: str, rows: list[tuple[int, int, float]]
) -> None:
    data = {"a": [r[0] for r in rows], "b": [r[1] for r in rows], "x": [r[2] for r in rows]}
    known = zs.Schema.from_text(
        "feature { name: 'a' type: INT } feature { name: 'b' type: INT }"
        " feature { name: 'x' type: FLOAT }"
    )
    condition = f"{left} {op} {right}"
    names = ("a", "b", "x")
    values = [
        [
            eval(side, {"abs": abs, "max": max}, dict(zip(names, row, strict=True)))
            for side in (left, right)
        ]
        for row in rows
    ]
    if any(isinstance(v, int) and abs(v) >= 2**53 for pair in values for v in pair):
        return  # beyond what a float beside it can hold
    expected = [row for row, (a, b) in enumerate(values) if not eval(f"a {op} b", {"a": a, "b": b})]
    known.add_row_rule(condition, "r")
    found = zs.validate_rows(data, known)
    assert found.rows.tolist() == expected
