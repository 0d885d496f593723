"""A node that tells: letters through their reader's own lens, signed posts, wishes kept by their owner."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dashboard.api import notifications, webhooks
from dashboard.cli import app
from dashboard.identity.accounts import Account, Accounts
from dashboard.identity.audit import Audit
from dashboard.identity.denials import Denials
from dashboard.identity.viewing import viewing
from dashboard.outgoing import wishes
from dashboard.outgoing.addressed import notifier
from dashboard.outgoing.outbox import Outbox, receiver
from pipelines.config import Config, load
from pipelines.config.webhooks import Mail, Notifications, Webhook
from pipelines.contract.events import (
    CaseClosed,
    CaseDirected,
    CaseDispatched,
    CaseFiled,
    CaseReported,
    CaseUrged,
    Event,
    to_table,
)
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.time import FrozenClock, SystemClock
from pipelines.errors import ConfigError
from pipelines.geography import Geography
from pipelines.node import Node

from .listener import listening
from .post_office import Office, post_office
from .test_webhooks import SECRET

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
GRID, COUNTY, ELSEWHERE = "360502001001001", "360502", "360521"
TITLE = "张三丰反映13812345678门前积水"


@cache
def geography() -> Geography:
    return Geography.load(load(pack="xinyu"))


@pytest.fixture
def office() -> Iterator[Office]:
    with post_office() as opened:
        yield opened


def config(port: int = 9, *hooks: Webhook) -> Config:
    mail = Mail(host="127.0.0.1", port=port, sender="brain@city.example", tls="none")
    told = Notifications(address="https://brain.city.example", private_addresses=True)
    return load(pack="xinyu").model_copy(update={"mail": mail, "notifications": told, "webhooks": hooks})


class Turned:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        """Return the moment it was turned to."""
        return self.at


class Town:
    """A node with people, on a clock that tests turn."""

    def __init__(self, settings: Config) -> None:
        self.clock = Turned()
        self.node = Node(settings, geography(), None, FrozenClock(NOON))
        self.node.wall_clock = self.clock  # type: ignore[assignment]
        self.accounts = Accounts(self.node.registry, self.clock.now)
        self.denials = Denials(Audit(self.node.registry, self.clock.now))
        self.number = 0
        self.units = [unit for (unit,) in self.node.warehouse.tuples("select unit_id from units order by 1 limit 2")]
        self.person("handler", "unit_handler", "360500", self.units[0])
        self.person("other", "unit_handler", "360500", self.units[1])
        self.person("lead", "shift_lead", COUNTY)
        self.person("far", "shift_lead", ELSEWHERE)
        self.notifier = notifier(self.node, self.accounts)

    def person(self, user: str, role: str, area: str, unit: str | None = None) -> None:
        roles, areas = frozenset({role}), frozenset({area})
        self.accounts.save(Account(user=user, name=user, roles=roles, areas=areas, unit=unit))

    def wish(self, user: str, **wished: Any) -> None:
        wishes.save(
            self.node.registry, user, {"email": f"{user}@city.example"} | wished, self.node.config.notifications
        )

    def happen(self, kind: type[Event], case: str = "c1", **values: Any) -> None:
        self.number += 1
        facts: dict[str, Any] = {
            "id": f"e{self.number}", "happened_at": self.clock.at, "received_at": self.clock.at, "source": "test",
            "area_id": GRID, "simulated": True, "case_id": case,
        }  # fmt: skip
        self.node.append(to_table([kind(**(facts | values))]))

    def case(self, case: str = "c1", priority: str = "normal") -> None:
        self.happen(
            CaseReported, case, category="CG0102", channel="grid", title=TITLE, priority=priority, actor="worker"
        )
        self.happen(CaseFiled, case, due_at=NOON + timedelta(hours=5))
        self.happen(CaseDispatched, case, unit_id=self.units[0], actor="dispatcher", note="查13812345678")

    def run(self, seconds: float = 3) -> None:
        until = self.clock.at + timedelta(seconds=seconds)
        while self.clock.at < until:
            self.clock.at += timedelta(seconds=self.notifier.step())


@pytest.fixture
def town(office: Office) -> Iterator[Town]:
    opened = Town(config(office.port))
    yield opened
    opened.node.close()


def test_a_letter_goes_to_whom_it_concerns_in_their_language(town: Town, office: Office) -> None:
    for user, language in (("handler", "en"), ("other", "zh"), ("lead", "zh"), ("far", "zh")):
        town.wish(user, language=language)
    town.run()
    town.case()
    town.run()
    town.run()
    ((to, letter),) = office.letters
    assert to == "handler@city.example"
    assert letter["subject"].startswith("[Xinyu] Dispatched: ")
    text = letter.get_content()
    assert "https://brain.city.example/desk?lang=en&case=c1" in text
    assert "Due: 2026-11-20 17:00" in text
    assert "查" not in text
    assert letter["message-id"].endswith("@city.example>")
    town.happen(CaseUrged, order_id="o1", to_unit_id=town.units[0])
    town.happen(CaseClosed)
    town.run()
    assert [to for to, _ in office.letters] == ["handler@city.example"] * 2


def test_what_a_reader_s_lens_hides_is_not_in_the_letter(town: Town, office: Office) -> None:
    town.accounts.save(
        Account(user="masked", name="m", roles=frozenset({"unit_head", "analyst"}), unit=town.units[1],
                areas=frozenset({"360500"}))
    )  # fmt: skip
    town.wish("masked")
    town.wish("other")
    town.run()
    town.case()
    # its unit has nothing to do with the case: it is out of sight, so nobody writes of it
    town.happen(CaseDirected, order_id="o1", to_unit_id="nobody", to_user="masked")
    town.run()
    assert office.letters == []


def test_the_night_is_one_letter_and_an_emergency_comes_at_once(town: Town, office: Office) -> None:
    town.wish("handler")
    town.run()
    town.clock.at = NOON.replace(hour=16)
    town.case("c1")
    town.case("c2")
    town.run()
    assert office.letters == []
    town.case("c3", priority="urgent")
    town.run()
    assert len(office.letters) == 1
    town.clock.at = NOON.replace(hour=22, minute=59) + timedelta(minutes=2)
    town.run()
    digest = office.letters[1][1]
    assert digest["subject"] == "[新余] 静默时段汇总：2 条"
    assert (digest.get_content().count("派遣："), len(office.letters)) == (2, 2)


def test_a_server_that_refuses_gets_it_later_and_once(town: Town, office: Office) -> None:
    town.wish("handler")
    town.run()
    office.refusing = 3
    town.case()
    town.run(200)
    assert len(office.letters) == 1
    town.run(200)
    assert len(office.letters) == 1


def test_a_crash_between_boxes_and_position_tells_nobody_twice(town: Town, office: Office) -> None:
    town.wish("handler")
    town.run()
    before = town.node.registry.get("position", "notifications")
    town.case()
    town.run()
    assert before is not None
    town.node.registry.put("position", "notifications", before)
    town.run()
    assert len(office.letters) == 1


def test_an_own_webhook_is_signed_with_its_owner_s_key(town: Town) -> None:
    with listening(lambda _path, _body: 200) as (url, heard):
        town.wish("handler", email="", webhook=url)
        town.run()
        town.case()
        town.run()
    ((_, headers, body),) = heard
    assert json.loads(body)["subject"].startswith("[新余] 派遣：")
    assert headers["webhook-signature"].startswith("v1,")


def test_the_door_keeps_wishes_of_their_owner(town: Town) -> None:
    server = FastAPI()
    server.include_router(notifications.router(town.node, town.accounts, town.denials))
    client = TestClient(server)

    def as_(user: str, *roles: str, seen_by: str | None = None) -> None:
        viewer = Viewer(user, frozenset(roles), Scope(frozenset()), seen_by=seen_by)
        server.dependency_overrides[viewing] = lambda: viewer

    as_("handler", "unit_handler")
    first = client.get("/api/me/notifications?lang=en").json()
    assert (first["wishes"]["quiet_from"], first["wishes"]["language"], first["mail"]) == ("22:00", "en", True)
    wished = {"email": "a@b.example", "webhook": "https://127.0.0.1/x", "kinds": ["case-urged"], "quiet": False}
    kept = client.put("/api/me/notifications", json=wished).json()["wishes"]
    assert kept["secret"].startswith("whsec_")
    assert client.put("/api/me/notifications", json=wished).json()["wishes"] == kept
    for wrong in (
        {"email": "a@b\nBcc: c@d.example"}, {"quiet_from": "25:00"}, {"kinds": ["x"]}, {"language": "fr"}, {"more": 1},
        {"webhook": "http://169.254.169.254/"}, {"webhook": "file:///etc/passwd"}, {"email": 3},
    ):  # fmt: skip
        assert client.put("/api/me/notifications", json=wished | wrong).status_code == 422, wrong
    as_("handler", "unit_handler", seen_by="admin")
    assert client.get("/api/me/notifications").json()["wishes"]["secret"] == ""
    as_("wall:1", "wall")
    assert client.get("/api/me/notifications").status_code == 403


def test_a_node_tells_a_webhook_what_it_may_hear_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", SECRET)
    with listening(lambda _path, _body: 200) as (url, heard):
        made = {"url": url, "secret_secret": "HOOK", "private_addresses": True}
        hooks = [
            Webhook(name="near", areas=(COUNTY,), kinds=("case-reported", "case-dispatched"), **made),
            Webhook(name="far", areas=(ELSEWHERE,), **made),
            Webhook(name="whole", persons=True, kinds=("case-reported",), **made),
        ]
        town = Town(config(9, *hooks))
        receivers = [receiver(town.node, hook) for hook in hooks]
        for one in receivers:
            one.step()
        town.case()
        town.happen(CaseReported, "drill", category="CG0102", channel="grid", exercise=True)
        for one in receivers:
            one.step()
        server = FastAPI()
        server.include_router(webhooks.router(town.node, town.denials))
        client = TestClient(server)
        told = {}
        for role in ("system_admin", "shift_lead"):
            viewer = Viewer("x", frozenset({role}), Scope(frozenset()))
            server.dependency_overrides[viewing] = lambda viewer=viewer: viewer
            told[role] = client.get("/api/webhooks")
            told[f"{role} pauses"] = client.post("/api/webhooks/near/pause")
            told[f"{role} resends"] = client.post("/api/webhooks/near/resend")
        noted = town.denials.last(), town.denials.last("deeds")
        town.node.close()
    events = [json.loads(body) for _, _, body in heard]
    assert [event["type"] for event in events] == [
        "citybrain.case-reported", "citybrain.case-dispatched", "citybrain.case-reported",
    ]  # fmt: skip
    masked = json.dumps(events[:2], ensure_ascii=False)
    assert "张三丰" not in masked
    assert "1381234" not in masked
    assert events[2]["data"]["title"] == TITLE
    assert told["shift_lead"].status_code == 403
    listed = {one["name"]: one for one in told["system_admin"].json()}
    assert {name: one["delivered"] for name, one in listed.items()} == {"near": 2, "far": 0, "whole": 1}
    assert SECRET not in told["system_admin"].text
    assert told["system_admin pauses"].json() == {"name": "near", "paused": True}
    assert told["system_admin resends"].json() == {"name": "near", "resent": 0}
    assert {told["shift_lead pauses"].status_code, told["shift_lead resends"].status_code} == {403}
    assert [len(entries) for entries in noted] == [3, 2]


def test_a_key_that_is_missing_stops_the_start_and_the_outbox_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = Webhook(name="one", url="https://x.example", secret_secret="NO_SUCH_KEY")
    town = Town(config(9, hook))
    with pytest.raises(ConfigError, match="NO_SUCH_KEY"):
        Outbox(town.node, town.accounts)
    monkeypatch.setenv("NO_SUCH_KEY", SECRET)
    outbox = Outbox(town.node, town.accounts)
    outbox.start()
    outbox.stop()
    town.node.close()


def test_the_command_lists_and_pauses(tmp_path: Path) -> None:
    site = tmp_path / "config.yaml"
    site.write_text("pack: xinyu\nwebhooks:\n  - {name: one, url: 'https://x.example/h', secret_secret: HOOK}\n")
    shared = ["--config", str(site), "--data", str(tmp_path / "var")]
    told = CliRunner().invoke(app, ["webhooks", *shared])
    assert told.output == "one  https://x.example/h  has not begun\n"
    assert CliRunner().invoke(app, ["webhooks", "--pause", "one", *shared]).exit_code != 0


def test_a_stuck_receiver_slows_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", SECRET)
    let_go = threading.Event()

    def answer(path: str, _body: bytes) -> int:
        if path == "/stuck":
            let_go.wait(20)
        return 200

    with listening(answer) as (url, heard):
        made = {"secret_secret": "HOOK", "private_addresses": True}
        hooks = [Webhook(name=name, url=f"{url}/{name}", **made) for name in ("stuck", "well")]
        town = Town(config(9, *hooks))
        town.node.wall_clock = SystemClock()
        for hook in hooks:
            receiver(town.node, hook).step()
            town.node.registry.drop("lease", f"webhook/{hook.name}")
        monkeypatch.setattr("dashboard.outgoing.lease.Lease.held", lambda _self: True)
        outbox = Outbox(town.node, None)
        outbox.start()
        begun = time.monotonic()
        for number in range(10):
            town.case(f"c{number}")
        while sum(path == "/well" for path, _, _ in heard) < 30 and time.monotonic() - begun < 10:
            time.sleep(0.02)
        waited = time.monotonic() - begun
        let_go.set()
        outbox.stop()
        town.node.close()
    assert sum(path == "/well" for path, _, _ in heard) == 30
    assert waited < 5
