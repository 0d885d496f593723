"""Processes of a bench: a parent asks in JSON lines, a child answers each with one."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from pipelines.errors import CitybrainError

Handler = Callable[..., Any]


class Child:
    """A module of this package run as a process of its own; ended with the block."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Start ``python -m dashboard.bench.<module>``; it says once when it is ready."""
        command = [sys.executable, "-m", f"{__package__}.{module}", *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready: Any = self._answer(module)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def ask(self, what: str, **values: Any) -> Any:  # noqa: ANN401
        """Have it do something; return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what} | values) + "\n")
        self._process.stdin.flush()
        return self._answer(what)

    def usage(self) -> Usage:
        """Return what it has used so far."""
        return Usage(**self.ask("usage"))

    def _answer(self, what: str) -> Any:  # noqa: ANN401
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise CitybrainError(f"a process of the bench ended at {what!r}; what it said is above")
        return json.loads(line)


class Usage:
    """Seconds of processor time, bytes of memory in use."""

    def __init__(self, cpu: float, rss: int) -> None:
        self.cpu = cpu
        self.rss = rss


def usage() -> dict[str, float]:
    """Return what this process has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": used.ru_utime + used.ru_stime, "rss": _resident()}


def raise_limit(files: int = 8192) -> None:
    """Allow as many open sockets as the machine lets us."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files if most == resource.RLIM_INFINITY else min(files, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def obey(handlers: Mapping[str, Handler], ready: Any = None) -> None:  # noqa: ANN401
    """Say that we are ready, then answer until the parent leaves; end the process with it."""
    _say(ready)
    for line in sys.stdin:
        asked = json.loads(line)
        _say(({"usage": usage} | dict(handlers))[asked.pop("do")](**asked))
    sys.stdout.flush()
    os._exit(0)


def obey_beside(handlers: Mapping[str, Handler], ready: Any = None) -> None:  # noqa: ANN401
    """Obey on a thread, where the main one serves."""
    threading.Thread(target=obey, args=(handlers, ready), daemon=True).start()


def _say(answer: Any) -> None:  # noqa: ANN401
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _resident() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as numbers:  # noqa: PTH123
            return int(numbers.read().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
