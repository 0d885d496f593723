"""The page of Open311 says what the doors do: every example is replayed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import pytest
from defusedxml import ElementTree
from httpx2 import Response

from .stage import Stage

PAGE = Path(__file__).parents[2] / "docs" / "OPEN311.md"
EXAMPLE = re.compile(r"^```http\n(.*?)^```\n\n```(json|xml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def examples() -> Iterator[tuple[str, str, str]]:
    for found in EXAMPLE.finditer(PAGE.read_text(encoding="utf-8")):
        yield found.group(1), found.group(2), found.group(3)


def ask(stage: Stage, asked: str) -> Response:
    """Send a request as the page writes it."""
    head, _, body = asked.strip().partition("\n\n")
    (method, address), *headers = head.split("\n")[0].split(" "), *head.split("\n")[1:]
    fields = dict(line.split(": ", 1) for line in headers)
    content = body.replace("KEY", stage.key()) if body else None
    return stage.client.request(method, address, content=content, headers=fields)


def neat(answer: Response, form: str) -> str:
    """Write an answer as the page shows it."""
    if form == "json":
        text = json.dumps(answer.json(), ensure_ascii=False, indent=1)
    else:
        root = ElementTree.fromstring(answer.content)
        _indent(root)
        text = canonicalize(ElementTree.tostring(root, encoding="unicode"))
    return IDENTITY.sub("00000000-0000-0000-0000-000000000000", text) + "\n"


def _indent(root: Any, depth: int = 0) -> None:
    for entry in root:
        entry.tail = "\n" + " " * (depth + 1)
        _indent(entry, depth + 1)
    if len(root):
        root.text = "\n" + " " * (depth + 1)
        root[-1].tail = "\n" + " " * depth


@pytest.mark.parametrize("number", range(5))
def test_an_example_is_what_is_answered(stage: Stage, number: int) -> None:
    asked, form, told = list(examples())[number]
    assert neat(ask(stage, asked), form) == told, f"{PAGE.name} is stale: {asked}"


def test_every_example_is_replayed(stage: Stage) -> None:
    assert len(list(examples())) == 6
    asked, form, told = list(examples())[-2]
    assert "POST" in asked
    assert neat(ask(stage, asked), form) == told
