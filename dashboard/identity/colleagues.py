"""What a hand is called for another: a name with its post, behind masks the post alone; the log knows accounts."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from pipelines.contract.scope import Viewer

from .. import catalogue
from .accounts import Account, Accounts


class Colleagues:
    """Names of those who act, in a person's language."""

    def __init__(self, accounts: Accounts | None, zone: tzinfo) -> None:
        """Know the accounts of this site; without a sign-in there are none."""
        self._accounts = accounts
        self._zone = zone

    def named(self, values: dict[str, Any], viewer: Viewer, lang: str) -> dict[str, Any]:
        """Return the values of a refusal with whoever acted, and when, as a person says it."""
        language: catalogue.Language = "en" if lang == "en" else "zh"
        told = dict(values)
        if isinstance(told.get("by"), str):
            told["by"] = self._called(told["by"], viewer, language)
        if isinstance(told.get("at"), datetime):
            told["at"] = told["at"].astimezone(self._zone).strftime("%H:%M:%S")
        if isinstance(told.get("until"), datetime):
            told["until"] = told["until"].astimezone(self._zone).strftime("%Y-%m-%d %H:%M")
        return told

    def all(self) -> dict[str, dict[str, str]]:
        """Return what everybody is called, with and without their post."""
        known = [account for account in (self._accounts.all() if self._accounts else []) if account.name]
        return {
            one.user: {
                "name_zh": one.name, "name_en": one.name_en or one.name,
                "post_zh": post(one, "zh"), "post_en": post(one, "en"),
            }
            for one in known
        }  # fmt: skip

    def _called(self, user: str, viewer: Viewer, language: catalogue.Language) -> str:
        if user == "system":
            return catalogue.text(language, "person.system")
        account = self._accounts.find(user) if self._accounts else None
        if viewer.lens.masked:
            return (post(account, language) if account else "") or catalogue.text(language, "person.someone")
        if account is None:
            return user
        return with_post(account, language)


def post(account: Account, language: catalogue.Language) -> str:
    """Return the posts of a person."""
    words = (catalogue.text(language, f"me.role.{role}") for role in sorted(account.roles))
    return ("、" if language == "zh" else ", ").join(words)


def with_post(account: Account, language: catalogue.Language) -> str:
    """Return a name with its post; one that is its post is said once."""
    name = (account.name_en if language == "en" else "") or account.name
    held = post(account, language)
    return name if name in ("", held) else catalogue.text(language, "person.with-post", name=name, post=held)
