"""Ray Data gives the single machine's digest."""

from collections.abc import Iterator
from typing import Any

import pytest
import ray
import ray.data
from data import OPTIONS, TABLE, parts

import zeroskew as zs
from zeroskew.engines import ray as adapter

# Ray warns about itself; what it says is not ours to judge.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    ray.init(
        num_cpus=2, include_dashboard=False, object_store_memory=200 << 20, log_to_driver=False
    )
    yield
    ray.shutdown()


@pytest.mark.parametrize("options", [{}, OPTIONS])
def test_datasets(options: dict[str, Any]) -> None:
    dataset = ray.data.from_arrow(parts(4))
    assert (
        adapter.profile(dataset, batch_size=700, **options).digest
        == zs.profile(TABLE, **options).digest
    )
