"""Pairing: a code lives five minutes, counts once, is hard to guess; its square says what it should."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.identity.pairing import LIFE, MOST_OPEN, MOST_WRONG, TRIES_FORGOTTEN, Opened, Pairing, PairingRefused
from dashboard.identity.qr import QUIET, square

ROOT = frozenset({"360500"})


@dataclass
class Kept:
    """A registry in memory whose clock the test turns."""

    now: datetime = datetime(2026, 11, 20, 6, 32, tzinfo=UTC)
    documents: dict[tuple[str, str], tuple[bytes, datetime | None]] = field(default_factory=dict)
    lists: dict[str, list[bytes]] = field(default_factory=dict)

    def get(self, kind: str, name: str) -> bytes | None:
        document, until = self.documents.get((kind, name), (None, None))
        return None if until is not None and until <= self.now else document

    def all(self, kind: str) -> dict[str, bytes]:
        names = [name for of, name in self.documents if of == kind]
        return {name: found for name in names if (found := self.get(kind, name)) is not None}

    def put(self, kind: str, name: str, document: bytes, until: datetime | None = None) -> None:
        self.documents[kind, name] = (document, until)

    def add(self, kind: str, name: str, document: bytes, until: datetime | None = None) -> bool:
        if self.get(kind, name) is not None:
            return False
        self.put(kind, name, document, until)
        return True

    def swap(self, kind: str, name: str, old: bytes, new: bytes | None) -> bool:
        if self.get(kind, name) != old:
            return False
        if new is None:
            del self.documents[kind, name]
        else:
            self.documents[kind, name] = (new, self.documents[kind, name][1])
        return True

    def drop(self, kind: str, name: str) -> bool:
        return self.documents.pop((kind, name), None) is not None

    def append(self, kind: str, document: bytes) -> int:
        self.lists.setdefault(kind, []).append(document)
        return len(self.lists[kind])

    def read(self, kind: str, after: int, limit: int) -> list[tuple[int, bytes]]:
        return list(enumerate(self.lists.get(kind, []), 1))[after : after + limit]

    def revision(self, kind: str) -> int:
        return sum(of == kind for of, _ in self.documents)

    def close(self) -> None:
        return None


def pairing(kept: Kept, draw: Callable[[], int] | None = None) -> Pairing:
    numbers = count(471_906)
    return Pairing(kept, lambda: kept.now, draw or (lambda: next(numbers)))


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(PairingRefused) as refused:
        act()
    return refused.value.code


def test_a_wall_is_let_in_once_under_the_name_it_was_given() -> None:
    kept = Kept()
    walls = pairing(kept)
    opened = walls.open("10.36.8.21", 3840, 1080)
    assert (opened.code, walls.claim(opened.code, opened.ticket)) == ("471906", None)
    assert [wall.code for wall in walls.waiting()] == ["471906"]
    walls.approve(opened.code, "zhang", "指挥大厅 大屏1", "command", ROOT)
    assert walls.waiting() == []
    device = walls.claim(opened.code, opened.ticket)
    assert device is not None
    assert (device.name, device.room, device.areas, device.by) == ("指挥大厅 大屏1", "command", ("360500",), "zhang")
    assert refusal(lambda: walls.claim(opened.code, opened.ticket)) == "expired"
    assert [(entry.by, entry.what, entry.address) for entry in walls.log()] == [("zhang", "approved", "10.36.8.21")]


def test_only_the_wall_itself_may_claim_and_only_the_first_answer_counts() -> None:
    walls = pairing(Kept())
    opened = walls.open("10.36.8.21", 1920, 1080)
    walls.refuse(opened.code, "li")
    assert refusal(lambda: walls.approve(opened.code, "zhang", "大屏1", "command", ROOT)) == "unknown_code"
    assert refusal(lambda: walls.claim(opened.code, "another's")) == "expired"
    assert refusal(lambda: walls.claim(opened.code, opened.ticket)) == "refused"


def test_a_code_is_over_after_five_minutes_approved_or_not() -> None:
    kept = Kept()
    walls = pairing(kept)
    late, approved = walls.open("a", 1, 1), walls.open("a", 1, 1)
    walls.approve(approved.code, "zhang", "大屏1", "command", ROOT)
    kept.now += LIFE
    assert walls.waiting() == []
    assert refusal(lambda: walls.approve(late.code, "zhang", "大屏2", "command", ROOT)) == "unknown_code"
    for opened in (late, approved):
        assert refusal(lambda opened=opened: walls.claim(opened.code, opened.ticket)) == "expired"  # type: ignore[misc]


def test_guessing_ends_after_five_wrong_codes_for_that_person_alone() -> None:
    kept = Kept()
    walls = pairing(kept)
    opened = walls.open("a", 1, 1)
    for guess in range(MOST_WRONG):
        assert refusal(lambda guess=guess: walls.look(f"{guess:06d}", "eve")) == "unknown_code"  # type: ignore[misc]
    assert refusal(lambda: walls.look(opened.code, "eve")) == "too_many_tries"
    assert walls.look(opened.code, "zhang").address == "a"
    kept.now += TRIES_FORGOTTEN
    again = walls.open("a", 1, 1)
    assert walls.look(again.code, "eve").code == again.code


def test_an_address_has_few_open_codes_and_gives_one_up_for_the_next() -> None:
    walls = pairing(Kept())
    opened = [walls.open("a", 1, 1) for _ in range(MOST_OPEN)]
    assert refusal(lambda: walls.open("a", 1, 1)) == "too_many_codes"
    assert walls.open("b", 1, 1).code
    walls.give_up(opened[0].code, "not its ticket")
    assert refusal(lambda: walls.open("a", 1, 1)) == "too_many_codes"
    walls.give_up(opened[0].code, opened[0].ticket)
    assert walls.open("a", 1, 1).code


def test_a_code_that_is_taken_is_drawn_again() -> None:
    drawn: Iterator[int] = iter([7, 7, 7, 8])
    walls = pairing(Kept(), lambda: next(drawn))
    assert [walls.open("a", 1, 1).code, walls.open("a", 1, 1).code] == ["000007", "000008"]


STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "approve", "refuse", "claim", "wait"]), st.integers(0, 5), st.integers(1, 400)),
    max_size=40,
)


@given(STEPS)
def test_whatever_happens_a_key_is_had_once_in_time_and_only_by_whom_was_approved(
    steps: list[tuple[str, int, int]],
) -> None:
    kept = Kept()
    walls = pairing(kept)
    opened: list[Opened] = []
    approved: set[str] = set()
    had: list[str] = []
    for what, which, seconds in steps:
        chosen = opened[which % len(opened)] if opened else None
        with suppress(PairingRefused):
            if what == "open":
                opened.append(walls.open("a", 1, 1))
            elif what == "wait":
                kept.now += timedelta(seconds=seconds)
            elif chosen and what == "approve":
                approved.add(walls.approve(chosen.code, "zhang", "大屏", "command", ROOT).code)
            elif chosen and what == "refuse":
                walls.refuse(chosen.code, "li")
            elif chosen and walls.claim(chosen.code, chosen.ticket):
                had.append(chosen.code)
                assert chosen.code in approved
                assert kept.now < chosen.until
        assert len(walls.waiting()) <= MOST_OPEN
    assert len(had) == len(set(had))


def test_a_square_says_what_a_reader_of_its_own_reads() -> None:
    text = "http://10.36.8.2:8000/sign-in?code=471906"
    drawn = square(text)
    dark = _modules(drawn.path)
    side = drawn.size - 2 * QUIET
    assert (side - 17) % 4 == 0
    for left, top in ((0, 0), (side - 7, 0), (0, side - 7)):
        finder = {(x, y) for x in range(7) for y in range(7) if max(abs(x - 3), abs(y - 3)) != 2}
        seen = {(x, y) for x in range(7) for y in range(7) if (QUIET + left + x, QUIET + top + y) in dark}
        assert seen == finder
    assert all(QUIET <= x < QUIET + side and QUIET <= y < QUIET + side for x, y in dark)


def _modules(path: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for run in path.split("M")[1:]:
        place, width = run.split("h")[0], int(run.split("h")[1].split("v")[0])
        x, y = map(int, place.split())
        found |= {(x + step, y) for step in range(width)}
    return found
