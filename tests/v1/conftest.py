"""A city full of cases behind its real doors: open to this machine, or by a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard.app import build
from dashboard.identity.accounts import Account
from dashboard.identity.gate import Gate
from pipelines.config import load
from pipelines.config.sign_in import SignIn
from pipelines.contract.events import to_table
from pipelines.contract.time import FrozenClock
from pipelines.node import Node
from tests.lens.planted import HOUR, life

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
URL = "http://127.0.0.1"
Keyed = Callable[..., TestClient]


def city(sign_in: SignIn | None) -> Iterator[Node]:
    config = load(pack="xinyu").model_copy(update={"sign_in": sign_in})
    with Node.open(config, clock=FrozenClock(NOW)) as node:
        node.append(to_table(event for number in range(48) for event in life(number, NOW - 30 * HOUR)))
        node.start()
        yield node


@pytest.fixture(scope="package")
def open_city() -> Iterator[Node]:
    yield from city(None)


@pytest.fixture(scope="package")
def guarded_city() -> Iterator[Node]:
    yield from city(SignIn())


@pytest.fixture(scope="package")
def open_server(open_city: Node) -> FastAPI:
    return build(open_city, "t" * 32)


@pytest.fixture(scope="package")
def guarded_server(guarded_city: Node) -> FastAPI:
    return build(guarded_city, "t" * 32)


@pytest.fixture
def local(open_server: FastAPI) -> TestClient:
    return TestClient(open_server, base_url=URL)


@pytest.fixture(scope="package")
def token(guarded_city: Node) -> Callable[..., str]:
    """Keep an account of one role and hand out a key of its."""
    gate = Gate(guarded_city.registry, guarded_city.wall_clock.now, guarded_city.areas, SignIn())
    hashed = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash("correct horse battery")

    def made(role: str, area: str, unit: str | None = None) -> str:
        user = f"{role}-{area}"
        account = Account(
            user=user, name=user, roles=frozenset({role}), areas=frozenset({area}), unit=unit, password=hashed
        )  # fmt: skip
        return gate.keys.add(gate.accounts.save(account), f"program of {user}", [], [])[0]

    return made


@pytest.fixture
def keyed(guarded_server: FastAPI, token: Callable[..., str]) -> Keyed:
    def made(role: str, area: str, unit: str | None = None) -> TestClient:
        bearer = {"authorization": f"Bearer {token(role, area, unit)}"}
        return TestClient(guarded_server, base_url=URL, headers=bearer)

    return made
