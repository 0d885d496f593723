"""Answers that are still true: asked again at the same position of the log, they are not counted again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ..contract.scope import CLEAR, Lens
from ..metrics.passport import Asked

MOST_ROWS = 200_000
Records = list[dict[str, Any]]
Key = tuple[Lens, str, str, int]


class Remembered:
    """The last answers by lens, SQL, parameters and log position, the longest unused forgotten first."""

    def __init__(self, position: Callable[[], int]) -> None:
        self._position = position
        self._kept: OrderedDict[Key, Records] = OrderedDict()
        self._rows = 0
        self._lock = threading.Lock()

    def over(self, asked: Asked, lens: Lens = CLEAR) -> Asked:
        """Return someone who asks only what is not remembered of those who looked through the same lens."""
        return _Reader(self, asked, lens)

    def records(self, asked: Asked, lens: Lens, sql: str, parameters: Mapping[str, Any]) -> Records:
        """Answer from memory, or ask and remember."""
        # read before the question: what is remembered may be newer than its position says, never older
        key = (lens, sql, _written(sql, parameters), self._position())
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return found
        answer = asked.records(sql, **parameters)
        self._keep(key, answer)
        return answer

    def _keep(self, key: Key, answer: Records) -> None:
        with self._lock:
            if key not in self._kept and len(answer) < MOST_ROWS // 4:
                self._kept[key] = answer
                self._rows += len(answer) + 1
            while self._rows > MOST_ROWS:
                self._rows -= len(self._kept.popitem(last=False)[1]) + 1


class _Reader:
    def __init__(self, remembered: Remembered, asked: Asked, lens: Lens) -> None:
        self._remembered = remembered
        self._asked = asked
        self._lens = lens

    def records(self, sql: str, **parameters: Any) -> Records:  # noqa: ANN401
        return self._remembered.records(self._asked, self._lens, sql, parameters)


def _written(sql: str, parameters: Mapping[str, Any]) -> str:
    """Write parameters down; of a period that has ended, what is not yet due in it is nobody, whatever time it is."""
    kept = dict(parameters)
    end, now = kept.get("end"), kept.get("now")
    if isinstance(end, datetime) and isinstance(now, datetime) and end <= now and _settled(sql):
        del kept["now"]
    return repr(sorted(kept.items()))


def _settled(sql: str) -> bool:
    """Tell whether the present moment is only compared with the time that places rows in the period."""
    return any(sql.count("$now") == sql.count(f"{at} >= $now") and f"{at} < $end" in sql for at in _PLACING)


_PLACING = ("deadline_at", "due_at")
