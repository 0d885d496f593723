"""A node as a notifier sees it: facts, people, and each person's own view of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import tzinfo
from typing import Any, Final

import msgspec

from pipelines.contract.areas import AreaTree
from pipelines.contract.case_file import CaseFile
from pipelines.contract.notices import Notice, Person
from pipelines.contract.roles import screens_of
from pipelines.contract.scope import Viewer
from pipelines.node import Node

from .. import catalogue
from ..catalogue import Language
from ..identity.accounts import Accounts
from . import signing
from .letter import Case, Letter, Writer
from .mailer import Mailer
from .notifier import AT_ONCE, Deliver, Notifier, Row
from .sender import Outcome, Sender
from .wishes import Wishes

HOMES: Final = ("desk", "tablet", "pocket", "analyst")


class Addressed:
    """What a notifier asks of a node and its accounts."""

    def __init__(self, node: Node, accounts: Accounts) -> None:
        """Look at a node for its people."""
        self._node = node
        self._accounts = accounts
        self.tree: AreaTree = node.areas
        self.zone: tzinfo = node.config.city.zone

    def facts(self, after: int) -> list[Row]:
        """Return what happened behind a position of the log."""
        return self._node.facts(after, AT_ONCE)

    def end(self) -> int:
        """Return the last position."""
        return self._node.follower.position

    def case(self, case_id: str) -> CaseFile | None:
        """Return a case, whoever may see it."""
        return self._node.decisions.file(case_id)

    def is_meant(self, row: Row) -> bool:
        """Tell whether a fact is of the life this site shows."""
        return bool(row["simulated"] == (self._node.config.city.data == "simulated"))

    def people(self) -> Iterable[Person]:
        """Return everybody who may be told."""
        known = [account for account in self._accounts.all() if not account.disabled]
        return [Person(user=one.user, roles=one.roles, areas=one.areas, unit=one.unit) for one in known]

    def letters(self, user: str, wishes: Wishes, several: tuple[Notice, ...], *, as_digest: bool) -> Letter | None:
        """Write to a person as their lens shows it now; None where they may see nothing of it any more."""
        account = self._accounts.find(user)
        if account is None or account.disabled:
            return None
        viewer = account.viewer()
        seen = [(notice, self._seen(notice, viewer)) for notice in several]
        visible = {notice.id: case for notice, case in seen if notice.case_id is None or case is not None}
        left = tuple(notice for notice in several if notice.id in visible)
        if not left:
            return None
        writer = self._writer(viewer, wishes)
        if as_digest:
            return writer.digest(left, lambda notice: visible[notice.id])
        return writer.one(left[0], visible[left[0].id])

    def _seen(self, notice: Notice, viewer: Viewer) -> Case | None:
        """Return a notice's case through its reader's own lens and scope."""
        if notice.case_id is None:
            return None
        lens = replace(viewer, exercise=notice.exercise).lens
        for area in sorted(viewer.scope.areas):
            if found := self._node.ask_case("case", area, notice.case_id, lens).to_pylist():
                row: dict[str, Any] = found[0]
                return row
        return None

    def _writer(self, viewer: Viewer, wishes: Wishes) -> Writer:
        config, language = self._node.config, _language(wishes)
        open_to = screens_of(viewer.roles)

        def area_name(area_id: str) -> str:
            area = self.tree.areas.get(area_id)
            return (area.name_en if language == "en" else area.name_zh) if area else area_id

        city = config.city.name_en if language == "en" else config.city.name_zh
        home = next((screen for screen in HOMES if screen in open_to), "")
        return Writer(language, city, self.zone, config.notifications.address, home, area_name)


def notifier(node: Node, accounts: Accounts) -> Notifier:
    """Put the notifier of a node together; raise `ConfigError` where the mail's password is not in the environment."""
    ways: dict[str, Deliver] = {"webhook": _by_webhook(node)}
    if node.config.mail:
        ways["mail"] = _by_mail(Mailer(node.config.mail))
    return Notifier(node.registry, Addressed(node, accounts), ways, node.wall_clock.now)


def _by_mail(mailer: Mailer) -> Deliver:
    def deliver(_user: str, wishes: Wishes, letter: Letter) -> Outcome:
        return mailer.post(wishes.email, letter, catalogue.text(_language(wishes), "notice.footer"))

    return deliver


def _by_webhook(node: Node) -> Deliver:
    sender = Sender(private=node.config.notifications.private_addresses)
    clock: Callable[[], Any] = node.wall_clock.now

    def deliver(user: str, wishes: Wishes, letter: Letter) -> Outcome:
        body = msgspec.json.encode({"subject": letter.subject, "lines": letter.lines, "link": letter.link})
        message = signing.message_id(f"{user} {letter.name}")
        headers = signing.headers(signing.key_of(wishes.secret, user), message, clock(), body)
        return sender.post(wishes.webhook, body, headers | {"content-type": "application/json"})

    return deliver


def _language(wishes: Wishes) -> Language:
    return "en" if wishes.language == "en" else "zh"
