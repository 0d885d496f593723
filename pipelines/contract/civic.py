"""What outsiders ask and report by Open311: a filter of requests, a report, and how to reach who sent it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import ClassVar, Final

import msgspec

from .reporting import Report

SOURCE: Final = "open311"
LONGEST_DESCRIPTION: Final = 4000
LONGEST_TITLE: Final = 200
SHORTEST_NUMBER: Final = 6


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which requests are asked for; ids count alone."""

    ids: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    is_open: bool | None = None
    start: datetime | None = None
    end: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    near: tuple[float, float, float] | None = None
    """longitude, latitude, metres"""
    as_of: int | None = None
    """the log's position of a first page: later reports are on none of the pages behind it"""
    skip: int = 0
    count: int = 1000


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who reported, as far as they said: never in the log, kept for a time only."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    device_id: str = ""
    account_id: str = ""

    def taken_out(self, words: str) -> str:
        """Return words without what they tell of the reporter's own name and numbers."""
        names = (self.first_name + self.last_name, self.last_name + self.first_name, self.first_name, self.last_name)
        for value in (self.email, self.phone, self.device_id, self.account_id, *names):
            value = value.strip()
            if len(value) > 1:
                words = re.sub(_whole(value), "**", words, flags=re.IGNORECASE)
        return words


class CivicReport(Report, frozen=True, kw_only=True):
    """A report by Open311: with words for its place, and what a category asks beside."""

    source: ClassVar[str] = SOURCE
    channel: ClassVar[str] = SOURCE
    address: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    media_url: str = ""

    @property
    def title(self) -> str | None:
        """Return the first words of the description."""
        words = " ".join(self.description.split())
        return (words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1] + "…") or None

    @property
    def note(self) -> str | None:
        """Return what the title does not hold: a long description, answers, the address of a picture."""
        words = " ".join(self.description.split())
        told = [words] if len(words) > LONGEST_TITLE else []
        told += [f"{code}: {value}" for code, value in self.attributes]
        told += [f"media_url: {self.media_url}"] if self.media_url else []
        return "\n".join(told) or None


def _whole(value: str) -> str:
    """Return a pattern that finds a value: a number however it is spaced, Latin letters as a whole word only."""
    digits = re.sub(r"[ ()+-]", "", value)
    found = "[ -]?".join(digits) if digits.isdigit() and len(digits) > SHORTEST_NUMBER else re.escape(value)
    before = "(?<![A-Za-z0-9])" if value[0].isascii() else ""
    return before + found + ("(?![A-Za-z0-9])" if value[-1].isascii() else "")
