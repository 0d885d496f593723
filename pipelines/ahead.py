"""Work ahead: the next items are made on a thread of their own while the present one is used."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import TypeVar

Item = TypeVar("Item")
PAUSE = 0.05


class _Stopped(Exception):
    """Nobody takes the items any more."""


def ahead(items: Iterator[Item], depth: int = 1) -> Generator[Item, None, None]:
    """Yield the items in order, at most ``depth`` of them waiting to be asked for; errors come through in place."""
    made: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(depth)
    stop = threading.Event()

    def put(item: Item | None, error: BaseException | None) -> None:
        while not stop.is_set():
            try:
                return made.put((item, error), timeout=PAUSE)
            except queue.Full:
                continue
        raise _Stopped

    def make() -> None:
        try:
            for item in items:
                put(item, None)
            put(None, StopIteration())
        except _Stopped:
            if isinstance(items, Generator):
                items.close()
        except BaseException as error:
            with suppress(_Stopped):
                put(None, error)

    thread = threading.Thread(target=make, name="ahead", daemon=True)
    thread.start()
    try:
        yield from _taken(made)
    finally:
        stop.set()
        thread.join()


def _taken(made: queue.Queue[tuple[Item | None, BaseException | None]]) -> Iterator[Item]:
    while True:
        item, error = made.get()
        if isinstance(error, StopIteration):
            return
        if error is not None:
            raise error
        yield item  # type: ignore[misc]
