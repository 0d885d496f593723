"""A small gate with a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from dashboard.identity.accounts import Account
from dashboard.identity.gate import Gate
from pipelines.config.sign_in import SignIn
from pipelines.contract.areas import Area, AreaTree
from pipelines.registry.base import Registry
from pipelines.registry.sqlite import SqliteRegistry
from tests.log.conftest import redis_server

__all__ = ["redis_server"]

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
TREE = AreaTree.of(
    [Area("1", "city", "城", "City"), Area("11", "county", "东", "East", "1"), Area("12", "county", "西", "West", "1")]
)
PASSWORD = "correct horse battery"


@dataclass
class Hand:
    """A clock moved by hand."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)


def gate_on(registry: Registry, now: Callable[[], datetime]) -> Gate:
    """A gate with a hash that is quick."""
    gate = Gate(registry, now, TREE, SignIn())
    gate.accounts._hasher = QUICK
    gate.accounts._nobody = QUICK.hash("nobody")
    return gate


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def gate(hand: Hand) -> Gate:
    return gate_on(SqliteRegistry(None, hand.now), hand.now)


def person(gate: Gate, user: str = "li", role: str = "dispatcher", area: str = "11") -> Account:
    """Keep an account with the known password."""
    areas = frozenset() if role.endswith(("admin", "auditor")) else frozenset({area})
    hashed = gate.accounts.hashed(user, PASSWORD)
    return gate.accounts.save(Account(user=user, name=user, roles=frozenset({role}), areas=areas, password=hashed))
