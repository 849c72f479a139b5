"""What the engines' adapters have in common; each engine's own tests are in tests/engines."""

import pytest

import zeroskew as zs
from zeroskew.engines import merged, required, state_of


def test_a_missing_engine_is_named() -> None:
    with pytest.raises(zs.Error) as caught:
        required("no_such_engine", "no-such-engine")
    assert (caught.value.id, caught.value.where) == ("python.package_missing", "no_such_engine")
    assert "pip install 'no-such-engine'" in str(caught.value)


def test_states_of_parts_merge_to_the_whole() -> None:
    table = {"x": list(range(100)), "s": [f"{i % 7}" for i in range(100)]}
    options = {"slices": "s"}
    parts = [
        {name: cells[start : start + 30] for name, cells in table.items()}
        for start in range(0, 100, 30)
    ]
    whole = zs.profile(table, **options)
    assert (
        merged(state_of(part, options) for part in reversed(parts)).to_bytes() == whole.to_bytes()
    )
    assert merged([]) == zs.Profile()
