"""One post: no redirects, no proxies, no waiting for ever; only the answer's status is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import httpx2

from pipelines.errors import CitybrainError

from .target import target

SECONDS: Final = 10.0
GONE: Final = 410
LONGEST_WAIT: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a post."""

    is_delivered: bool
    told: str
    is_gone: bool = False
    """the receiver wants no more"""
    wait: float = 0.0
    """seconds the receiver asks for"""


class Sender:
    """Post to one kind of receivers."""

    def __init__(self, *, private: bool, seconds: float = SECONDS) -> None:
        """Say whether private addresses are allowed, and how long one step may take."""
        self._private = private
        self._client = httpx2.Client(
            timeout=httpx2.Timeout(seconds), follow_redirects=False, trust_env=False,
            limits=httpx2.Limits(max_keepalive_connections=0),
        )  # fmt: skip

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> Outcome:
        """Post a body; say what came of it, whatever happens."""
        try:
            at = target(url, private=self._private)
            told = {
                "host": at.host,
                "content-type": "application/cloudevents+json",
                "user-agent": "citybrain",
            } | headers
            with self._client.stream(
                "POST", at.url, content=body, headers=told, extensions={"sni_hostname": at.name}
            ) as answer:
                return _outcome(answer)
        except (CitybrainError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return Outcome(False, f"{type(error).__name__}: {error}"[:300])

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()


def _outcome(answer: httpx2.Response) -> Outcome:
    status = answer.status_code
    asked = answer.headers.get("retry-after", "")
    wait = min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else 0.0
    return Outcome(200 <= status < 300, f"status {status}", status == GONE, wait)
