"""Visible accounts of a demonstration, one a role, each with a real part of the city to answer for."""

from __future__ import annotations

from typing import Final

from pipelines.contract.areas import LEVELS, UNKNOWN_SUFFIX, AreaTree
from pipelines.contract.roles import ADMINS, ROLES

from .accounts import OF_UNITS, Account, Accounts

OF_GRIDS: Final = frozenset({"grid_worker", "checker"})
OF_TOWNS: Final = frozenset({"mediator"})
NAMES: Final = {
    "grid_worker": "网格员", "duty_officer": "值班员", "dispatcher": "派遣员", "shift_lead": "值班长",
    "unit_handler": "单位经办", "unit_head": "单位负责人", "checker": "核查员", "inspector": "督查员",
    "mediator": "调解员", "leader": "领导", "wall_director": "大屏导演", "analyst": "分析员",
    "system_admin": "系统管理员", "security_admin": "安全管理员", "auditor": "审计员",
}  # fmt: skip


def show(accounts: Accounts, tree: AreaTree, busiest: str | None, unit: str | None) -> list[Account]:
    """Keep one demo account for each role; ``busiest`` is the area of many open cases, ``unit`` a unit with some."""
    made = []
    for role in ROLES:
        # devices and programs are nobody who signs in
        if role not in NAMES or (role in OF_UNITS and unit is None):
            continue
        areas = frozenset() if role in ADMINS else frozenset({_area(role, tree, busiest)})
        name, english = NAMES[role], role.replace("_", " ").capitalize()
        held = frozenset({role})
        account = Account(
            user=f"demo-{role.replace('_', '-')}", name=name, name_en=english, roles=held, areas=areas,
            unit=unit if role in OF_UNITS else None, demo=True,
        )  # fmt: skip
        before = accounts.find(account.user)
        # an account that stays the same keeps its sessions over a restart
        made.append(account if before == account else accounts.save(account))
    return made


def forget(accounts: Accounts) -> int:
    """Forget every demo account."""
    return sum(accounts.drop(account.user) for account in accounts.all() if account.demo)


def _area(role: str, tree: AreaTree, busiest: str | None) -> str:
    shown = busiest if busiest is not None and busiest in tree.areas else _finest(tree)
    path = list(tree.path(shown))
    by_level = {area.level: area.id for area in path}
    if role in OF_GRIDS:
        return by_level.get("grid") or by_level.get("village") or by_level.get("township") or shown
    if role in OF_TOWNS:
        return by_level.get("township") or by_level.get("county") or tree.root.id
    return tree.root.id


def _finest(tree: AreaTree) -> str:
    """Return an area as small as this city has them, with a known place."""
    known = [area for area in tree.areas.values() if not area.id.endswith(UNKNOWN_SUFFIX)]
    return max(known, key=lambda area: LEVELS.index(area.level)).id
