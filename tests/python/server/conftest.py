"""Policies for the tests of the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from serving import Client, Server

import zeroskew as zs


def rides(rows: int = 500, seed: int = 1, shift: float = 0.0) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    return {
        "fare": random.gamma(2.0, 6.0, rows) + shift,
        "hour": random.integers(0, 24, rows),
        "kind": random.choice(["cash", "card", "free"], rows, p=[0.5, 0.4, 0.1]),
    }


def make(seed: int = 1, **more: Any) -> zs.Policy:
    data = rides(seed=seed)
    steps = [
        zs.Standardize("fare"),
        zs.GaussianNoise("fare", std=0.5, always=True),
        zs.OneHot("kind", unknown=more.pop("unknown", "ignore")),
    ]
    baseline = zs.profile(data)
    return zs.Policy(
        schema=zs.infer_schema(baseline),
        pipeline=zs.Pipeline(steps, seed=seed).fit(data),
        baseline=baseline,
        sample=data,
        when="2026-01-02T03:04:05Z",
        **more,
    )


@pytest.fixture(scope="session")
def policy() -> zs.Policy:
    return make()


@pytest.fixture(scope="session")
def other() -> zs.Policy:
    return make(2)


@pytest.fixture
def start(tmp_path: Path, policy: zs.Policy) -> Iterator[Callable[..., Server]]:
    """Starts servers of a policy with a store of their own; all end with the test."""
    servers: list[Server] = []

    def started(
        *arguments: Any, serve: zs.Policy | None = policy, store: str = "store", **more: Any
    ) -> Server:
        given = ["--store", tmp_path / store]
        if serve is not None:
            serve.save(tmp_path / "policy.json")
            given += ["--policy", tmp_path / "policy.json"]
        servers.append(Server(*given, *arguments, **more))
        return servers[-1]

    yield started
    for server in servers:
        with server:
            pass


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, policy: zs.Policy) -> Iterator[Server]:
    """One server for the tests that change nothing."""
    path = tmp_path_factory.mktemp("shared") / "policy.json"
    policy.save(path)
    with Server(
        "--policy", path, "--max-rows", "1000", "--max-body", "200000", "--request-time", "500"
    ) as server:
        yield server


@pytest.fixture
def client(shared: Server) -> Iterator[Client]:
    one = shared.client()
    yield one
    one.close()
