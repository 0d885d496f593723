from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pipelines.contract.areas import Area, AreaTree
from pipelines.contract.events import CaseEvent, CaseFiled, Event, GridVisited, encode
from pipelines.contract.time import FrozenClock
from pipelines.intake import Intake
from pipelines.live import Vetted
from pipelines.places import AreaIndex

from .examples import START, case_events

TREE = AreaTree.of([Area("360500", "city", "市", "City"), Area("360502", "county", "区", "County", "360500")])
INTAKE = Intake("live", TREE, AreaIndex(TREE, {}), FrozenClock(START))


def judged(events: list[Event | bytes], states: dict[str, str] | None = None, known: set[str] | None = None) -> Vetted:
    return INTAKE.validate_live(events, (states or {}).get, (known or set()).__contains__)


def filed(**changes: Any) -> CaseFiled:
    first: dict[str, Any] = {
        "id": "x",
        "happened_at": START,
        "received_at": START,
        "source": "live",
        "area_id": "360502",
    }
    return CaseFiled(**first | {"case_id": "live:1", "due_at": START} | changes)


def test_a_case_may_run_its_course_in_one_batch() -> None:
    reported, accepted, _ = case_events(0)
    found = judged([reported, accepted.__class__(**_fields(accepted, happened_at=START))])
    assert [event.id for event in found.accepted] == [reported.id, accepted.id]
    assert found.issues.num_rows == 0


def _fields(event: Event, **changes: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__struct_fields__} | changes


@pytest.mark.parametrize("states", [{}, {"live:1": "closed"}])
def test_a_step_the_state_does_not_allow_is_kept_aside(states: dict[str, str]) -> None:
    found = judged([filed()], states)
    issue = found.issues.to_pylist()[0]
    assert found.accepted == []
    assert (issue["row"], issue["outcome"], issue["reason"]) == ("x", "rejected", "illegal-transition")
    assert "cannot take 'case-filed'" in issue["value"]
    assert issue["raw"] == encode(filed()).decode()


def test_a_second_delivery_goes_through_to_the_log() -> None:
    event = filed()
    assert judged([event, event], {"live:1": "reported"}).accepted == [event, event]
    assert judged([event], {"live:1": "filed"}, known={"x"}).accepted == [event]


def test_an_unknown_place_becomes_place_unknown() -> None:
    visit = GridVisited(id="v", happened_at=START, received_at=START, source="live", area_id="nowhere")
    found = judged([visit])
    assert found.accepted[0].area_id == "360500-unknown"
    assert found.issues.select(["outcome", "reason", "value"]).to_pylist() == [
        {"outcome": "repaired", "reason": "unknown-area", "value": "nowhere"}
    ]


@pytest.mark.parametrize(("ahead", "accepted"), [(timedelta(minutes=4), 1), (timedelta(minutes=6), 0)])
def test_a_sender_whose_clock_runs_far_ahead_is_not_believed(ahead: timedelta, accepted: int) -> None:
    found = judged([filed(happened_at=START + ahead)], {"live:1": "reported"})
    assert len(found.accepted) == accepted
    assert found.issues.column("reason").to_pylist() == ["future-date"] * (1 - accepted)


def test_what_is_no_event_is_kept_as_it_came() -> None:
    good = encode(filed())
    found = judged([b'{"kind": "case-levitated"}', b"\xff", good], {"live:1": "reported"})
    assert [event.case_id for event in found.accepted if isinstance(event, CaseEvent)] == ["live:1"]
    assert found.issues.column("reason").to_pylist() == ["unreadable-event"] * 2
    assert found.issues.column("raw").to_pylist() == ['{"kind": "case-levitated"}', "\ufffd"]
