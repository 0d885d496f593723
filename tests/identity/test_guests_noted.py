"""Who asked a guest in, and which phone came, stands in the audit before either happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard.api import guests
from dashboard.identity.audit_search import Wanted, newest
from dashboard.identity.gate import Gate
from dashboard.identity.guests import Guests
from pipelines.contract.scope import Device, Scope, Viewer
from pipelines.errors import RegistryError

from .conftest import Hand

LEAD = Viewer("lead", frozenset({"shift_lead"}), Scope(frozenset({"1"})))


def client(gate: Gate, hand: Hand, noted: Callable[..., object]) -> TestClient:
    server = FastAPI()
    kept = Guests(gate.accounts._registry, hand.now)
    server.include_router(guests.router(kept, lambda _viewer, _room: frozenset({"1"}), lambda *_: None, noted))

    async def inside(scope: dict[str, object], receive: object, send: object) -> None:
        scope["viewer"], scope["device"] = LEAD, Device("10.0.0.9", "phone")
        await server(scope, receive, send)  # type: ignore[arg-type]

    return TestClient(inside)  # type: ignore[arg-type]


def test_an_invitation_and_who_follows_it_are_noted(gate: Gate, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets: list[str] = []
    invite = Guests.invite

    def told(self: Guests, by: str, room: str, areas: frozenset[str]) -> object:
        ticket, invitation = invite(self, by, room, areas)
        tickets.append(ticket)
        return ticket, invitation

    monkeypatch.setattr(Guests, "invite", told)

    def note(viewer: Viewer | None, what: str, room: str, detail: object, device: Device | str = "") -> object:
        return gate.audit.note(viewer, "pairing", what, room, detail, device)

    asked = client(gate, hand, note)
    assert asked.post("/api/guests", json={"room": "command"}).status_code == 200
    assert asked.post("/api/guests/join", json={"ticket": tickets[0], "name": "Wang"}).status_code == 200
    found = newest(gate.audit.registry, Wanted(acts=frozenset({"pairing"}))).entries
    assert [(one.what, one.where, one.user, one.address) for one in found] == [
        ("join", "command", None, "10.0.0.9"), ("invite", "command", "lead", ""),
    ]  # fmt: skip
    assert found[0].detail == {"invited_by": "lead", "name": "Wang"}


def test_whom_nobody_can_note_is_not_invited(gate: Gate, hand: Hand) -> None:
    def note(*_: object) -> object:
        raise RegistryError("away")

    with pytest.raises(RegistryError):
        client(gate, hand, note).post("/api/guests", json={"room": "command"})
    assert gate.audit.registry.all("invitations") == {}
