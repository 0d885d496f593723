"""A refusal names the person with the post; whoever looks through masks is told the post alone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboard.identity.accounts import Account
from dashboard.identity.colleagues import Colleagues
from dashboard.identity.gate import Gate
from pipelines.contract.scope import Scope, Viewer

LATE = {"by": "li", "at": datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC), "state": "filed"}


@pytest.fixture
def colleagues(gate: Gate) -> Colleagues:
    lead = frozenset({"shift_lead"})
    gate.accounts.save(Account(user="li", name="李敏", name_en="Li Min", roles=lead, areas=frozenset({"11"})))
    gate.accounts.save(Account(user="post", name="值班长", roles=lead, areas=frozenset({"11"})))
    return Colleagues(gate.accounts, ZoneInfo("Asia/Shanghai"))


def looking(role: str) -> Viewer:
    return Viewer("me", frozenset({role}), Scope(frozenset({"11"})))


@pytest.mark.parametrize(
    ("by", "role", "lang", "called"),
    [
        ("li", "duty_officer", "zh", "李敏（值班长）"),
        ("li", "duty_officer", "en", "Li Min (Shift lead)"),
        ("li", "reporter", "zh", "值班长"),
        ("post", "duty_officer", "zh", "值班长"),
        ("system", "duty_officer", "zh", "系统"),
        ("gone", "duty_officer", "zh", "gone"),
        ("gone", "reporter", "zh", "另一位工作人员"),
    ],
)
def test_who_acted_is_called(colleagues: Colleagues, by: str, role: str, lang: str, called: str) -> None:
    told = colleagues.named(LATE | {"by": by}, looking(role), lang)
    assert told == {"by": called, "at": "14:32:05", "state": "filed"}


def test_everybody_has_a_name_and_a_post(colleagues: Colleagues) -> None:
    told = {"name_zh": "李敏", "name_en": "Li Min", "post_zh": "值班长", "post_en": "Shift lead"}
    assert colleagues.all()["li"] == told
