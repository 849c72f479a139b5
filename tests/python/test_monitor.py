"""Detectors, tests that may be looked at all the time, and the recorder: as in the core, and
pleasant in Python.
"""

import copy
import inspect
import json
import pickle
import random
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs
from zeroskew import _core

GOLDENS = json.loads((Path(__file__).parents[1] / "monitor" / "golden_streams.json").read_text())
KINDS = [
    info for info in zs.monitor.detectors() if info.name not in ("SequentialCounts", "SequentialKS")
]
NAMES = [info.name for info in KINDS]
NORMAL = np.random.Generator(np.random.Philox(5)).normal(size=2000)


def made(name: str, **parameters: Any) -> Any:
    return getattr(zs.monitor, name)(**parameters)


def everything() -> list[Any]:
    """One of each kind."""
    return [
        *[made(name) for name in NAMES],
        zs.monitor.SequentialKS(NORMAL),
        zs.monitor.SequentialCounts([60, 40]),
    ]


VALUES = st.lists(
    st.one_of(
        st.sampled_from([0, 1, True, False, 0.0, 1.0, None, float("nan")]),
        st.floats(-10, 10),
        st.sampled_from([float("inf"), -float("inf"), 10**400, -(10**400)]),
    ),
    max_size=300,
)


# Detectors


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden["stream"])
def test_alarms_are_those_of_independent_implementations(golden: dict[str, Any]) -> None:
    for specification, alarms in golden["alarms"].items():
        name, *words = specification.split()
        only_first = "first" in words
        parameters = {k: float(v) for k, v in (word.split("=") for word in words if "=" in word)}
        values = golden["values"][:1300] if name == "BOCPD" else golden["values"]
        found = made(name, **parameters).update_many(values)
        assert list(found[:1] if only_first else found) == alarms, specification


def test_the_stream_of_rivers_documentation() -> None:
    rng = random.Random(12345)
    stream = rng.choices([0, 1], k=1000) + rng.choices(range(4, 8), k=1000)
    assert zs.monitor.ADWIN().update_many(stream)[0] == 1023
    assert zs.monitor.PageHinkley().update_many(stream)[0] == 1006


@given(st.integers(0, len(NAMES) + 1), VALUES, st.integers(0, 300))
def test_many_values_are_each_value_and_a_saved_state_goes_on(
    kind: int, values: list[Any], cut: int
) -> None:
    one, many = everything()[kind], everything()[kind]
    alarms = [i for i, x in enumerate(values) if one.update(x)]
    head = many.update_many(values[:cut])
    for other in (
        many.copy(),
        copy.copy(many),
        copy.deepcopy(many),
        pickle.loads(pickle.dumps(many)),
    ):
        assert other == many
    many = type(many).from_bytes(many.to_bytes())
    tail = many.update_many(values[cut:]) + min(cut, len(values))
    assert [*head, *tail] == alarms
    assert head.dtype == np.int64
    assert many == one
    assert (many.to_bytes(), repr(many)) == (one.to_bytes(), repr(one))
    assert one.count + one.ignored == len(values)


@given(st.sampled_from(NAMES), VALUES)
def test_what_is_ignored_changes_nothing_else(name: str, values: list[Any]) -> None:
    clean, soiled = made(name), made(name)
    for x in values:
        clean.update(x)
        soiled.update(x)
        for nothing in (None, float("nan"), pd.NA, np.float64("nan"), float("inf")):
            assert not soiled.update(nothing) or soiled.drifted
    assert soiled.ignored == clean.ignored + 5 * len(values)
    assert (soiled.count, soiled.drifted, soiled.warning) == (
        clean.count,
        clean.drifted,
        clean.warning,
    )


@pytest.mark.parametrize(
    "values",
    [
        [1.0, None, 3.0, 0.0],
        (1, None, 3, False),
        np.array([1.0, np.nan, 3.0, 0.0]),
        np.array([1, -99, 3, 0, 5], dtype=np.int8)[[0, 1, 2, 3]]
        * np.array([1, np.nan, 1, 1], dtype=np.float32),
        np.array([9.0, 1.0, 9.0, np.nan, 9.0, 3.0, 9.0, 0.0])[1::2],
        np.array([1.0, None, 3.0, 0.0], dtype=object),
        np.ma.MaskedArray([1, 7, 3, 0], mask=[False, True, False, False]),
        pd.Series([1.0, None, 3.0, 0.0]),
        pd.Series([1, None, 3, 0], dtype="Int64"),
        pa.array([1, None, 3, 0]),
        pa.chunked_array([[1, None], [3, 0]]),
    ],
)
def test_many_kinds_of_arrays(values: Any) -> None:
    detector, expected = zs.monitor.ADWIN(clock=1, grace=0), zs.monitor.ADWIN(clock=1, grace=0)
    detector.update_many(values)
    for x in (1.0, None, 3.0, 0.0):
        expected.update(x)
    assert detector == expected
    assert (detector.count, detector.ignored, detector.width) == (3, 1, 3)
    assert detector.mean == pytest.approx(4 / 3)


@pytest.mark.parametrize("bad", ["1.5", b"1", object(), [1.0], 1j])
def test_what_is_no_number(bad: Any) -> None:
    detector = zs.monitor.ADWIN()
    with pytest.raises(TypeError) as caught:
        detector.update(bad)
    assert isinstance(caught.value, zs.Error)
    assert caught.value.id == "monitor.not_a_number"
    with pytest.raises(zs.Error):
        detector.update_many([0.5, bad])
    with pytest.raises(zs.Error):
        detector.update_many(np.zeros((2, 2)))
    assert detector == zs.monitor.ADWIN()


def test_every_parameter_is_what_the_registry_says() -> None:
    assert len(KINDS) >= 15
    for info in KINDS:
        cls = getattr(zs.monitor, info.name)
        detector = cls()
        assert info.doc in cls.__doc__
        assert detector.parameters == {p.name: p.default for p in info.parameters}
        signature = inspect.signature(cls)
        assert {n: p.default for n, p in signature.parameters.items()} == detector.parameters
        # The text is the specification.
        again = eval(repr(detector), {info.name: cls})
        assert again == detector
        assert isinstance(detector, zs.monitor.Detector)
        for parameter in info.parameters:
            assert parameter.name in cls.__doc__
            assert cls(**{parameter.name: parameter.default}) == detector
            for wrong in (-1e301, float("nan")):
                with pytest.raises(ValueError, match="must be ") as caught:
                    cls(**{parameter.name: wrong})
                assert isinstance(caught.value, zs.Error)
                assert (caught.value.id, caught.value.where) == (
                    "monitor.parameter",
                    f"{info.name}.{parameter.name.rstrip('_')}",
                )
                if parameter.type == "real":
                    assert parameter.range in str(caught.value)
            if parameter.type == "integer":
                with pytest.raises(zs.Error, match="whole number"):
                    cls(**{parameter.name: parameter.default + 0.5})
            with pytest.raises(zs.Error):
                cls(**{parameter.name: "much"})


def test_the_stubs_have_the_registrys_parameters() -> None:
    stub = Path(inspect.getfile(zs)).parent / "_core" / "monitor.pyi"
    flat = " ".join(stub.read_text().replace("(\n", "(").replace(",\n    )", ")").split())
    for info in zs.monitor.detectors():
        start = flat.index(f"class {info.name}(")
        head = flat[start : flat.index("-> None", start)]
        stated = dict(
            part.split(": ", 1) for part in head.split("*, ")[1].rstrip("), ").split(", ")
        )
        assert list(stated) == [p.name for p in info.parameters]
        for p in info.parameters:
            default = json.dumps(p.default) if isinstance(p.default, str) else repr(p.default)
            assert stated[p.name].endswith(f"= {default}")


def test_a_misspelt_parameter() -> None:
    with pytest.raises(KeyError) as caught:
        zs.monitor.ADWIN(delat=0.1)
    assert isinstance(caught.value, zs.Error)
    assert (caught.value.id, caught.value.where) == ("monitor.unknown_parameter", "ADWIN.delat")
    assert "did you mean 'delta'?" in str(caught.value)
    with pytest.raises(zs.Error, match='"both", "up" or "down"'):
        zs.monitor.Cusum(side="left")
    assert zs.monitor.Cusum(side="up") == zs.monitor.Cusum(side=1) != zs.monitor.Cusum()


@given(st.integers(0, len(NAMES) + 1), st.data())
def test_damaged_states(kind: int, data: st.DataObject) -> None:
    detector = everything()[kind]
    detector.update_many([0.0, 1.0] * 40)
    state = bytearray(detector.to_bytes())
    with pytest.raises(zs.Error):
        type(detector).from_bytes(bytes(state[: data.draw(st.integers(0, len(state) - 1))]))
    with pytest.raises(zs.Error):
        type(detector).from_bytes(bytes(state) + b"\0")


def test_a_state_of_another_kind() -> None:
    with pytest.raises(zs.Error, match="ADWIN"):
        zs.monitor.KSWIN.from_bytes(zs.monitor.ADWIN().to_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_reset_forgets_everything(name: str) -> None:
    detector = made(name)
    detector.update_many([0.0] * 300 + [1.0] * 300)
    assert detector != made(name)
    detector.reset()
    assert detector == made(name)


def test_threads_may_share_a_detector() -> None:
    detector = zs.monitor.ADWIN()
    part = NORMAL[:1000]

    def work() -> None:
        for _ in range(20):
            detector.update_many(part)
            detector.update(0.0)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert detector.count == 8 * 20 * 1001


# Tests that may be looked at all the time


def test_false_alarms_however_often_one_looks() -> None:
    alpha, streams, length = 0.05, 300, 400
    rng = np.random.Generator(np.random.Philox(11))
    reference = rng.normal(size=1000)
    counts = rng.multinomial(2000, [0.5, 0.3, 0.2])
    alarms = {"ks": 0, "counts": 0, "known": 0, "mean": 0}
    outside = 0
    for _ in range(streams):
        alarms["ks"] += (
            len(
                zs.monitor.SequentialKS(reference, alpha=alpha).update_many(rng.normal(size=length))
            )
            > 0
        )
        drawn = rng.choice(3, size=length, p=[0.5, 0.3, 0.2])
        alarms["counts"] += (
            len(zs.monitor.SequentialCounts(counts, alpha=alpha).update_many(drawn)) > 0
        )
        known = zs.monitor.SequentialCounts.known([0.5, 0.3, 0.2], alpha=alpha)
        alarms["known"] += len(known.update_many(drawn)) > 0
        mean = zs.monitor.SequentialMean(mean=0.3, alpha=alpha)
        alarms["mean"] += len(mean.update_many(rng.random(length) < 0.3)) > 0
        low, high = mean.interval()
        outside += not low <= 0.3 <= high
    for name, n in alarms.items():
        assert n <= alpha * streams, name
    assert outside <= alpha * streams


def test_changes_are_found_soon() -> None:
    rng = np.random.Generator(np.random.Philox(12))
    ks = zs.monitor.SequentialKS(NORMAL)
    assert ks.update_many(rng.normal(1.0, size=1000))[0] < 500
    assert ks.drifted
    assert ks.pvalue <= 0.05
    assert ks.evalue > 1
    assert ks.statistic > ks.threshold
    counts = zs.monitor.SequentialCounts({"a": 500, "b": 500})
    assert counts.update_many(["a"] * 100)[0] < 60
    assert counts.evalue >= 20
    assert counts.pvalue <= 0.05
    mean = zs.monitor.SequentialMean(mean=0.1)
    assert mean.update_many(rng.random(500) < 0.5)[0] < 100
    assert mean.evalue > 20
    low, high = mean.interval()
    assert 0.1 < low < 0.5 < high
    found = zs.monitor.EDetector(mean=0.1, target_run_length=1000)
    assert 0 < found.update_many([0.0] * 50 + [1.0] * 30)[0] < 80


def test_a_reference_is_an_array_or_a_column() -> None:
    column = zs.profile({"x": NORMAL})["x"]
    stream = NORMAL[::-1][:700] * 1.5 + 0.2
    tests = [
        zs.monitor.SequentialKS(reference)
        for reference in (NORMAL, column, list(NORMAL), pa.array(NORMAL))
    ]
    for test in tests:
        test.update_many(stream)
    assert all(test == tests[0] for test in tests)
    assert tests[0].statistic > 0
    # Where values are kept as cells only, distances are taken at the ends of cells: never too
    # large.
    large = np.random.Generator(np.random.Philox(2)).normal(size=200_000)
    exact = zs.monitor.SequentialKS(large)
    binned = zs.monitor.SequentialKS(zs.profile({"x": large})["x"])
    for test in (exact, binned):
        test.update_many(stream)
    assert binned.threshold == exact.threshold
    assert binned.statistic == pytest.approx(exact.statistic, abs=0.02)


def test_names_of_categories() -> None:
    data = {"s": ["a", "b", "b", "c"] * 50, "b": [True, False] * 100, "i": [3, 3, -1, 7] * 50}
    profile = zs.profile(data)
    for name, values in data.items():
        column = zs.monitor.SequentialCounts(profile[name])
        given_counts = {value: values.count(value) for value in values}
        named = zs.monitor.SequentialCounts(given_counts)
        assert column == named
        one = named.copy()
        column.update_many(values)
        named.update_many(np.array(values))
        one.update_counts(given_counts)
        assert column == named
        assert one.counts == named.counts
        assert one.evalue == pytest.approx(named.evalue)
        assert named.count == len(values)
        before = named.counts
        named.update(None)
        assert (named.counts, named.ignored) == (before, 1)
    test = zs.monitor.SequentialCounts({"a": 5, "b": 9})
    test.update("zebra")
    assert (test.labels, test.counts) == (["a", "b"], [0, 0, 1])
    with pytest.raises(zs.Error):
        test.update(1.5)


@pytest.mark.parametrize("bad", [[], [1], [0, 0], [1.5, 2], [-1, 2], {}, {"a": -1}, "abc", 3])
def test_bad_references_of_counts(bad: Any) -> None:
    with pytest.raises(zs.Error):
        zs.monitor.SequentialCounts(bad)


@pytest.mark.parametrize("bad", [[], [float("nan")], ["a"], {"a": 3}, 3, np.zeros((0,))])
def test_bad_references_of_numbers(bad: Any) -> None:
    with pytest.raises(zs.Error):
        zs.monitor.SequentialKS(bad)


def test_indices_out_of_range_are_ignored() -> None:
    test = zs.monitor.SequentialCounts([5, 9])
    for x in (2, -1, 0.5, None, float("nan"), 10**30):
        assert not test.update(x)
    assert (test.count, test.ignored) == (0, 6)


@given(st.lists(st.floats(-3, 3), max_size=60), st.integers(0, 60))
def test_streams_pool(values: list[float], cut: int) -> None:
    whole, left, right = (zs.monitor.SequentialKS(NORMAL) for _ in range(3))
    whole.update_many(values)
    left.update_many(values[:cut])
    right.update_many(values[cut:])
    same = left
    left += right
    assert left is same
    assert (left.count, left.statistic, left.pvalue) == (whole.count, whole.statistic, whole.pvalue)
    categories = [int(x > 0) for x in values]
    a, b = zs.monitor.SequentialCounts([9, 12]), zs.monitor.SequentialCounts([9, 12])
    a.update_many(categories[:cut])
    b.update_many(categories[cut:])
    a += b
    assert a.counts == [categories.count(0), categories.count(1)]


def test_only_streams_against_one_reference_pool() -> None:
    ks = zs.monitor.SequentialKS(NORMAL)
    with pytest.raises(zs.Error, match="same reference"):
        ks += zs.monitor.SequentialKS(NORMAL[1:])
    with pytest.raises(TypeError):
        ks += zs.monitor.SequentialCounts([1, 2])


@given(st.lists(st.floats(0, 1e4), max_size=30), st.floats(0.01, 0.5))
def test_e_bh_is_its_definition(evalues: list[float], alpha: float) -> None:
    n = len(evalues)
    ranked = sorted(evalues, reverse=True)
    k = max((k for k in range(1, n + 1) if ranked[k - 1] * alpha * k >= n), default=0)
    expected = [k > 0 and e >= ranked[k - 1] for e in evalues]
    assert list(zs.monitor.e_bh(evalues, alpha)) == expected
    names = {f"f{i}": e for i, e in enumerate(evalues)}
    assert list(zs.monitor.e_bh(names, alpha).values()) == expected
    assert zs.monitor.combined_evalue(evalues) == pytest.approx(sum(evalues) / n if n else 0.0)


def test_e_bh_refuses_nonsense() -> None:
    with pytest.raises(zs.Error):
        zs.monitor.e_bh([1.0], 1.5)
    with pytest.raises(zs.Error):
        zs.monitor.e_bh(["much"])


# The recorder

ROWS = {
    "x": [0.5, None, float("nan"), float("inf"), -1.5, 2.0] * 20,
    "n": [1, 2, 3, 1, 2, None] * 20,
    "s": ["a", "b", None, "ß", "a", "a"] * 20,
    "b": [True, None, False, True, True, True] * 20,
}
TABLE = pa.table(ROWS)
PROFILE = zs.profile(TABLE)


def test_rows_tables_and_threads_count_the_same() -> None:
    rows = [{name: values[i] for name, values in ROWS.items()} for i in range(120)]
    one, many, shared = (zs.monitor.Recorder(PROFILE) for _ in range(3))
    assert one.columns == list(ROWS)
    for row in rows:
        one.record({**row, "unknown": object()})
    many.record_many(TABLE.slice(0, 50))
    many.record_many(TABLE.slice(50).to_batches())
    encoded = TABLE.set_column(2, "s", TABLE["s"].dictionary_encode())

    def work(part: int) -> None:
        for row in rows[part * 20 : part * 20 + 10]:
            shared.record(row)
        shared.record_many(encoded.slice(part * 20 + 10, 10))
        shared.snapshot()

    threads = [threading.Thread(target=work, args=(part,)) for part in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = one.snapshot()
    assert counted == many.snapshot() == shared.snapshot()
    x, n, s, b = (counted[name] for name in ROWS)
    assert all(feature.total == 120 for feature in counted.values())
    assert (x.missing, x.nan, x.positive_infinity, x.sum) == (20, 20, 20, 20.0)
    assert x.mean == pytest.approx(1 / 3)
    assert (s.labels, s.missing, s.others) == ({"a": 60, "b": 20, "ß": 20}, 20, 0)
    assert b.labels == {"false": 20, "true": 80}
    assert {low: count for low, _, count in n.bins if count} == {1: 40, 2: 40, 3: 20}
    # What is recorded of the reference is the reference.
    assert n.distribution.cells == _core.drift.Distribution.of_profile(PROFILE["n"]._core).cells
    assert zs.drift.psi(PROFILE["s"], s.distribution).statistic == 0
    assert (
        json.loads(json.dumps({name: feature.to_dict() for name, feature in counted.items()}))["s"][
            "others"
        ]
        == 0
    )


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.integers(1, 20))
def test_bins_hold_what_lies_in_them(values: list[float], bins: int) -> None:
    recorder = zs.monitor.Recorder(zs.profile({"x": NORMAL}), bins=bins)
    recorder.record_many({"x": values})
    counted = recorder.snapshot()["x"]
    for low, high, count in counted.bins:
        assert count == sum(low <= x < high for x in values)
    assert counted.bins[0][0] == -np.inf
    assert counted.bins[-1][1] == np.inf


def test_a_refused_row_is_not_counted() -> None:
    recorder = zs.monitor.Recorder(PROFILE)
    empty = recorder.snapshot()
    for row in ({"x": 1.0, "s": 3}, {"x": 1.0, "n": "1"}, {"x": [1.0]}, 3, [1.0]):
        with pytest.raises(zs.Error):
            recorder.record(row)
    with pytest.raises(KeyError, match="did you mean"):
        recorder.record_many({"xx": [1.0], "n": [1]})
    with pytest.raises(TypeError):
        recorder.record_many({**ROWS, "s": [1] * 120})
    with pytest.raises(TypeError):
        recorder.record_many({**ROWS, "x": ["1"] * 120})
    assert recorder.snapshot() == empty


def test_numpys_cells() -> None:
    recorder = zs.monitor.Recorder(PROFILE)
    recorder.record(
        {"x": np.float32(0.5), "n": np.int64(2), "s": np.str_("a"), "b": np.bool_(True)}
    )
    recorder.record({"x": pd.NA, "n": 2, "b": pd.NA})
    counted = recorder.snapshot()
    assert (counted["x"].sum, counted["x"].missing, counted["n"].sum) == (0.5, 1, 4.0)
    assert (counted["s"].labels["a"], counted["s"].missing) == (1, 1)
    assert (counted["b"].labels["true"], counted["b"].missing) == (1, 1)


def test_columns_that_cannot_be_recorded() -> None:
    profile = zs.profile(pa.table({"x": [1.0], "l": [[1]], "none": pa.nulls(1)}))
    assert zs.monitor.Recorder(profile).columns == ["x"]
    for columns in (["l"], ["none"], ["y"], "x"):
        with pytest.raises(zs.Error):
            zs.monitor.Recorder(profile, columns=columns)
    for bins in (0, -1, 1.5, True):
        with pytest.raises(zs.Error):
            zs.monitor.Recorder(profile, bins=bins)
    with pytest.raises(zs.Error):
        zs.monitor.Recorder({"x": [1.0]})


OF_NUMBERS = ["ADWIN", "BOCPD", "Cusum", "Ewma", "Gma", "KSWIN", "PageHinkley"]
OF_ERRORS = ["DDM", "EDDM", "HDDM_A", "HDDM_W", "RDDM", "STEPD"]


@pytest.mark.parametrize("name", [*OF_NUMBERS, *OF_ERRORS])
def test_every_detector_can_be_told_its_run_length(name: str) -> None:
    rng = np.random.default_rng(1)
    kind, target = getattr(zs.monitor, name), 100 if name == "BOCPD" else 500
    history, fresh = ((rng.gamma(3.0, 1.0, n) - 3.0) / np.sqrt(3.0) for n in (2_000, 20_000))
    null: Any = history
    if name in OF_ERRORS:
        null, fresh = 0.2, (rng.random(20_000) < 0.2).astype(float)
    detector = zs.monitor.with_run_length(kind, target, null)
    assert isinstance(detector, kind)
    run = len(fresh) / max(1, len(detector.update_many(fresh)))
    assert run > 0.5 * target
    if name not in ("EDDM", "DDM"):  # whose alarms get rarer as a stream grows
        assert run < 4.0 * target


def test_a_run_length_needs_a_kind_and_values() -> None:
    monitor = zs.monitor
    assert monitor.with_run_length(monitor.Cusum, 1000).parameters["target_run_length"] == 1000
    assert monitor.with_run_length(monitor.EDetector, 1000, mean=0.2).parameters["mean"] == 0.2
    for act, found in (
        (lambda: monitor.with_run_length(monitor.ADWIN, 1000), "monitor.null"),
        (lambda: monitor.with_run_length(monitor.DDM, 1000, 1.5), "monitor.null"),
        (lambda: monitor.with_run_length(monitor.KSWIN, 1000, []), "monitor.null"),
        (lambda: monitor.with_run_length(monitor.SequentialMean, 1000, 0.1), "monitor.run_length"),
        (lambda: monitor.with_run_length(int, 1000, 0.1), "monitor.run_length"),
        (lambda: monitor.with_run_length(monitor.ADWIN, -1, 0.1), "monitor.run_length"),
        (lambda: monitor.with_run_length(monitor.ADWIN, 9, 0.1, delta=0.1), "monitor.run_length"),
    ):
        with pytest.raises(zs.Error) as caught:
            act()
        assert caught.value.id == found
