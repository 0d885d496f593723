"""A running node, reached through its admin side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx2
import pyarrow as pa

from pipelines import errors
from pipelines.errors import CitybrainError

from . import door
from .door import Door
from .progress import Progress

CONNECT_SECONDS = 2.0


@dataclass(frozen=True)
class RemoteReport:
    """The node's report of an import, as it told it."""

    told: list[str]

    def lines(self) -> list[str]:
        """Return it as lines of text."""
        return self.told


class RemoteNode:
    """Do through a running node what it does itself; its refusals come back as the same errors."""

    def __init__(self, at: Door) -> None:
        self.at = at
        self._client = httpx2.Client(
            base_url=f"{at.url}/admin",
            headers={"Authorization": f"Bearer {at.token}"},
            timeout=httpx2.Timeout(None, connect=CONNECT_SECONDS),
            trust_env=False,
        )

    @classmethod
    def find(cls, folder: Path) -> Self | None:
        """Return the node that runs on a data folder, if one does and answers."""
        at = door.found(folder)
        if at is None:
            return None
        node = cls(at)
        try:
            node.status()
        except httpx2.TransportError:
            node.close()
            return None
        except BaseException:
            node.close()
            raise
        return node

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def status(self) -> dict[str, Any]:
        """Return how the node is."""
        return dict(self._done(self._client.get("/status")).json())

    def checks(self) -> dict[str, int]:
        """Return what the node's own checks found."""
        return dict(self._done(self._client.get("/checks")).json())

    def query(self, sql: str) -> pa.Table:
        """Answer a read-only question."""
        return pa.ipc.open_stream(self._done(self._client.post("/query", json={"sql": sql})).content).read_all()

    def import_files(self, files: Sequence[Path], source: str, progress: Progress) -> RemoteReport:
        """Take in files, telling the progress; return the report."""
        asked = {"files": [str(file.absolute()) for file in files], "source": source}
        with self._client.stream("POST", "/import", json=asked) as answer:
            if answer.is_error:
                answer.read()
            for line in _lines(self._done(answer)):
                if "progress" in line:
                    progress(*line["progress"])
                elif "result" in line:
                    return RemoteReport(line["result"])
                else:
                    raise _error(line)
        raise CitybrainError("the node hung up in the middle; what it acknowledged is kept, import again for the rest")

    def replay(self, files: Sequence[Path], source: str, speed: float) -> None:
        """Play recorded cases through the running node."""
        asked = {"files": [str(file.absolute()) for file in files], "source": source, "speed": speed}
        self._done(self._client.post("/replay", json=asked))

    def rebuild(self) -> None:
        """Make the marts anew."""
        self._done(self._client.post("/rebuild", json={}))

    def verify(self) -> list[Any]:
        """Return where the marts differ from a rebuild."""
        return list(self._done(self._client.post("/rebuild", json={"verify": True})).json())

    def backup(self, target: Path) -> Any:  # noqa: ANN401
        """Write a backup to a folder of this machine."""
        return self._done(self._client.post("/backup", json={"target": str(target.absolute())})).json()

    def _done(self, answer: httpx2.Response) -> httpx2.Response:
        if answer.status_code == httpx2.codes.UNPROCESSABLE_CONTENT and "error" in answer.json():
            raise _error(answer.json())
        if answer.is_error:
            raise CitybrainError(f"the node at {self.at.url} answered {answer.status_code}: {answer.text[:200]}")
        return answer


@contextmanager
def found(folder: Path) -> Iterator[RemoteNode | None]:
    """Reach the node that runs on a data folder, or None."""
    node = RemoteNode.find(folder)
    try:
        yield node
    finally:
        if node:
            node.close()


def _lines(answer: httpx2.Response) -> Iterator[dict[str, Any]]:
    for line in answer.iter_lines():
        if line:
            yield json.loads(line)


def _error(refusal: dict[str, Any]) -> CitybrainError:
    kind = getattr(errors, str(refusal["error"]), CitybrainError)
    return kind(refusal["message"]) if issubclass(kind, CitybrainError) else CitybrainError(refusal["message"])
