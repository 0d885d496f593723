"""A city of a few areas in memory, filled with rows of cases or folded from events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from pipelines.contract.areas import Area, AreaTree
from pipelines.contract.events import Event, to_table
from pipelines.contract.lifecycle import OPEN_STATES, STATE_OF_KIND
from pipelines.follower import Follower
from pipelines.log.embedded import EmbeddedLog
from pipelines.log.stored import StoredLog
from pipelines.warehouse import Warehouse, statement

CITY = "360500"
# 00:30 on 11 March in Shanghai: still 10 March in UTC
NOW = datetime(2026, 3, 10, 16, 30, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONTH = (NOW - 30 * DAY, NOW)
LEVELS = {"c": "county", "t": "township", "v": "village", "g": "grid"}
GRIDS = ("g111", "g112", "g121", "g211")
AREAS = ("c1", "c2", "t11", "t12", "t21", "v11", "v12", "v21", *GRIDS)
PARENTS = {
    "t11": "c1", "t12": "c1", "t21": "c2", "v11": "t11", "v12": "t12", "v21": "t21",
    "g111": "v11", "g112": "v11", "g121": "v12", "g211": "v21",
}  # fmt: skip
TREE = AreaTree.of(
    [Area(CITY, "city", "新余", "Xinyu", population=1000)]
    + [Area(a, LEVELS[a[0]], f"区{a}", f"Area {a}", PARENTS.get(a, CITY), population=100) for a in AREAS]
)


def city() -> Warehouse:
    """Open an empty warehouse that knows areas, categories, units and the lifecycle."""
    warehouse = Warehouse(None, "Asia/Shanghai")
    insert(warehouse, "areas", [_area(a) for a in TREE.areas.values()])
    insert(warehouse, "area_within", [{"ancestor_id": up, "area_id": down} for up, down in TREE.closure()])
    insert(warehouse, "units", [{"unit_id": "u1", "name_zh": "环卫", "name_en": "Sanitation"}])
    categories = [("CG", None), ("CG01", "CG"), ("CG0101", "CG01")]
    insert(warehouse, "categories", [
        {"category": c, "parent": p, "name_zh": f"类{c}", "name_en": f"Kind {c}"} for c, p in categories
    ])  # fmt: skip
    steps = [(kind, state) for kind, state in sorted(STATE_OF_KIND.items()) if state]
    insert(warehouse, "lifecycle", [{"kind": k, "state": s, "is_open": s in OPEN_STATES} for k, s in steps])
    return warehouse


def insert(warehouse: Warehouse, relation: str, rows: Iterable[dict[str, Any]]) -> None:
    """Add rows; what a row does not name is null."""
    schema = warehouse.writer_rows(f"from {relation} limit 0").schema
    with warehouse.lent(incoming=pa.Table.from_pylist(list(rows), schema=schema)):
        warehouse.write(f"insert into {relation} from incoming")


def fill(warehouse: Warehouse, cases: Iterable[dict[str, Any]]) -> None:
    """Make these the only cases."""
    warehouse.write("delete from cases")
    warehouse.write("delete from open_cases")
    insert(warehouse, "cases", cases)
    warehouse.write("insert into open_cases from cases where is_open")


def tell(warehouse: Warehouse, events: Iterable[Event]) -> None:
    """Append events to the log and fold them."""
    log = EmbeddedLog(warehouse, StoredLog(warehouse))
    log.append(to_table(events))
    Follower(warehouse).catch_up(log)


def case(number: int = 1, **values: Any) -> dict[str, Any]:
    """A case that stands as told; by default open, reported a day ago, due in a day."""
    row: dict[str, Any] = {
        "case_id": f"case-{number:03}", "source": "test", "simulated": False, "exercise": False, "first_seq": number,
        "last_seq": number, "state": "handling", "area_id": "g111", "category": "CG0101", "channel": "grid",
        "priority": "normal", "unit_id": "u1", "reported_at": NOW - DAY, "due_at": NOW + DAY,
        "returns": 0, "checks": 0, "checks_passed": 0, "reopens": 0, "urges": 0, "extensions": 0,
        "reworks": 0, "dispatches": 0, "appeals": 0, "appeals_upheld": 0, "rechecks": 0, "rechecks_passed": 0,
        "rechecks_failed": 0, "cards": 0, "reopen_requests": 0, "mediation_rounds": 0,
    } | values  # fmt: skip
    row.setdefault("original_due_at", row["due_at"])
    times = [t for name, t in row.items() if name.endswith("_at") and "due" not in name and t is not None]
    return {"changed_at": max(times), "is_open": row["state"] in OPEN_STATES} | row


def closed(number: int = 1, **values: Any) -> dict[str, Any]:
    """A case that was closed an hour ago, unless told otherwise."""
    return case(number, **({"state": "closed", "closed_at": NOW - HOUR} | values))


def ask(warehouse: Warehouse, name: str, area: str = CITY, **others: Any) -> list[dict[str, Any]]:
    """Return the rows of a view."""
    return list(
        warehouse.rows(statement(f"views/{name}"), area=area, now=NOW, **{"simulated": False} | others).to_pylist()
    )


def _area(a: Area) -> dict[str, Any]:
    return {
        "area_id": a.id, "level": a.level, "name_zh": a.name_zh, "name_en": a.name_en,
        "parent_id": a.parent, "population": a.population,
    }  # fmt: skip


EDGES = (0, 1, 7, 14, 30, 37, 60)
LAW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)  # fmt: skip
"""How laws over a database are tried: shrinking would take minutes."""


@st.composite
def _moment(draw: st.DrawFn, *, since: datetime | None = None) -> datetime:
    """A moment near the edge of a window, not after now and not before ``since``."""
    moment = NOW - draw(st.sampled_from(EDGES)) * DAY + draw(st.integers(-36, 36)) * HOUR
    return min(max(moment, since or moment), NOW)


@st.composite
def _random_case(draw: st.DrawFn) -> dict[str, Any]:
    """Anything a case may look like, in or out of every window."""
    state = draw(st.sampled_from(["closed"] * 4 + ["handling", "reported", "handled", "suspended", "rejected", "void"]))
    reported = draw(_moment())
    later = _moment(since=reported)
    due = max(draw(_moment()) + draw(st.sampled_from([0, 0, 20])) * DAY, reported + HOUR)
    checks = draw(st.integers(0, 3))
    done, ended = state == "closed", draw(later)
    rating = draw(st.sampled_from([None, 1, 3, 4, 5])) if done else None
    values: dict[str, Any] = {
        "state": state, "simulated": draw(st.sampled_from([False] * 5 + [True])),
        "exercise": draw(st.sampled_from([False] * 5 + [True])), "area_id": draw(st.sampled_from([*AREAS, CITY])),
        "category": draw(st.sampled_from(["CG0101", "CG01", "pothole"])),
        "category_group": draw(st.sampled_from([None, "roads"])),
        "channel": draw(st.sampled_from(["grid", None])), "priority": draw(st.sampled_from(["urgent", "normal"])),
        "unit_id": draw(st.sampled_from(["u1", "u2", None])), "reported_at": reported, "due_at": due,
        "filed_at": draw(st.none() | later), "dispatched_at": draw(st.none() | later),
        "handled_at": draw(st.none() | later),
        "sign_due_at": draw(st.none() | later), "signed_at": draw(st.none() | later),
        "closed_at": ended if done else None, "rating": rating,
        "rated_at": min(ended + HOUR, NOW) if rating else None, "checks": checks,
        "checked_at": draw(later) if checks else None, "checks_passed": draw(st.integers(0, checks)),
        "extensions": (extensions := draw(st.sampled_from([0, 0, 1]))), "reopens": draw(st.sampled_from([0, 0, 1])),
        "returns": draw(st.integers(0, 2)), "urges": draw(st.integers(0, 2)),
    }  # fmt: skip
    return values | {"original_due_at": due - draw(st.integers(0, 72)) * HOUR if extensions else due}


CASES = (
    st.sampled_from([0, 1, 5, 20, 30])
    .flatmap(lambda size: st.lists(_random_case(), min_size=size, max_size=size))
    .map(lambda rows: [case(n, **row) for n, row in enumerate(rows)])
)
"""Any cases."""
