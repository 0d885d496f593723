"""Reports taken while the log was away: kept in the registry under a token until the log is back."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

import msgspec

from pipelines.contract.civic import CivicReport, Contact
from pipelines.contract.scope import Scope, Viewer
from pipelines.errors import CitybrainError, LogError
from pipelines.node import Node

from ...gateway import Gateway

WAITING, SETTLED = "open311_waiting", "open311_token"
KEPT: Final = timedelta(days=90)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A report, with who sent it by which key."""

    report: CivicReport
    contact: Contact
    user: str
    roles: frozenset[str]
    areas: frozenset[str]
    unit: str | None
    session: str | None


class Waiting:
    """Take reports, at once or as soon as it can be."""

    def __init__(self, node: Node, gateway: Gateway) -> None:
        """Put reports through the gateway; keep in the registry those that cannot pass now."""
        self._node = node
        self._gateway = gateway
        self._registry = node.registry

    def take(self, report: CivicReport, contact: Contact, viewer: Viewer) -> tuple[str | None, str | None]:
        """Return the id of the case a report opened; or a token, where the log is away."""
        try:
            return self._put(report, contact, viewer), None
        except LogError:
            scope = viewer.scope
            kept = Kept(
                report=report, contact=contact, user=viewer.user, roles=viewer.roles, areas=scope.areas,
                unit=scope.unit, session=viewer.session,
            )  # fmt: skip
            token = secrets.token_urlsafe(24)
            self._registry.put(WAITING, token, msgspec.json.encode(kept), self._node.wall_clock.now() + KEPT)
            return None, token

    def find(self, token: str) -> tuple[bool, str | None]:
        """Tell whether a token is known, and which case came of it so far."""
        settled = self._registry.get(SETTLED, token)
        if settled is None and self._registry.get(WAITING, token) is None:
            return False, None
        return True, settled.decode() if settled else self._settle(token)

    def sweep(self) -> None:
        """Try everything again that waits, the oldest revision of it first."""
        for token in self._registry.all(WAITING):
            self._settle(token)

    def _settle(self, token: str) -> str | None:
        document = self._registry.get(WAITING, token)
        if document is None:
            return None
        kept = msgspec.json.decode(document, type=Kept)
        viewer = Viewer(kept.user, kept.roles, Scope(kept.areas, kept.unit), session=kept.session)
        try:
            case_id = self._put(kept.report, kept.contact, viewer)
        except CitybrainError:
            return None
        self._registry.put(SETTLED, token, case_id.encode(), self._node.wall_clock.now() + KEPT)
        self._registry.drop(WAITING, token)
        return case_id

    def _put(self, report: CivicReport, contact: Contact, viewer: Viewer) -> str:
        case_id: str = self._gateway.reports.take(report, viewer)["case_id"]
        self._node.contacts.keep(case_id, contact)
        return case_id
