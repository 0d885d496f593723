"""An analyst's questions, within the analyst's areas."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from pipelines.contract.asking import Asking
from pipelines.contract.scope import Viewer
from pipelines.node import Node

from .guard import Guard

Answer = dict[str, Any]


class Inquiries:
    """Answer, follow and take away; each question belongs to who asked it."""

    def __init__(self, node: Node, guard: Guard) -> None:
        """Ask a node."""
        self._node = node
        self._guard = guard

    def askable(self, viewer: Viewer) -> Answer:
        """Return every metric and dimension that an analyst may ask for."""
        self._guard.need(viewer, "analyse", "catalogue")
        return self._node.analyst.catalogue(sorted(viewer.scope.areas), viewer.lens)

    def members(self, dimension: str, area: str, text: str, viewer: Viewer) -> list[Answer]:
        """Return the values of a dimension within an area."""
        self._guard.analyse(viewer, dimension, area)
        return self._node.analyst.members(dimension, area, text)

    def answer(self, asking: Asking, name: str, viewer: Viewer) -> Answer:
        """Answer an analyst's question."""
        self._guard.analyse(viewer, asking.metric, asking.area)
        return self._node.analyst.answer(asking, (_asker(viewer), name), viewer.lens)

    def trend(self, asking: Asking, step: str, window: int | None, name: str, viewer: Viewer) -> Answer:
        """Return the course of an analyst's question."""
        self._guard.analyse(viewer, asking.metric, asking.area)
        return self._node.analyst.trend(asking, step, window, (_asker(viewer), name), viewer.lens)

    def rows(self, asking: Asking, part: str, offset: int, limit: int, name: str, viewer: Viewer) -> Answer:
        """Return cases behind an analyst's question."""
        self._guard.analyse(viewer, asking.metric, asking.area)
        return self._node.analyst.rows(asking, part, offset, limit, (_asker(viewer), name), viewer.lens)

    def proof(self, asking: Asking, name: str, viewer: Viewer) -> Answer:
        """Return the passport of an analyst's question: how its value came about."""
        self._guard.analyse(viewer, asking.metric, asking.area)
        return self._node.analyst.passport(asking, (_asker(viewer), name), viewer.lens)

    def export(self, asking: Asking, form: str, language: str, name: str, viewer: Viewer) -> tuple[str, str, bytes]:
        """Return an analyst's answer as a file: its name, its media type, its content."""
        self._guard.analyse(viewer, asking.metric, asking.area)
        file = self._node.analyst.export(asking, form, language, (_asker(viewer), name), viewer.lens)
        told = {"file": file.name, "bytes": len(file.content), "sha256": hashlib.sha256(file.content).hexdigest()}
        self._guard.record(viewer, "export", f"{asking.metric}.{form}", asking.area, asdict(asking) | told)
        return file.name, file.media_type, file.content

    def lend_thread(self) -> None:
        """Give the calling thread away to one question."""
        self._node.analyst.lend_thread()

    def progress(self, question: str, viewer: Viewer) -> Answer:
        """Tell who asked a question how far it is."""
        return self._node.analyst.running.progress((_asker(viewer), question))

    def cancel(self, question: str, viewer: Viewer) -> Answer:
        """End a question, for who asked it."""
        return self._node.analyst.running.cancel((_asker(viewer), question))


def _asker(viewer: Viewer) -> str:
    return f"{viewer.user} {viewer.session or ''}"
