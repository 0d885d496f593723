"""Who knocks: a key's owner, or the public; never a browser's cookie, so that no foreign page can report."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Final

from fastapi import Request

from pipelines.contract.roles import may
from pipelines.contract.scope import Device, Scope, Viewer
from pipelines.node import Node

from ...identity.gate import Gate
from ...identity.rates import Rates, Rule
from .refusal import RequestRefused

RULES: Final = (Rule("GET", "/open311", 60, 240), Rule("POST", "/open311", 30, 60))
UNKNOWN: Final = "api_key was not provided or is not known here"


class Callers:
    """Tell who asks, and how often they may."""

    def __init__(self, node: Node, gate: Gate | None, rules: tuple[Rule, ...] = RULES) -> None:
        """Know keys by a gate; where nobody signs in, everyone on this machine is the local viewer."""
        self._gate = gate
        self._root = node.areas.root.id
        self._open = node.config.open311.public
        self._rates = Rates(rules)

    def reader(self, request: Request) -> Viewer:
        """Return who reads: the public where nobody needs a key; raise `RequestRefused`."""
        viewer = self._known(request, request.query_params.get("api_key"))
        if viewer and may(viewer.roles, "see"):
            return viewer
        if self._open:
            return Viewer("public", frozenset({"guest"}), Scope(frozenset({self._root})))
        raise RequestRefused(403, UNKNOWN)

    def sender(self, request: Request, api_key: str | None) -> Viewer:
        """Return who reports; raise `RequestRefused` without a key that may."""
        viewer = self._known(request, api_key)
        if viewer is None:
            raise RequestRefused(403, UNKNOWN)
        if not may(viewer.roles, "report"):
            raise RequestRefused(403, "api_key may not report; it needs a role that does, such as duty_officer")
        return viewer

    def knock(self, request: Request) -> None:
        """Count a request; raise `RequestRefused` where it is one too many."""
        if seconds := self._rates.wait(_address(request), request.method, request.url.path, time.monotonic()):
            raise RequestRefused(429, f"too many requests: wait {seconds} s")

    def _known(self, request: Request, api_key: str | None) -> Viewer | None:
        """Return whose key it is, None without one; raise `RequestRefused` for one that opens nothing."""
        if self._gate is None:
            found = request.scope.get("viewer")
            # outsiders have no part in a drill
            return replace(found, exercise=False) if isinstance(found, Viewer) else None
        kind, _, bearer = request.headers.get("authorization", "").partition(" ")
        key = bearer.strip() if kind.lower() == "bearer" else (api_key or "").strip()
        if not key:
            return None
        viewer = self._gate.recognise(key, None, None)
        if viewer is None:
            device = Device(_address(request), request.headers.get("user-agent", "")[:200])
            self._gate.denials.note(None, "open311 api_key", request.url.path, device)
            raise RequestRefused(403, UNKNOWN)
        return replace(viewer, device=Device(_address(request), viewer.name))


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"
