"""Who may do what, and where: each refusal is noted, each deed that concerns a person audited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from pipelines.contract.areas import AreaTree
from pipelines.contract.roles import require
from pipelines.contract.scope import Viewer
from pipelines.errors import ScopeError

Denied = Callable[[Viewer, str, str], object]
Audited = Callable[[Viewer, str, str, str, dict[str, Any]], object]
"""Hears who did what, to what, where, and with which detail."""
GUEST: Final = "guest"


class Guard:
    """Let through what a viewer's roles and areas allow."""

    def __init__(self, tree: AreaTree, on_denied: Denied | None = None, audit: Audited | None = None) -> None:
        """Guard a city; ``on_denied`` hears who was refused what, and where, ``audit`` what was done."""
        self._tree = tree
        self._on_denied = on_denied
        self._audit = audit

    def admit(self, area: str, viewer: Viewer, what: str = "area") -> None:
        """Raise `AreaError` for no such area and `ScopeError` for one outside the viewer's scope.

        Whoever may not see the whole city is told the same of both.
        """
        tree = self._tree
        if viewer.scope.covers(tree, tree.root.id):
            tree.get(area)
            return
        with self.noted(viewer, what, area):
            if area not in tree.areas or not viewer.scope.covers(tree, area):
                raise ScopeError(
                    f"area {area!r} is outside the scope of {viewer.user!r}; ask for one of your own areas"
                )

    def look(self, viewer: Viewer, what: str, area: str) -> None:
        """Let a guest look at what a room shows of its areas; everybody else needs to be one who sees cases."""
        if GUEST not in viewer.roles:
            self.need(viewer, "see", what, area)
        self.admit(area, viewer, what)

    def see(self, viewer: Viewer, what: str, area: str) -> None:
        """Let through whoever sees cases of an area."""
        self.need(viewer, "see", what, area)
        self.admit(area, viewer, what)

    def analyse(self, viewer: Viewer, what: str, area: str) -> None:
        """Let through whoever may ask an analyst's questions of an area."""
        self.need(viewer, "analyse", what, area)
        self.admit(area, viewer, what)

    def need(self, viewer: Viewer, capability: str, what: str, where: str = "") -> None:
        """Raise `ScopeError` unless one of a viewer's roles has a capability."""
        with self.noted(viewer, what, where):
            require(viewer.roles, capability)

    @contextmanager
    def noted(self, viewer: Viewer, what: str, where: str) -> Iterator[None]:
        """Note a refusal that happens within."""
        try:
            yield
        except ScopeError:
            if self._on_denied:
                self._on_denied(viewer, what, where)
            raise

    def record(self, viewer: Viewer, act: str, what: str, where: str, detail: dict[str, Any]) -> None:
        """Let the audit hear what somebody did."""
        if self._audit:
            self._audit(viewer, act, what, where, detail)
