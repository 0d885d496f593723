"""What may be reported: the city's categories as services, and what each asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.config.open311 import Attribute, Choice
from pipelines.node import Node

from ... import catalogue
from .refusal import RequestRefused


@dataclass(frozen=True, slots=True)
class Service:
    """One category as outsiders see it."""

    code: str
    name: str
    other_name: str
    group: str
    hours: float | None
    asked: tuple[Attribute, ...]


class Services:
    """The categories that outsiders may read and report, in one language."""

    def __init__(self, node: Node, language: catalogue.Language) -> None:
        """Look at a node's list."""
        rules, kinds, self._language = node.config.open311, node.kinds(), language
        groups = {group.id: self._named(group.name_zh, group.name_en)[0] for group in kinds.groups}
        withheld = node.public.withheld
        self.all = {
            kind.id: Service(
                kind.id, *self._named(kind.name_zh, kind.name_en), groups.get(kind.group or "", ""),
                kind.limits.get("normal"),
                tuple(one for one in rules.attributes if not one.services or {kind.id, kind.group} & {*one.services}),
            )
            for kind in kinds.categories if not {kind.id, kind.group} & withheld
        }  # fmt: skip

    def find(self, code: str) -> Service:
        """Return one service; raise `RequestRefused` where there is none of that code."""
        if not code:
            raise RequestRefused(400, "service_code was not provided")
        if code not in self.all:
            raise RequestRefused(404, f"service_code {code[:60]!r} was not found; GET services lists them")
        return self.all[code]

    def listed(self) -> list[dict[str, Any]]:
        """Return every service as the standard lists it."""
        return [
            {
                "service_code": service.code,
                "service_name": service.name,
                "description": self.notice(service.code) or service.name,
                "metadata": bool(service.asked),
                "type": "realtime",
                "keywords": ", ".join(dict.fromkeys(filter(None, (service.other_name, service.group)))),
                "group": service.group,
            }
            for service in self.all.values()
        ]

    def definition(self, code: str) -> dict[str, Any]:
        """Return what a service asks."""
        asked = self.find(code).asked
        return {
            "service_code": code,
            "attributes": [self._attribute(attribute, order) for order, attribute in enumerate(asked, 1)],
        }

    def notice(self, code: str | None) -> str | None:
        """Say how soon a category is dealt with, where the city promises it."""
        service = self.all.get(code or "")
        if service is None or service.hours is None:
            return None
        return catalogue.text(self._language, "open311.notice", name=service.name, hours=f"{service.hours:g}")

    def _attribute(self, attribute: Attribute, order: int) -> dict[str, Any]:
        return {
            "variable": True,
            "code": attribute.code,
            "datatype": attribute.datatype,
            "required": attribute.required,
            "datatype_description": attribute.hint,
            "order": order,
            "description": self._named(attribute.asked_zh, attribute.asked_en)[0],
            "values": [self._choice(choice) for choice in attribute.values],
        }

    def _choice(self, choice: Choice) -> dict[str, str]:
        return {"key": choice.key, "name": self._named(choice.name_zh, choice.name_en)[0]}

    def _named(self, zh: str, en: str | None) -> tuple[str, str]:
        """Return a name in this language, and in the other."""
        return (zh, en or zh) if self._language == "zh" else (en or zh, zh)
