"""What a notice says, in a person's language: a kind, a case as their own lens shows it, a link; never more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import quote

from pipelines.contract.notices import Notice
from pipelines.errors import ConfigError

from .. import catalogue
from ..catalogue import Language

Case = dict[str, Any]
Look = Callable[[Notice], Case | None]
"""A notice's case as its reader may see it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message."""

    name: str
    """the same whenever it is sent"""
    subject: str
    lines: tuple[str, ...]
    link: str | None


@dataclass(frozen=True)
class Writer:
    """Write letters for one person."""

    language: Language
    city: str
    zone: tzinfo
    site: str | None
    home: str
    area_name: Callable[[str], str]

    def one(self, notice: Notice, case: Case | None) -> Letter:
        """Write of one notice."""
        subject = self._say("notice.subject", city=self.city, what=self._what(notice), about=self._about(notice, case))
        lines = [self._line(notice, case), *self._facts(case)]
        return Letter(notice.id, self._marked(subject, drill=notice.exercise), tuple(lines), self._link(notice.case_id))

    def digest(self, notices: tuple[Notice, ...], look: Look) -> Letter:
        """Write of what came in the quiet hours."""
        lines = [
            f"{self._time(notice.happened_at)}  {self._line(notice, look(notice))}"
            + (f"  {link}" if (link := self._link(notice.case_id)) else "")
            for notice in sorted(notices, key=lambda notice: notice.happened_at)
        ]
        subject = self._say("notice.digest", city=self.city, count=len(notices))
        drill = all(notice.exercise for notice in notices)
        return Letter(
            "digest " + " ".join(n.id for n in notices), self._marked(subject, drill=drill), tuple(lines), None
        )

    def _line(self, notice: Notice, case: Case | None) -> str:
        text = self._say("notice.line", what=self._what(notice), about=self._about(notice, case))
        return self._marked(text, drill=notice.exercise)

    def _what(self, notice: Notice) -> str:
        what = self._say(f"event.{notice.kind}")
        return f"{what} ({self._say(f'lapsed.{notice.stage}')})" if self._knows(notice) else what

    def _knows(self, notice: Notice) -> bool:
        return notice.kind == "clock-lapsed" and f"lapsed.{notice.stage}" in catalogue.messages()

    def _about(self, notice: Notice, case: Case | None) -> str:
        if notice.kind == "warning-issued":
            other = notice.headline_zh or notice.headline_en or ""
            headline = (notice.headline_en if self.language == "en" else notice.headline_zh) or other
            until = self._say("warning.until", time=self._time(notice.until_at)) if notice.until_at else ""
            return f"{headline} {until}".strip()
        if case is None:
            return notice.case_id or self.area_name(notice.area_id)
        return f"{case['title'] or case[f'category_{self.language}']} · {case[f'area_{self.language}']}"

    def _facts(self, case: Case | None) -> list[str]:
        if case is None:
            return []
        due = case["due_at"] or case["sign_due_at"]
        return [
            self._say("notice.number", number=case["case_id"]),
            self._say("notice.category", category=case[f"category_{self.language}"]),
            *([self._say("notice.due", time=self._time(due))] if due else []),
        ]

    def _link(self, case_id: str | None) -> str | None:
        if not self.site:
            return None
        base = f"{self.site.rstrip('/')}/{self.home}?lang={self.language}"
        return f"{base}&case={quote(case_id, safe='')}" if case_id else base

    def _marked(self, text: str, *, drill: bool) -> str:
        return self._say("notice.drill", text=text) if drill else text

    def _time(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def _say(self, key: str, **values: object) -> str:
        try:
            return catalogue.text(self.language, key, **values)
        except ConfigError:
            return key
