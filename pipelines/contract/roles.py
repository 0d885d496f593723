"""Who works with the city: the roles, the screens each may open, and what each may do beyond a case's life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..errors import ScopeError

DESK: Final = frozenset({"desk", "analyst", "themes/safety-creation", "themes/grids", "themes/effect"})
LEADING: Final = frozenset({"tablet", "pocket", "wall", "themes/safety-creation", "themes/grids", "themes/effect"})


@dataclass(frozen=True, slots=True)
class Role:
    """One role: the classes of screen it may open and its capabilities; the steps of a case are the lifecycle's."""

    name: str
    screens: frozenset[str]
    capabilities: frozenset[str]


def _role(name: str, screens: frozenset[str], capabilities: str = "") -> Role:
    return Role(name, screens, frozenset(capabilities.split()))


_ROLES = (
    _role("grid_worker", frozenset({"pocket"}), "see report join drill"),
    _role("duty_officer", DESK | {"wall", "tablet"}, "see report join presence annotate analyse warn drill"),
    _role("dispatcher", DESK, "see join presence annotate analyse drill"),
    _role(
        "shift_lead",
        DESK | {"wall", "tablet"},
        "see report join presence annotate analyse push lead approve_device warn drill",
    ),
    _role("unit_handler", frozenset({"desk", "pocket"}), "see join drill"),
    _role("unit_head", frozenset({"desk", "pocket"}), "see join drill"),
    _role("checker", frozenset({"pocket"}), "see join drill"),
    _role("inspector", DESK, "see join presence analyse drill"),
    _role("mediator", frozenset({"desk", "pocket"}), "see join"),
    _role("leader", LEADING | {"analyst"}, "see join presence annotate analyse push drill"),
    _role(
        "wall_director", frozenset({"desk", "wall", "tablet"}), "see join presence annotate push lead approve_device"
    ),
    _role("analyst", DESK - {"desk"}, "see analyse"),
    _role("wall", frozenset({"wall"}), "see join drill"),
    _role("guest", frozenset({"pocket"}), "join"),
    _role("reporter", frozenset()),
    _role("warning_service", frozenset(), "warn"),
    _role("system_admin", frozenset({"admin"}), "presence manage_devices manage_webhooks"),
    _role("security_admin", frozenset({"admin"}), "manage_accounts manage_keys view_as"),
    _role("auditor", frozenset({"admin"}), "read_audit"),
)
ROLES: Final[dict[str, Role]] = {role.name: role for role in _ROLES}
ADMINS: Final = frozenset({"system_admin", "security_admin", "auditor"})
"""Three separated administrators: nobody holds two of these, nor one of these with another role."""
OPERATIONAL: Final = (
    frozenset(ROLES) - ADMINS - {"wall", "guest", "reporter", "warning_service", "analyst", "wall_director"}
)


def may(roles: frozenset[str], capability: str) -> bool:
    """Tell whether one of these roles carries a capability; raise `KeyError` for an unknown one."""
    if capability not in CAPABILITIES:
        raise KeyError(capability)
    return any(capability in ROLES[role].capabilities for role in roles)


def require(roles: frozenset[str], capability: str) -> None:
    """Raise `ScopeError` unless one of these roles carries a capability, naming who does."""
    if not may(roles, capability):
        holders = ", ".join(role.name for role in _ROLES if capability in role.capabilities)
        raise ScopeError(f"{capability!r} is for {holders}; you are {', '.join(sorted(roles)) or 'nobody'}")


def screens_of(roles: frozenset[str]) -> frozenset[str]:
    """Return the classes of screen these roles may open."""
    return frozenset().union(*(ROLES[role].screens for role in roles))


CAPABILITIES: Final = frozenset().union(*(role.capabilities for role in _ROLES))
