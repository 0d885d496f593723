"""The one thread that changes the node's file: append, acknowledge, apply, publish."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from time import monotonic
from typing import TypeVar

import pyarrow as pa

from .errors import CitybrainError, LogError
from .follower import Follower
from .log.base import Appended, Log

Answer = TypeVar("Answer")
INBOX = 256
MOST_EVENTS = 20_000
REFRESH_SECONDS = 1.0
RETRY_SECONDS = 0.5


class Writer:
    """Drain an inbox of event batches in order; each is answered once it is durable."""

    def __init__(self, log: Log, follower: Follower, publish: Callable[[], None], *, gather_seconds: float) -> None:
        self._log = log
        self._follower = follower
        self._publish = publish
        self._gather_seconds = gather_seconds
        self._inbox: queue.Queue[tuple[pa.Table, Future[Appended]]] = queue.Queue(INBOX)
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._stop = threading.Event()
        self.trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    @property
    def running(self) -> bool:
        """Tell whether the thread writes."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what was taken in, then end."""
        self._stop.set()
        if self.running:
            self._thread.join(timeout=30)

    def submit(self, events: pa.Table) -> Future[Appended]:
        """Hand in a batch; blocks while the inbox is full."""
        answer: Future[Appended] = Future()
        self._inbox.put((events, answer))
        return answer

    def do(self, job: Callable[[], Answer]) -> Answer:
        """Run something between batches, on the writer's thread if it runs, and return its answer."""
        if not self.running:
            return job()
        answer: Future[Answer] = Future()

        def run() -> None:
            try:
                answer.set_result(job())
            except BaseException as error:
                answer.set_exception(error)

        self._jobs.put(run)
        return answer.result()

    def _run(self) -> None:
        published = monotonic()
        try:
            while not (self._stop.is_set() and self._inbox.empty()):
                before = self._follower.position
                self._run_jobs()
                self._step()
                if self._follower.position != before or monotonic() - published >= REFRESH_SECONDS:
                    self._publish()
                    published = monotonic()
        except BaseException as error:
            self.trouble = error
            self._refuse_all(error)
            raise

    def _step(self) -> int:
        """Store what came in, then apply whatever the log holds; return how many events were new."""
        if taken := self._take():
            self._store(taken)
        try:
            applied = self._follower.catch_up(self._log)
        except LogError as error:
            # the log is away for now: what is shown grows old and says so, until it answers again
            self.trouble = error
            self._stop.wait(RETRY_SECONDS)
            return 0
        self.trouble = None
        return applied

    def _run_jobs(self) -> None:
        while not self._jobs.empty():
            self._jobs.get()()

    def _take(self) -> list[tuple[pa.Table, Future[Appended]]]:
        """Wait a moment for a first batch, then gather what else is there."""
        taken: list[tuple[pa.Table, Future[Appended]]] = []
        with suppress(queue.Empty):
            taken.append(self._inbox.get(timeout=self._gather_seconds))
            while sum(events.num_rows for events, _ in taken) < MOST_EVENTS:
                taken.append(self._inbox.get_nowait())
        return taken

    def _store(self, taken: list[tuple[pa.Table, Future[Appended]]]) -> None:
        try:
            appended = self._log.append(pa.concat_tables([events for events, _ in taken]))
        except CitybrainError as error:
            for _, answer in taken:
                answer.set_exception(error)
            return
        for _, answer in taken:
            answer.set_result(appended)

    def _refuse_all(self, error: BaseException) -> None:
        """Nobody waits for a writer that is gone."""
        while not self._inbox.empty():
            self._inbox.get()[1].set_exception(error)
