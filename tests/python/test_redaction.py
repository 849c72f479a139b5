"""A profile made with names="hashed" keeps no raw string, wherever strings may be."""

import pickle

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

import zeroskew as zs

SECRET = "~secret~"
secrets = st.text("abé€", max_size=3).map(lambda text: SECRET + text)
SCHEMA = pa.schema(
    {
        "text": pa.string(),
        "view": pa.string_view(),
        "bytes": pa.binary(),
        "dictionary": pa.dictionary(pa.int8(), pa.string()),
        "list": pa.list_(pa.string()),
        "lists": pa.list_(pa.large_list(pa.string())),
        "struct": pa.struct({"a": pa.string(), "b": pa.list_(pa.struct({"c": pa.large_binary()}))}),
        "n": pa.int64(),
        "w": pa.float64(),
    }
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "text": secrets,
            "view": secrets,
            "bytes": secrets.map(str.encode),
            "dictionary": secrets,
            "list": st.lists(secrets, min_size=1, max_size=3),
            "lists": st.lists(st.lists(secrets, max_size=2), max_size=2),
            "struct": st.fixed_dictionaries(
                {
                    "a": secrets,
                    "b": st.lists(secrets.map(lambda text: {"c": text.encode()}), max_size=2),
                }
            ),
            "n": st.integers(0, 3),
            "w": st.floats(0, 10),
        }
    ),
    min_size=1,
    max_size=8,
)


def everything(table: pa.Table) -> dict[str, object]:
    given = table["text"].to_pylist()[:1]
    return {
        "weight": "w",
        "slices": ["text", ("list", "n"), ("dictionary", "view"), "bytes", {"text": given}],
        "pairs": True,
    }


@given(rows)
def test_no_raw_string_is_left(rows: list[dict[str, object]]) -> None:
    table = pa.Table.from_pylist(rows, SCHEMA)
    options = everything(table)
    kept = zs.profile(table, **options)
    hashed = zs.profile(table, names="hashed", **options)
    assert SECRET.encode() in kept.to_bytes()
    for profile in (hashed, hashed + kept, kept + hashed, zs.Profile.from_bytes(hashed.to_bytes())):
        shown = [
            profile.to_bytes(),
            pickle.dumps(profile),
            str(profile.to_dict()).encode(),
            repr(profile).encode(),
        ]
        shown += [
            repr(profile["text"].weighted.top(100)).encode(),
            repr(list(profile.slices)).encode(),
        ]
        assert not any(SECRET.encode() in text for text in shown)
    assert hashed == kept
    assert hashed.digest == kept.digest
    assert [part.digest for part in hashed.slices.values()] != []
    assert {part.digest for part in hashed.slices.values()} == {
        part.digest for part in kept.slices.values()
    }


@given(rows, rows, rows)
def test_what_is_hidden_once_stays_hidden(
    a: list[dict[str, object]], b: list[dict[str, object]], c: list[dict[str, object]]
) -> None:
    first, second, third = (pa.Table.from_pylist(batch, SCHEMA) for batch in (a, b, c))
    options = {"weight": "w", "slices": ["text", "list"], "pairs": True}
    profile = zs.Profile()
    profile.update(first, **options)
    profile.update(second, names="hashed", **options)
    assert SECRET.encode() not in profile.to_bytes()
    profile.update(third, **options)
    assert SECRET.encode() not in profile.to_bytes()
    parts = [
        zs.profile(table, names=names, **options)
        for table, names in ((first, "kept"), (second, "hashed"))
    ]
    parts.append(zs.profile(third, **options))
    merged = [zs.merge(parts), zs.merge(reversed(parts)), parts[0] + (parts[2] + parts[1])]
    assert all(one.to_bytes() == merged[0].to_bytes() for one in merged)
    assert SECRET.encode() not in merged[0].to_bytes()
    assert merged[0].digest == profile.digest


def test_many_values_and_long_ones_are_hashed_too() -> None:
    names = pa.array([f"{SECRET}{i % 90_000}" for i in range(200_000)] + [SECRET * 1000] * 5000)
    profile = zs.profile({"s": names}, names="hashed")
    assert not profile["s"].distinct.exact
    assert SECRET.encode() not in profile.to_bytes()
    assert all(name.startswith("#") for name, _ in profile["s"].top(5))
