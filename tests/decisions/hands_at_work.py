"""Cases and hands for the tests of decisions."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.contract import disputes
from pipelines.contract.areas import Area, AreaTree
from pipelines.contract.calendar import WorkingCalendar
from pipelines.contract.case_file import CaseFile, Order
from pipelines.contract.commands import COMMANDS, Command
from pipelines.contract.rules import Rules
from pipelines.contract.scope import Scope, Viewer
from pipelines.contract.sla import Limit, Unit

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
TREE = AreaTree.of(
    [
        Area("36", "city", "市", "City"),
        Area("3601", "county", "县", "County", "36"),
        Area("360101", "township", "镇", "Town", "3601"),
        Area("36010101", "village", "村", "Village", "360101"),
        Area("3601010101", "grid", "格", "Grid", "36010101"),
        Area("3602", "county", "另一县", "Other county", "36"),
    ]
)
UNIT = "unit-1"
ORDERS = (
    Order(order_id="card", kind="supervised", to_unit_id=UNIT, replies=1),
    Order(order_id="directive", kind="directed", to_unit_id=UNIT),
)


def rules(now: datetime = NOW, **changes: Any) -> Rules:
    values: dict[str, Any] = {
        "now": now, "tree": TREE, "calendar": WorkingCalendar(ZoneInfo("Asia/Shanghai"), ()),
        "limit": lambda _category, _priority: Limit(4, Unit.EMERGENCY_HOUR), "group": {"CG0101": "CG01"}.__getitem__,
        "units": frozenset({UNIT, "unit-2"}), "stage_minutes": {}, "staged": {},
    }  # fmt: skip
    values["calendar"] = WorkingCalendar.of({}, ZoneInfo("Asia/Shanghai"), ["08:30-12:00", "14:00-17:30"])
    return Rules(**(values | changes))


def case(state: str | None, **changes: Any) -> CaseFile:
    """A case in a state, with all that any command may need."""
    values: dict[str, Any] = {
        "case_id": "case-1", "state": state, "area_id": "3601010101", "simulated": False, "exercise": False,
        "last_seq": 7, "changed_at": NOW - HOUR, "last_kind": "case-reported", "last_actor": "somebody",
        "category": "CG0101", "priority": "normal", "unit_id": UNIT, "reported_by": "somebody",
        "handled_by": "somebody else", "reported_at": NOW - 5 * HOUR, "filed_at": NOW - 4 * HOUR,
        "is_checked": True, "closed_at": NOW - HOUR, "due_at": NOW + HOUR,
        "suspended_at": NOW - HOUR, "order_id": "dispatch", "orders": ORDERS, "rechecks": 0,
    }  # fmt: skip
    return CaseFile(**(values | changes))


def prepared(command: str, state: str | None, role: str) -> CaseFile:
    """A case in a state, in which nothing but state and hand stands in a command's way."""
    changes: dict[str, dict[str, Any]] = {
        "refuse_request": {"wish": "extend", "wish_at": NOW - HOUR},
        **{name: {"category_group": "MD01", "dispute_stage": stage} for stage, name in disputes.NEXT},
        "send_down": {"level": "township"}, "escalate": {"level": "township"},
        "void": {"reported_by": role, "reported_at": NOW},
        "recheck_pass": {"rechecks": 1}, "recheck_fail": {"rechecks": 1},
    }  # fmt: skip
    return case(state, **changes.get(command, {}))


def command(name: str, **changes: Any) -> Command:
    """A command with all its fields."""
    later = NOW + 20 * HOUR
    fields: dict[str, dict[str, Any]] = {
        "merge": {"parent_id": "case-2"}, "dispatch": {"unit_id": "unit-2"}, "receive": {"receipt": "read"},
        "reach_milestone": {"stage": "fence"}, "request_approval": {"wish": "extend", "until_at": later},
        "suspend": {"until_at": later}, "extend": {"until_at": later}, "recategorise": {"category": "CG0101"},
        "rate": {"rating": 5}, "draw_recheck": {"draw_id": "draw", "seed": "seed"},
        "supervise": {"card": "yellow"}, "lift": {"order_id": "card"}, "settle": {"order_id": "directive"},
        "reply": {"order_id": "directive"}, "lapse": {"stage": "overdue"}, "attach": {"attachments": ("a" * 64,)},
    }  # fmt: skip
    fields |= {
        "triage": {"scale": "group", "warning_level": "2"}, "route": {"way": "people"}, "guide_out": {"way": "lawsuit"},
        "follow_up": {"days": 7},
    }  # fmt: skip
    cls = COMMANDS[name]
    given: dict[str, Any] = {"id": str(uuid.uuid4()), "case_id": "case-1", "note": "words"}
    if "reason" in cls.__struct_fields__:
        given["reason"] = "reason"
    return cls(**(given | fields.get(name, {}) | changes))


def hand(role: str, *areas: str, **changes: Any) -> Viewer:
    """Somebody of a role, of the unit where the role is a unit's."""
    unit = UNIT if role in ("unit_handler", "unit_head") else None
    bound = "case-1" if role == "reporter" else None
    return Viewer(role, frozenset({role}), Scope(frozenset(areas or ("36",)), unit), **({"case": bound} | changes))
