"""Webhooks: signed, in order, at least once, by one node alone; what fails waits, then is laid aside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.outgoing import signing
from dashboard.outgoing.lease import Lease
from dashboard.outgoing.receiver import DEAD, Progress, Receiver, pause, progress, resend
from dashboard.outgoing.sender import Outcome, Sender
from dashboard.outgoing.target import TargetRefused, target
from pipelines.config.webhooks import Webhook
from pipelines.errors import ConfigError
from pipelines.registry.sqlite import SqliteRegistry

from .listener import listening

START = datetime(2026, 11, 20, 6, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OK, BROKEN = Outcome(True, "status 200"), Outcome(False, "status 500")


class World:
    """A log, a clock and a registry that tests turn by hand."""

    def __init__(self) -> None:
        self.now = START
        self.registry = SqliteRegistry(None, lambda: self.now)
        self.rows: list[dict[str, Any]] = []
        self.sent: list[tuple[datetime, str]] = []
        self.answers: Any = lambda _event: OK

    def tell(self, case: str | None, count: int = 1) -> None:
        for _ in range(count):
            seq = len(self.rows) + 1
            self.rows.append({
                "seq": seq, "id": f"e{seq}", "kind": "case-urged", "happened_at": START, "received_at": START,
                "source": "s", "area_id": "a", "case_id": case, "note": None,
            })  # fmt: skip

    def post(self, _url: str, body: bytes, _headers: dict[str, str]) -> Outcome:
        event = json.loads(body)["id"]
        outcome: Outcome = self.answers(event)
        self.sent.append((self.now, event))
        return outcome

    def receiver(self, **changes: Any) -> Receiver:
        given = {"name": "one", "url": "https://x.example/h", "secret_secret": "KEY"} | changes
        post = given.pop("post", self.post)
        return Receiver(
            Webhook(**given), signing.key_of(SECRET, "KEY"), self.registry,
            lambda after, limit: [row for row in self.rows if row["seq"] > after][:limit], lambda _row: True,
            lambda: len(self.rows), post, lambda: self.now, "360500", random.Random(7).random,
        )  # fmt: skip

    def state(self) -> Progress:
        found = progress(self.registry, "one")
        assert found
        return found

    def run(self, one: Receiver, seconds: float, every: float = 1.0) -> None:
        until = self.now + timedelta(seconds=seconds)
        while self.now < until:
            if one.step():
                self.now += timedelta(seconds=every)

    def got(self) -> list[str]:
        return [event for _, event in self.sent if self.answers(event).is_delivered]


@pytest.fixture
def world() -> World:
    return World()


def test_a_webhook_hears_signed_cloud_events_from_when_it_began(world: World) -> None:
    world.tell("before")
    with listening(lambda _path, _body: 204) as (url, heard):
        one = world.receiver(url=f"{url}/hook?a=1", post=Sender(private=True).post)
        one.step()
        world.tell("案1", 2)
        world.run(one, 2)
    assert [json.loads(body)["id"] for _, _, body in heard] == ["e2", "e3"]
    path, headers, body = heard[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.digest(bytes(range(32)), signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    assert (path, headers["content-type"]) == ("/hook?a=1", "application/cloudevents+json")
    event = json.loads(body)
    assert {name: event[name] for name in ("specversion", "type", "subject", "source", "time")} == {
        "specversion": "1.0", "type": "citybrain.case-urged", "subject": "案1", "source": "urn:citybrain:360500:s",
        "time": "2026-11-20T06:00:00Z",
    }  # fmt: skip
    assert "note" not in event["data"]
    assert event["data"]["case_id"] == "案1"
    assert abs(int(headers["webhook-timestamp"]) - START.timestamp()) < 5
    assert (world.state().position, world.state().delivered) == (3, 2)


def test_a_published_example_of_the_scheme() -> None:
    key = signing.key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "KEY")
    moment = datetime.fromtimestamp(1614265330, UTC)
    told = signing.headers(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", moment, b'{"test": 2432232314}')
    assert told["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    for wrong in ("", "whsec_***", "whsec_YQ=="):
        with pytest.raises(ConfigError, match="KEY"):
            signing.key_of(wrong, "KEY")


def test_what_fails_waits_longer_each_time_and_holds_only_its_own_case(world: World) -> None:
    one = world.receiver()
    one.step()
    world.answers = lambda event: BROKEN if event == "e1" else OK
    for case in ("bad", "good", "bad", "good", None):
        world.tell(case)
    world.run(one, 300)
    assert world.got() == ["e2", "e4", "e5"]
    tries = [at for at, event in world.sent if event == "e1"]
    pauses = [(b - a).total_seconds() for a, b in itertools.pairwise(tries)]
    assert len(pauses) >= 3
    for number, pause_ in enumerate(pauses):
        assert 0.5 * 5 * 2**number - 1 <= pause_ <= 1.5 * 5 * 2**number + 2
    world.answers = lambda _event: OK
    world.run(one, 600)
    order = [event for _, event in world.sent]
    assert order.index("e3") > max(at for at, event in enumerate(order) if event == "e1")
    assert (world.state().waiting, world.state().position) == ([], 5)


def test_a_receiver_that_is_down_is_knocked_at_by_one_fact_alone(world: World) -> None:
    one = world.receiver()
    one.step()
    world.answers = lambda _event: BROKEN
    for number in range(500):
        world.tell(f"c{number}")
    world.run(one, 600)
    assert len({event for _, event in world.sent}) == 5
    assert len(world.sent) < 60
    assert world.state().position == 5
    world.answers = lambda _event: OK
    world.run(one, 3600)
    assert sorted(set(world.got())) == sorted(f"e{number}" for number in range(1, 501))


def test_what_never_gets_through_is_laid_aside(world: World) -> None:
    one = world.receiver(give_up_days=1)
    one.step()
    world.answers = lambda event: BROKEN if event == "e1" else OK
    world.tell("bad", 2)
    world.run(one, 26 * 3600, every=60)
    assert (world.got(), world.state().laid_aside, world.state().waiting) == (["e2"], 1, [])
    ((_, letter),) = world.registry.read(f"{DEAD}/one", 0, 9)
    assert json.loads(letter)["id"] == "e1"


@pytest.mark.parametrize("meanwhile", [False, True])
def test_what_was_laid_aside_is_taken_up_again_once_somebody_asks(world: World, meanwhile: bool) -> None:
    one = world.receiver(give_up_days=1)
    one.step()
    world.answers = lambda event: BROKEN if event in ("e1", "e3") else OK
    for case in ("bad", "good", "worse"):
        world.tell(case)
    world.run(one, 26 * 3600, every=60)
    assert world.got() == ["e2"]
    world.answers, before = (lambda _event: OK), len(world.sent)
    if meanwhile:
        # while the receiver is at work, between its reading and its writing
        world.tell("next")

        def post(url: str, body: bytes, headers: dict[str, str]) -> Outcome:
            resend(world.registry, "one", world.now)
            return world.post(url, body, headers)

        one._post = post
        one.step()
        one._post = world.post
    else:
        assert resend(world.registry, "one", world.now) == 2
        assert resend(world.registry, "one", world.now) == 0
    world.run(one, 60)
    assert sorted(event for _, event in world.sent[before:]) == ["e1", "e3"] + ["e4"] * meanwhile
    assert (world.state().waiting, world.state().laid_aside, world.state().failures) == ([], 2, 0)
    assert resend(world.registry, "other", world.now) is None


def test_gone_pauses_and_someone_lets_it_go_on(world: World) -> None:
    one = world.receiver()
    one.step()
    world.answers = lambda _event: Outcome(False, "status 410", is_gone=True)
    world.tell("a", 2)
    world.run(one, 60)
    assert world.state().paused
    assert len(world.sent) == 1
    world.answers = lambda _event: OK
    assert pause(world.registry, "one", paused=False)
    assert not pause(world.registry, "other", paused=True)
    world.run(one, 60)
    assert world.got()[-2:] == ["e1", "e2"]
    assert not world.state().paused


@settings(max_examples=40, deadline=None)
@given(
    cases=st.lists(st.sampled_from(["a", "b", "c", None]), max_size=20),
    fails=st.sets(st.tuples(st.integers(1, 20), st.integers(0, 3))),
    crashes=st.sets(st.integers(0, 40)),
)
def test_nothing_is_lost_and_each_case_keeps_its_order(
    cases: list[str | None], fails: set[tuple[int, int]], crashes: set[int]
) -> None:
    world = World()
    world.receiver().step()
    tries: dict[str, int] = {}
    got: list[str] = []

    def answer(_url: str, body: bytes, _headers: dict[str, str]) -> Outcome:
        event = json.loads(body)["id"]
        tries[event] = tries.get(event, -1) + 1
        if (int(event[1:]), tries[event]) in fails:
            return BROKEN
        got.append(event)
        return OK

    for case in cases:
        world.tell(case)
    one = world.receiver(post=answer)
    for number in range(400):
        if number in crashes:
            one = world.receiver(post=answer)
        world.now += timedelta(seconds=one.step() or 1)
    assert set(got) == {row["id"] for row in world.rows}
    for case in ("a", "b", "c"):
        mine = [event for event in dict.fromkeys(got) if world.rows[int(event[1:]) - 1]["case_id"] == case]
        assert mine == sorted(mine, key=lambda event: int(event[1:]))


def test_of_many_nodes_one_sends_and_another_goes_on_when_it_dies(world: World) -> None:
    leases = [Lease(world.registry, lambda: world.now, "task") for _ in range(3)]
    holders = []
    for second in range(120):
        world.now = START + timedelta(seconds=second)
        alive = leases if second < 60 else leases[1:]
        holders.append([at for at, lease in enumerate(leases) if lease in alive and lease.held()])
    assert all(len(held) <= 1 for held in holders)
    assert holders[:60] == [[0]] * 60
    later = [held for held in holders[60:] if held]
    assert len(later) >= 120 - 60 - 30
    assert len({tuple(held) for held in later}) == 1
    leases[later[0][0]].release()
    other = next(lease for lease in leases[1:] if lease is not leases[later[0][0]])
    assert other.held()


@pytest.mark.parametrize(
    ("url", "addresses", "private", "allowed"),
    [
        ("https://a.example/x", ["93.184.215.14"], False, True),
        ("http://a.example/x", ["93.184.215.14"], False, False),
        ("https://a.example/x", ["93.184.215.14", "10.0.0.1"], False, False),
        ("https://a.example/x", ["10.0.0.1"], True, True),
        ("http://a.example/x", ["10.0.0.1"], True, False),
        ("http://localhost:9/x", ["127.0.0.1"], True, True),
        ("https://localhost/x", ["127.0.0.1"], False, False),
        ("https://a.example/x", ["169.254.169.254"], True, False),
        ("https://a.example/x", ["::ffff:169.254.169.254"], True, False),
        ("https://a.example/x", ["64:ff9b::a00:1"], False, False),
        ("https://a.example/x", ["fe80::1%eth0"], True, False),
        ("https://a.example/x", ["0.0.0.0"], True, False),
        ("https://user:pass@a.example/x", ["93.184.215.14"], False, False),
        ("ftp://a.example/x", ["93.184.215.14"], True, False),
        ("https://a.example/x", [], True, False),
    ],
)
def test_where_nothing_is_posted(url: str, addresses: list[str], private: bool, allowed: bool) -> None:
    if allowed:
        found = target(url, private=private, resolve=lambda _name, _port: addresses)
        assert addresses[0] in found.url
        assert found.name in url
    else:
        with pytest.raises(TargetRefused):
            target(url, private=private, resolve=lambda _name, _port: addresses)


def test_redirects_are_not_followed_and_nothing_breaks_the_sender() -> None:
    with listening(lambda _path, _body: (307, {"location": "/elsewhere"})) as (url, heard):
        sender = Sender(private=True, seconds=0.3)
        outcome = sender.post(f"{url}/a", b"{}", {})
        assert (outcome.is_delivered, outcome.told, len(heard)) == (False, "status 307", 1)
    with listening(lambda _path, _body: (503, {"retry-after": "120"})) as (url, _):
        assert sender.post(url, b"{}", {}).wait == 120
        assert not Sender(private=False).post(url, b"{}", {}).is_delivered
    for nowhere in (url, "https://", "nonsense", "http://[", "https://a.example:99999/"):
        assert not sender.post(nowhere, b"{}", {}).is_delivered
