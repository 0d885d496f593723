"""What hypothesis asks of rooms."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from dashboard.link import actions
from dashboard.link.actions import Action
from dashboard.link.scene import Mark, Person, Room, Scene

AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
BEGUN = Room(name="command", scene=Scene(area="360500"))
PEOPLE = [Person(member=m, user=m, name=m, screen="desk") for m in "abc"]
AREAS = st.sampled_from(["360500", "360502", "360521"])
BOXES = st.tuples(*(st.floats(110, 120).map(lambda value: round(value, 3)) for _ in range(4)))
SHOWN = st.fixed_dictionaries(
    {},
    optional={
        "area": AREAS,
        "page": st.sampled_from(["overview", "themes", None]),
        "case": st.sampled_from(["demo:1", "demo:2", None]),
        "extent": st.none() | BOXES,
        "filters": st.sampled_from([{"priority": "urgent"}, {}, None]),
    },
)
MARKS = st.sampled_from(["m1", "m2", "m3"])
ASKED = st.one_of(
    SHOWN.map(lambda values: actions.Show(**values)),
    SHOWN.map(lambda values: actions.Push(**values, minutes=5)),
    st.sampled_from([actions.Recall(), actions.Undo(), actions.Lock(), actions.Unlock(), actions.Ask()]),
    st.sampled_from([actions.HandOver(), actions.Decline(), actions.Live(), actions.Stop(), actions.ClearMarks()]),
    st.sampled_from([actions.Lead(on=True), actions.Lead(on=False), actions.Point(on=True)]),
    st.sampled_from([actions.Replay(at=AT), actions.Replay(at=AT, speed=60), actions.Turn(), actions.Turn(step=-1)]),
    MARKS.map(lambda name: actions.Draw(mark=Mark(id=name, kind="ink", points=((1.0, 2.0),)))),
    MARKS.map(lambda name: actions.Erase(id=name)),
    st.just(actions.Play(playlist="p", steps=((Scene(area="360502"), 30.0), (Scene(area="360521"), 30.0)))),
)
ACTIONS = st.builds(Action, ASKED, st.sampled_from(PEOPLE))
