"""What all tests of the Python package share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[2]

# Machines that test are busy: time says nothing about whether a law holds.
settings.register_profile("zeroskew", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zeroskew")


@pytest.fixture(scope="session")
def cpp_example() -> Callable[[str], Path]:
    """Where CMake put an example program; ZEROSKEW_EXAMPLES names another folder."""
    folders = [
        os.environ.get("ZEROSKEW_EXAMPLES", ""),
        ROOT / "build/dev/examples",
        ROOT / "build/examples",
    ]

    def find(name: str) -> Path:
        for folder in folders:
            if folder and (Path(folder) / name).exists():
                return Path(folder) / name
        pytest.skip("the C++ examples are not built")

    return find
