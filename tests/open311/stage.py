"""A small city behind its Open311 doors, with keys, and a client for each who knocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from xml.etree.ElementTree import Element

from argon2 import PasswordHasher
from defusedxml import ElementTree
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from dashboard.api import contacts, open311
from dashboard.gateway import Gateway
from dashboard.identity.access import Access
from dashboard.identity.accounts import Account
from dashboard.identity.gate import Gate
from dashboard.identity.rates import Rule
from pipelines.config import Config, load
from pipelines.config.sign_in import SignIn
from pipelines.contract.events import (
    CaseClosed,
    CaseDispatched,
    CaseFiled,
    CaseHandled,
    CaseReported,
    CaseSigned,
    Event,
    to_table,
)
from pipelines.contract.time import FrozenClock
from pipelines.node import Node

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
ROOT, GRID, POINT = "360500", "360502001001001", (114.91361, 27.81719)
HOUR = timedelta(hours=1)
AUDITED = list[tuple[str, str, str, str]]


@dataclass
class Stage:
    """The city, who may knock, and what its audit heard."""

    node: Node
    gate: Gate
    client: TestClient
    heard: AUDITED

    @classmethod
    def open(cls, config: Config, rules: tuple[Rule, ...] = (), now: datetime = NOW, node: Node | None = None) -> Self:
        """Open a city behind its doors."""
        node = node or Node.open(config, clock=FrozenClock(now))
        gate = Gate(node.registry, node.wall_clock.now, node.areas, SignIn())
        gate.accounts._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        heard: AUDITED = []
        gateway = Gateway(node, audit=lambda viewer, act, what, where, _: heard.append((viewer.user, act, what, where)))
        server = FastAPI()
        server.include_router(open311.router(node, gateway, gate, rules))
        server.include_router(contacts.router(gateway))
        server.add_middleware(Access, local=None, gate=gate)
        return cls(node, gate, TestClient(server), heard)

    def key(self, role: str = "duty_officer", *areas: str, unit: str | None = None) -> str:
        """Make a key of an account with a role."""
        account = Account(
            user=f"{role}-{len(self.gate.keys.all())}", name=role, roles=frozenset({role}),
            areas=frozenset(areas or (self.node.areas.root.id,)), unit=unit,
        )  # fmt: skip
        self.gate.accounts.save(account)
        return self.gate.keys.add(account, role, (), ())[0]

    def get(self, path: str, **query: Any) -> Response:
        """Ask a door under ``/open311/v2/``."""
        return self.client.get(f"/open311/v2/{path}", params=query)

    def post(self, form: str = "json", /, **body: Any) -> Response:
        """Report, as a form."""
        return self.client.post(f"/open311/v2/requests.{form}", data=body)

    def add(self, events: Iterable[Event]) -> None:
        """Let things happen."""
        self.node.append(to_table(events))


def xinyu(**changes: Any) -> Config:
    """Return the configuration of 新余, its Open311 doors changed."""
    config = load(pack="xinyu")
    return config.model_copy(update={"open311": config.open311.model_copy(update=changes)})


def life(number: int, steps: int = 6, category: str = "CG0102", **changes: Any) -> list[Event]:
    """Return the first steps of a case that was reported so many hours ago."""
    start, name = NOW - number * HOUR, f"test:{number}"
    unit = changes.pop("unit", "U093")
    shared: dict[str, Any] = {
        "received_at": start, "source": "test", "area_id": GRID, "case_id": name, "simulated": True, "actor": "canary",
    } | changes  # fmt: skip

    def at(step: int) -> dict[str, Any]:
        return shared | {"id": f"{name}:{step}", "happened_at": start + step * timedelta(minutes=5)}

    lon, lat = POINT
    whole: list[Event] = [
        CaseReported(**at(0), category=category, category_group=category[:4], channel="grid", priority="normal",
                     title=f"案件{number}", address="仙来大道8号", lon=lon, lat=lat),
        CaseFiled(**at(1), due_at=start + 4 * HOUR),
        CaseDispatched(**at(2), unit_id=unit),
        CaseSigned(**at(3)),
        CaseHandled(**at(4)),
        CaseClosed(**at(5)),
    ]  # fmt: skip
    return whole[:steps]


def rows(answer: Response) -> list[dict[str, str]]:
    """Return the entries of an XML answer, by their elements' names."""
    return [{cell.tag: cell.text or "" for cell in entry} for entry in xml(answer)]


def xml(answer: Response) -> Element:
    """Return an XML answer's root."""
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.text.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    root: Element = ElementTree.fromstring(answer.content)
    return root


def ids(answer: Response) -> list[str]:
    """Return which requests a JSON answer tells of."""
    assert answer.status_code == 200, answer.text
    return [row["service_request_id"].removeprefix("test:") for row in answer.json()]
