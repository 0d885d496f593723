"""What the clock does without a hand: steps of the ladder, ends of pauses and windows, each noted once by any node."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

from .contract import commands as c
from .contract.scope import Scope, Viewer
from .errors import CitybrainError, CommandRefused
from .warehouse import Warehouse, statement

SYSTEM: Final = "system"
EVERY_SECONDS: Final = 5.0
URGED_AT: Final = frozenset({"overdue"})
"""Steps at which the clock itself urges the unit; cards it only proposes."""
NAMES: Final = uuid.uuid5(uuid.NAMESPACE_URL, "citybrain:steward")
Submit = Callable[[c.Command, Viewer], object]


class Steward:
    """Look after the cases that live by hands, every few seconds."""

    def __init__(
        self, warehouse: Warehouse, submit: Submit, now: Callable[[], datetime], root: str, feeds: Sequence[str]
    ) -> None:
        """Look after a warehouse's cases, commanding by ``submit``; ``feeds`` are sources that move their own cases."""
        self._warehouse = warehouse
        self._submit = submit
        self._now = now
        self._root = root
        self._feeds = list(feeds)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="steward", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=10)

    def round(self) -> int:
        """Do what the clock asks now; return how many commands were carried out."""
        return sum(self._given(command, exercise) for command, exercise in self._due())

    def _run(self) -> None:
        while not self._stop.wait(EVERY_SECONDS):
            # the log may be away for a while: the next round does what this one could not
            with suppress(CitybrainError):
                self.round()

    def _due(self) -> Iterator[tuple[c.Command, bool]]:
        now = self._now()
        for row in self._rows("lapsed", now):
            moment = row["due_at"]
            name = f"{row['stage']}:{moment.isoformat()}"
            told = f"{moment.strftime('%Y-%m-%dT%H:%M:%S.%f')}Z"
            yield (
                c.Lapse(id=_id(row, name), case_id=row["case_id"], stage=row["stage"], card=row["card"], note=told),
                row["exercise"],
            )
            if row["stage"] in URGED_AT:
                yield c.Urge(id=_id(row, f"urge:{name}"), case_id=row["case_id"]), row["exercise"]
        for row in self._rows("waking", now):
            name = f"{row['command']}:{row['since'].isoformat()}"
            yield c.COMMANDS[row["command"]](id=_id(row, name), case_id=row["case_id"]), row["exercise"]

    def _rows(self, question: str, now: datetime) -> list[dict[str, Any]]:
        found = self._warehouse.rows(statement(f"decisions/{question}"), now=now, feeds=self._feeds).to_pylist()
        return [row | {name: _utc(value) for name, value in row.items()} for row in found]

    def _given(self, command: c.Command, exercise: bool) -> int:
        by = Viewer(SYSTEM, frozenset({SYSTEM}), Scope(frozenset({self._root})), exercise=exercise)
        try:
            self._submit(command, by)
        except CommandRefused:
            # somebody was quicker: the next round sees what they did
            return 0
        return 1


def _utc(value: Any) -> Any:  # noqa: ANN401
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _id(row: dict[str, Any], name: str) -> str:
    """Name a command by what caused it, so that two nodes give the same one."""
    return str(uuid.uuid5(NAMES, f"{row['case_id']}:{name}"))
