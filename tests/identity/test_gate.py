"""Who was let in is noticed to be gone within five seconds, on every node; a key has no more than its owner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dashboard.identity.accounts import AccountRefused
from dashboard.identity.gate import Gate
from dashboard.identity.sessions import name_of
from pipelines.registry.sqlite import SqliteRegistry

from .conftest import PASSWORD, Hand, gate_on, person

Ending = Callable[[Gate, str], object]
ENDINGS: dict[str, Ending] = {
    "revoked": lambda gate, token: gate.sessions.revoke(name_of(token)),
    "all of a user": lambda gate, _: gate.sessions.revoke_user("li"),
    "another password": lambda gate, _: gate.accounts.set_password("li", PASSWORD + " 2"),
    "disabled": lambda gate, _: gate.accounts.save(msgspec.structs.replace(gate.accounts.known("li"), disabled=True)),
    "another role": lambda gate, _: gate.accounts.save(
        msgspec.structs.replace(gate.accounts.known("li"), roles=frozenset({"inspector"}))
    ),
    "dropped": lambda gate, _: gate.accounts.drop("li"),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
def test_an_ended_session_is_noticed_by_every_node(tmp_path: Path, hand: Hand, ending: Ending) -> None:
    file = tmp_path / "registry.sqlite"
    here, there = (gate_on(SqliteRegistry(file, hand.now), hand.now) for _ in range(2))
    token = here.sessions.open(person(here))
    assert there.recognise(None, token, None) == here.recognise(None, token, None) is not None
    here.poll(), there.poll()
    ending(here, token)
    hand.pass_(seconds=1)
    assert there.poll() == here.poll() == [name_of(token)]
    assert there.recognise(None, token, None) is here.recognise(None, token, None) is None


def test_a_session_ends_idle_and_ends_at_last(gate: Gate, hand: Hand) -> None:
    idle, used = gate.sessions.open(person(gate)), gate.sessions.open(gate.accounts.known("li"))
    for _ in range(6):
        assert gate.recognise(None, used, None)
        hand.pass_(hours=1.9)
    assert gate.recognise(None, idle, None) is None
    assert gate.recognise(None, used, None)
    hand.pass_(hours=1)
    assert gate.recognise(None, used, None) is None


def test_the_registry_opens_no_session(gate: Gate) -> None:
    token = gate.sessions.open(person(gate))
    for session in gate.sessions.all():
        assert token not in str(session)
        assert gate.recognise(None, session.id, None) is None


def test_a_key_has_no_more_than_its_owner(gate: Gate, hand: Hand) -> None:
    owner = person(gate, area="11")
    for roles, areas in ((["shift_lead"], []), ([], ["12"]), ([], ["1"])):
        with pytest.raises(AccountRefused, match="li"):
            gate.keys.add(owner, "too much", roles, areas)
    token, key = gate.keys.add(owner, "feed", [], [], until=hand.now().replace(year=hand.now().year + 1))
    assert token.startswith("cbk_")
    viewer = gate.recognise(token, None, None)
    assert viewer
    assert viewer.roles == {"dispatcher"}
    assert viewer.scope.areas == {"11"}
    assert gate.recognise(token[:-1], None, None) is None
    gate.accounts.save(msgspec.structs.replace(owner, areas=frozenset({"12"})))
    hand.pass_(seconds=4)
    narrowed = gate.recognise(token, None, None)
    assert narrowed
    assert not narrowed.scope.areas, "what the owner lost the key lost too"
    gate.keys.revoke(key.id)
    assert gate.poll() == [key.id]
    assert gate.recognise(token, None, None) is None


def test_a_paired_wall_is_a_wall_for_ever(gate: Gate) -> None:
    token, device = gate.keys.admit("大屏1", "command", ["1"], "li")
    viewer = gate.recognise(None, None, token)
    assert viewer
    assert viewer.lens.masked
    assert viewer.on("desk").lens.masked
    gate.keys.revoke_device(device.id)
    assert gate.poll() == [device.id]
