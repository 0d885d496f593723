"""All that leaves a node: a thread for each webhook and one for people's notices, so that none waits for another."""

from __future__ import annotations

import logging
import os
import random
import threading
from collections.abc import Callable
from typing import Any, Final, Protocol

from pipelines.config import Config
from pipelines.config.webhooks import Webhook
from pipelines.contract.scope import Lens
from pipelines.errors import CitybrainError, ConfigError
from pipelines.node import Node
from pipelines.registry.base import Registry

from ..identity.accounts import Accounts
from . import signing
from .addressed import notifier
from .lease import Lease
from .receiver import DEAD, KIND, Progress, Receiver, Row, progress
from .sender import Sender

TROUBLED_SECONDS: Final = 5.0
WORDLESS: Final[Row] = dict.fromkeys(("title", "note", "attachments"))
"""What people wrote freely may name anybody, and no mask knows every name: a masked webhook gets none of it."""
_log = logging.getLogger(__name__)


class Stepping(Protocol):
    """Whoever does a little at a time."""

    lease: Lease

    def step(self) -> float:
        """Do what can be done now; return after how many seconds to come again."""
        ...


class Outbox:
    """Start and stop everything that sends."""

    def __init__(self, node: Node, accounts: Accounts | None) -> None:
        """Make a receiver of every configured webhook, and a notifier where there are people."""
        for hook in node.config.webhooks:
            for area in hook.areas:
                node.areas.get(area)
        made = [(f"webhook {hook.name}", receiver(node, hook)) for hook in node.config.webhooks]
        told: list[tuple[str, Stepping]] = [("notifications", notifier(node, accounts))] if accounts else []
        self._stepping: list[tuple[str, Stepping]] = [*made, *told]
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to send."""
        for name, one in self._stepping:
            self._threads.append(threading.Thread(target=self._run, args=(one,), name=name, daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        """End, and let another node go on at once."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=1)
        for _, one in self._stepping:
            one.lease.release()

    def _run(self, one: Stepping) -> None:
        while not self._stop.is_set():
            try:
                wait = one.step()
            except CitybrainError:
                # the registry or the log is away: nothing is lost, it is tried again
                wait = TROUBLED_SECONDS
            except Exception:
                if self._stop.is_set():
                    return
                # a fault of ours must not silence all that comes after it
                _log.exception("what leaves the node stumbled")
                wait = TROUBLED_SECONDS
            self._stop.wait(wait)


def receiver(node: Node, hook: Webhook) -> Receiver:
    """Put a webhook's receiver together; raise `ConfigError` where its key is not in the environment."""
    secret = os.environ.get(hook.secret_secret)
    if not secret:
        raise ConfigError(f"webhooks.{hook.name}.secret_secret: the environment has no {hook.secret_secret}")
    lens = Lens(masked=not hook.persons)

    def facts(after: int, limit: int) -> list[Row]:
        rows = node.facts(after, limit, lens)
        return rows if hook.persons else [row | WORDLESS for row in rows]

    return Receiver(
        hook,
        signing.key_of(secret, hook.secret_secret),
        node.registry,
        facts,
        wanted(node, hook),
        lambda: node.follower.position,
        Sender(private=hook.private_addresses).post,
        node.wall_clock.now,
        node.config.city.id,
        random.random,
    )


def wanted(node: Node, hook: Webhook) -> Callable[[Row], bool]:
    """Return what tells whether a webhook hears of a fact."""
    kinds, simulated = frozenset(hook.kinds), node.config.city.data == "simulated"

    def is_wanted(row: Row) -> bool:
        if (kinds and row["kind"] not in kinds) or row["simulated"] != simulated:
            return False
        if row["exercise"] and not hook.exercise:
            return False
        if hook.areas and not any(node.areas.within(row["area_id"], area) for area in hook.areas):
            return False
        return not hook.units or bool(_units(node, row) & set(hook.units))

    return is_wanted


def _units(node: Node, row: Row) -> set[str]:
    """Return the units a fact is about: its own, and those that lead the case or help."""
    case = node.decisions.file(row["case_id"]) if row["case_id"] else None
    named = [row["unit_id"], row["to_unit_id"], *(row["assisting"] or "").split()]
    if case:
        named += [case.unit_id, *(case.assisting or "").split()]
    return {unit for unit in named if unit}


def listing(config: Config, registry: Registry) -> list[dict[str, Any]]:
    """Return how far every webhook is; never its key."""
    return [_listed(hook, progress(registry, hook.name), registry) for hook in config.webhooks]


def _listed(hook: Webhook, known: Progress | None, registry: Registry) -> dict[str, Any]:
    told: dict[str, Any] = {"name": hook.name, "url": hook.url, "kinds": list(hook.kinds), "began": known is not None}
    if known is None:
        return told
    return told | {
        "position": known.position, "waiting": len(known.waiting), "paused": known.paused,
        "delivered": known.delivered, "failures": known.failures, "last_success": known.last_success,
        "last_failure": known.last_failure, "last_told": known.last_told, "laid_aside": known.laid_aside,
        "dead_letters": registry.length(f"{DEAD}/{hook.name}") - known.sent_again,
    }  # fmt: skip


__all__ = ["KIND", "Outbox", "listing", "receiver", "wanted"]
