"""The audit is one chain: nothing in it can be changed unseen, however many write to it."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.identity.audit import ACTS, AUDIT, START, Audit, Head
from dashboard.identity.audit_search import Page, Wanted, following, newest
from dashboard.identity.proof import HEAD, head_of, prove
from pipelines.contract.scope import Device, Scope, Viewer
from pipelines.errors import CitybrainError, RegistryError
from pipelines.registry.base import Registry
from pipelines.registry.redis import RedisRegistry
from pipelines.registry.sqlite import SqliteRegistry

from .conftest import Hand

LI = Viewer(
    "li", frozenset({"dispatcher"}), Scope(frozenset({"11"})), "李", "desk", "f" * 64,
    device=Device("10.0.0.7", "Firefox", "desk"),
)  # fmt: skip
NOTES = 12


def audit_of(notes: int, registry: Registry | None = None) -> Audit:
    hand = Hand(datetime(2026, 11, 20, tzinfo=UTC))
    audit = Audit(registry or SqliteRegistry(None), hand.now)
    for number in range(1, notes + 1):
        hand.pass_(minutes=1)
        audit.note(LI, ACTS[number % len(ACTS)], f"what {number}", f"case {number}", detail={"n": number, "名": [1.5]})
    return audit


WHOLE = audit_of(NOTES)
LINES = [line for _, line in WHOLE.registry.read(AUDIT, 0, NOTES)]
HEADS = [Head(n, json.loads(line)["hash"]) for n, line in enumerate(LINES, 1)]


def stored(lines: list[bytes | None], *, counted: bool = False) -> Registry:
    """Keep lines as somebody left them who holds the file in their hands; None: a row that is gone."""
    registry = SqliteRegistry(None)
    for number, line in enumerate(lines, 1):
        if line is not None:
            registry._ask("insert into entries values (?, ?, ?)", AUDIT, number, line)
    count = NOTES if counted else sum(line is not None for line in lines)
    registry._ask("insert into revisions values (?, ?)", AUDIT, count)
    return registry


def test_an_entry_says_who_what_where_when_from_which_device() -> None:
    entry = json.loads(LINES[2])
    told = {name: entry[name] for name in ("number", "user", "seen_by", "roles", "session", "act", "what", "where")}
    assert told == {
        "number": 3, "user": "li", "seen_by": None, "roles": ["dispatcher"], "session": "f" * 16, "act": ACTS[3],
        "what": "what 3", "where": "case 3",
    }  # fmt: skip
    assert (entry["address"], entry["device"], entry["screen"]) == ("10.0.0.7", "Firefox", "desk")
    assert (entry["at"], entry["detail"]) == ("2026-11-20T00:03:00Z", {"n": 3, "名": [1.5]})
    assert json.loads(LINES[0])["previous"] == START


def test_somebody_else_can_verify_it_with_what_every_language_has() -> None:
    before = START
    for line in LINES:
        entry = json.loads(line)
        sealed = entry.pop("hash")
        plain = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert (entry["previous"], hashlib.sha256(plain).hexdigest()) == (before, sealed)
        before = sealed
    assert WHOLE.head() == Head(NOTES, before)
    assert prove(WHOLE.registry, WHOLE.head()) == prove(stored([*LINES])) == prove(WHOLE.registry)
    assert prove(WHOLE.registry).broken is None
    assert prove(SqliteRegistry(None)).head == Head(0, START)


@st.composite
def tampered(draw: st.DrawFn) -> tuple[list[bytes | None], int]:
    """Return the list after somebody's hand was in it, and the first entry that is wrong."""
    lines: list[bytes | None] = [*LINES]
    at = draw(st.integers(0, NOTES - 1))
    line = LINES[at]
    match draw(st.sampled_from(["byte", "field", "reseal", "gone", "cut", "swap", "insert", "empty"])):
        case "byte":
            place = draw(st.integers(0, len(line) - 1))
            lines[at] = line[:place] + bytes([line[place] ^ draw(st.integers(1, 255))]) + line[place + 1 :]
        case "field":
            name = draw(st.sampled_from(sorted(json.loads(line))))
            lines[at] = msgspec.json.encode(json.loads(line) | {name: draw(st.text(max_size=5))}, order="sorted")
        case "reseal":  # a forger who knows how seals are made; the last entry's is proven by a kept head alone
            at = min(at, NOTES - 2)
            forged = json.loads(LINES[at]) | {"user": draw(st.sampled_from(["", "wang", "李"]))}
            del forged["hash"]
            forged["hash"] = hashlib.sha256(msgspec.json.encode(forged, order="sorted")).hexdigest()
            lines[at] = msgspec.json.encode(forged, order="sorted")
            return lines, at + 2
        case "gone":
            lines[at] = None
        case "cut":
            end = draw(st.integers(at + 1, NOTES))
            del lines[at:end]
        case "swap":
            other = draw(st.integers(0, NOTES - 1).filter(lambda one: one != at))
            lines[at], lines[other] = lines[other], lines[at]
            at = min(at, other)
        case "insert":
            lines.insert(at, draw(st.sampled_from(LINES)))
            at = next(n for n in range(len(lines)) if n >= NOTES or lines[n] != LINES[n])
        case "empty":
            lines[at] = draw(st.sampled_from([b"", b"{}", b"null", b"\xff", line + b" ", b" " + line]))
    return lines, at + 1


@settings(max_examples=400, deadline=None)
@given(tampered())
def test_whatever_is_done_to_the_list_is_found_and_named(case: tuple[list[bytes | None], int]) -> None:
    lines, first = case
    registry = stored(lines, counted=True)
    found = prove(registry, HEADS[-1])
    assert found.broken is not None
    assert (found.broken.number, found.head.number) == (first, first - 1)
    assert str(found.broken).startswith(f"entry {first} ")
    if len(lines) >= first and any(line is not None for line in lines[first - 1 :]):
        without = prove(stored(lines))
        assert without.broken is not None, "what is wrong before the end is found without a kept head"
        assert without.broken.number == first
    registry.close()


@pytest.mark.parametrize("kept", [1, 5, NOTES - 1, NOTES])
def test_a_cut_tail_is_found_with_a_kept_head(kept: int) -> None:
    cut: list[bytes | None] = [*LINES[: kept - 1]]
    assert prove(stored(cut)).broken is None, "the rest is a chain of its own"
    assert str(prove(stored(cut), HEADS[kept - 1]).broken) == f"entry {kept} and what followed it were cut off the end"
    counted = prove(stored(cut, counted=True)).broken
    assert counted is not None, "who only cuts the list is betrayed by the count beside it"
    again = audit_of(NOTES, stored(cut))
    assert prove(again.registry).broken is None
    rewritten = prove(again.registry, HEADS[kept - 1]).broken
    assert rewritten is not None
    assert (rewritten.number, rewritten.fault) == (kept, "other")


@pytest.mark.parametrize("text", ["", "12", "12:abc", f"x:{START}", f"-1:{START}", f"12:{START}0"])
def test_a_kept_head_is_read_as_it_was_printed(text: str) -> None:
    assert head_of(f" {HEADS[3]}\n") == HEADS[3]
    assert HEAD.fullmatch(str(HEADS[3]))
    with pytest.raises(CitybrainError, match="NUMBER:HASH"):
        head_of(text)


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_many_threads_of_several_nodes_leave_one_chain(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("redis_server") if kind == "redis" else None
    registries: list[Registry] = [
        RedisRegistry(server.url, "audit") if server else SqliteRegistry(tmp_path / "r.sqlite") for _ in range(3)
    ]
    audits = [Audit(registry, lambda: datetime.now(UTC)) for registry in registries]
    noted: list[Head] = []

    def work(number: int) -> None:
        for turn in range(20):
            noted.append(audits[number % 3].note(LI, "command", f"{number}", f"{turn}"))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(head.number for head in noted) == list(range(1, 121))
    assert prove(registries[0]).broken is None
    heads = {entry.number: entry.hash for entry in following(registries[1], Wanted(), 0, 1000).entries}
    assert heads == {head.number: head.hash for head in noted}, "each was told the seal its own entry has"
    by = {(entry.what, entry.where) for entry in following(registries[2], Wanted(), 0, 1000).entries}
    assert by == {(str(n), str(t)) for n in range(6) for t in range(20)}
    for registry in registries:
        registry.close()


class Deaf(SqliteRegistry):
    """A registry whose answer is lost once: it has the entry, and says it was not added."""

    def extend(self, kind: str, after: int, document: bytes) -> bool:
        return super().extend(kind, after, document) and after != 3


def test_an_answer_that_was_lost_adds_nothing_twice() -> None:
    audit = audit_of(8, Deaf(None))
    assert audit.head().number == 8
    assert prove(audit.registry).broken is None


def test_a_destroyed_last_entry_stops_nobody_and_is_found() -> None:
    registry = stored([*LINES[:-1], b"\xff"])
    Audit(registry, lambda: datetime.now(UTC)).note(LI, "command", "x", "y")
    broken = prove(registry).broken
    assert broken is not None
    assert (broken.number, broken.fault) == (NOTES, "unreadable")
    assert [entry.number for entry in newest(registry, Wanted(), limit=2).entries] == [NOTES + 1, NOTES - 1]


def test_what_cannot_be_noted_is_not_done() -> None:
    audit = audit_of(1)
    audit.registry.close()
    with pytest.raises(RegistryError):
        audit.note(LI, "export", "x", "y")
    with pytest.raises(KeyError):
        audit.note(LI, "no such act", "x", "y")


def test_a_detail_may_be_anything_and_a_long_one_is_kept_as_its_hash() -> None:
    audit = audit_of(0)
    audit.note(None, "command", "x" * 1000, "\ud800", {"at": datetime(2026, 1, 1, tzinfo=UTC), 3: {4}}, "10.0.0.9")
    audit.note(None, "command", "x", "y", detail={"long": "长" * 5000})
    first, second = newest(audit.registry, Wanted()).entries[::-1]
    assert (len(first.what), first.where, first.address) == (300, "?", "10.0.0.9")
    assert first.detail == {"at": "2026-01-01T00:00:00Z", "3": [4]}
    assert set(second.detail) == {"bytes", "sha256"}
    assert prove(audit.registry).broken is None


def reached(turn: Callable[[int | None], Page], start: int | None) -> list[int]:
    """Go on from page to page."""
    found, at, more = [], start, True
    while more:
        page = turn(at)
        found += [entry.number for entry in page.entries]
        at, more = page.next, page.next is not None
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.sampled_from(["", "li", "LI", "wang"]), st.sampled_from(ACTS), st.integers(0, NOTES))
def test_pages_in_both_directions_hold_just_what_fits(limit: int, user: str, act: str, minutes: int) -> None:
    since = datetime(2026, 11, 20, tzinfo=UTC) + timedelta(minutes=minutes)
    wanted = Wanted(user=user, acts=frozenset({act, "export"}), since=since, until=since + timedelta(minutes=6))
    fitting = [
        number
        for number in range(1, NOTES + 1)
        if user != "wang" and ACTS[number % len(ACTS)] in (act, "export") and minutes <= number < minutes + 6
    ]
    registry = WHOLE.registry
    assert reached(lambda at: newest(registry, wanted, at, limit), None) == fitting[::-1]
    assert reached(lambda at: following(registry, wanted, at or 0, limit), 0) == fitting


def test_it_is_searched_by_words_and_devices() -> None:
    found = newest(WHOLE.registry, Wanted(what="CASE 1", device="fox"), limit=100).entries
    assert [entry.number for entry in found] == [12, 11, 10, 1]
    assert newest(WHOLE.registry, Wanted(device="10.9")).entries == []


def test_a_note_costs_little(tmp_path: Path) -> None:
    audit = audit_of(20, SqliteRegistry(tmp_path / "r.sqlite"))
    begun = time.process_time()
    for number in range(200):
        audit.note(LI, "command", f"{number}", "case")
    assert (time.process_time() - begun) / 200 < 0.002
    audit.registry.close()
