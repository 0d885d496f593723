"""Knock at the real doors as somebody, and note whatever an answer tells that it must not."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from dashboard.app import build
from dashboard.identity.accounts import Account
from dashboard.identity.gate import Gate
from dashboard.identity.reporters import Reporters
from pipelines.config.sign_in import SignIn
from pipelines.contract.roles import ADMINS
from pipelines.node import Node
from tests.lens.oracle import Person, load_tree, places
from tests.lens.planted import TAG, tag

URL, PASSWORD = "http://127.0.0.1", "correct horse battery"
UNHEARD = "tag-unheard-of"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class Site:
    """The real application over a city, and the people who may sign in to it."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.server: FastAPI = build(node, "t" * 32)
        self._gate = Gate(node.registry, node.wall_clock.now, node.areas, SignIn())
        self._hashed = QUICK.hash(PASSWORD)
        self._brought: dict[str, dict[str, str]] = {}

    @contextmanager
    def opened(self) -> Iterator[TestClient]:
        with TestClient(self.server, base_url=URL, raise_server_exceptions=False) as client:
            yield client

    def brings(self, person: Person) -> dict[str, str]:
        """Return the headers of somebody's requests: a session's or a device's cookie, or a reporter's link."""
        if person.user not in self._brought:
            self._brought[person.user] = self._enter(person)
        more = {"citybrain-exercise": "1"} if person.exercise and person.case is None else {}
        if person.on_wall:
            more["citybrain-screen"] = "wall"
        return {"citybrain-request": "1"} | self._brought[person.user] | more

    def _enter(self, person: Person) -> dict[str, str]:
        if person.case is not None:
            reporters = Reporters(self.node.registry, self.node.wall_clock.now, load_tree().root.id)
            return {"citybrain-reporter": reporters.link(tag(person.case), exercise=person.exercise)[0]}
        if person.role in {"wall", "guest"}:
            token, _ = self._gate.keys.admit(person.user, "command", person.areas, "test", role=person.role)
            return {"cookie": f"citybrain-device={token}"}
        areas = frozenset() if person.role in ADMINS else person.areas
        self._gate.accounts.save(
            Account(
                user=person.user, name=person.user, roles=frozenset({person.role}), areas=areas, unit=person.unit,
                password=self._hashed,
            )
        )  # fmt: skip
        # each from an address of their own: one address may not try so often
        address = f"10.1.{len(self._brought) // 250}.{len(self._brought) % 250}"
        asked = {"user": person.user, "password": PASSWORD}
        answer = TestClient(self.server, base_url=URL, client=(address, 1)).post(
            "/api/sign-in", json=asked, headers={"citybrain-request": "1"}
        )
        assert answer.status_code == 200, answer.text
        return {"cookie": f"citybrain={answer.cookies['citybrain']}"}


@dataclass
class Look:
    """One person's tries, and what was wrong with the answers."""

    person: Person
    client: TestClient
    headers: dict[str, str]
    chance: random.Random
    tried: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    door: str = ""

    def ask(self, method: str, path: str, area: str | None = None, **sent: Any) -> Response:
        """Knock; whatever the answer holds must be for this person, and of the area that was asked for."""
        self.tried[self.door] += 1
        headers = self.headers | sent.pop("headers", {})
        answer: Response = self.client.request(method, path, headers=headers, **sent)
        kind = answer.headers.get("content-type", "")
        said = answer.text if kind.startswith(("application/json", "text/")) else ""
        if answer.status_code >= 400:
            # a refusal names what was asked for, whether or not it is there
            for named in TAG.finditer(f"{path} {sent}"):
                said = said.replace(named[0], "")
        if leak := self.person.leaks(said, area):
            self.note(f"told {leak}")
        if answer.status_code >= 500:
            self.note(f"broke: {said[:200]}")
        return answer

    def expect(self, allowed: bool, method: str, path: str, area: str | None = None, **sent: Any) -> Response | None:
        """Knock where somebody is let in or is not; return the answer of who is."""
        answer = self.ask(method, path, area, **sent)
        is_in = answer.status_code == 200
        if is_in is not allowed:
            self.note(f"{'let in' if is_in else 'kept out'} ({answer.status_code}) {path} {answer.text[:120]}")
        return answer if is_in and allowed else None

    def unheard(self, method: str, path: str, case: str, unknown: str = UNHEARD, **sent: Any) -> None:
        """Knock for something unseen: the answer is the one for what nobody heard of."""
        found, none = (self.ask(method, path.format(one), **_fresh(sent)) for one in (case, unknown))
        self.tried[self.door] -= 1
        if found.status_code == 200 or (
            (found.status_code, found.text.replace(case, unknown)) != (none.status_code, none.text)
        ):
            self.note(f"of the unseen {case}: {found.status_code} {found.text[:120]}, not {none.text[:120]}")

    def note(self, what: str) -> None:
        self.wrong.append(f"{self.door}: {self.person.user}{' (drill)' if self.person.exercise else ''}: {what}")

    def skips(self, share: float) -> bool:
        """Tell whether to pass a door by, at which others have tried already."""
        return bool(self.tried[self.door]) and self.chance.random() < share

    def areas(self) -> list[str]:
        """Return an area of the person's own and one that is not, where there is one."""
        own = [area for area in places() if self.person.within(area)]
        other = [area for area in places() if not self.person.within(area)]
        return [self.chance.choice(some) for some in (own, other) if some]


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def _fresh(sent: dict[str, Any]) -> dict[str, Any]:
    return sent | ({"headers": sent["headers"] | key()} if "Idempotency-Key" in sent.get("headers", {}) else {})
