"""Commands that stand in the log and that the audit never heard of, since it was away: noted late, and as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from pipelines.contract.scope import Scope, Viewer
from pipelines.node import Node

from .audit import AUDIT, Audit, Entry

MENDED: Final = "audit_mended"
SETTLING_SECONDS: Final = 5.0
"""How long after a command stands its note may be on its way."""
EVERY_SECONDS: Final = 600.0
PAGE: Final = 1000
STANDING: Final = """
    select
        cause,
        arg_min(coalesce(case_id, concat_ws(':', area_id, year)), seq) as place,
        arg_min(actor, seq) as actor,
        arg_min(source, seq) as source,
        string_agg(kind, ' ' order by seq) as kinds,
    from log
    where seq > {after} and seq <= {end} and cause <> ''
        and (source = 'command' or (source = 'pocket' and kind = 'case-reported'))
        and actor is not null and actor <> 'system'
    group by cause
    order by min(seq)
"""


class Mark(msgspec.Struct, frozen=True):
    """Up to where log and audit are known to agree."""

    position: int = 0
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What stood in the log behind the last mark, and how long the audit was then."""

    commands: list[dict[str, Any]]
    before: Mark
    after: Mark


class Mending:
    """Compare a node's log with its site's audit, from where both agreed."""

    def __init__(self, node: Node, audit: Audit) -> None:
        """Mend the audit of a node's site."""
        self._node = node
        self._audit = audit

    def look(self) -> Look:
        """Return what hands commanded since the last time; to be noted once notes on their way have come."""
        kept = self._audit.registry.get(MENDED, "mark")
        before = msgspec.json.decode(kept, type=Mark) if kept else Mark()
        after = Mark(self._node.tick().position, self._audit.registry.length(AUDIT))
        sql = STANDING.format(after=before.position, end=after.position)
        commands = self._node.query(sql).to_pylist() if after.position > before.position else []
        return Look(commands, before, after)

    def note(self, look: Look) -> int:
        """Note what nobody noted, and that both agree up to there; return how many there were."""
        known = set(self._known(look.before.entries)) if look.commands else set()
        missed = [one for one in look.commands if not known & {one["cause"], one["place"] + one["source"]}]
        for one in missed:
            by = Viewer(one["actor"], frozenset(), Scope(frozenset()))
            told = {"id": one["cause"], "events": one["kinds"].split(), "late": True}
            self._audit.note(by, "command", one["kinds"].split()[0], one["place"], told)
        self._audit.registry.put(MENDED, "mark", msgspec.json.encode(look.after))
        return len(missed)

    def _known(self, after: int) -> Iterator[str]:
        """Yield the ids of noted commands, and of reports, which are named by their case."""
        while lines := self._audit.registry.read(AUDIT, after, PAGE):
            for number, line in lines:
                after = number
                entry = msgspec.json.decode(line, type=Entry)
                if entry.act == "command" and isinstance(entry.detail, dict):
                    yield str(entry.detail.get("id"))
                    if entry.what == "report":
                        yield f"{entry.where}pocket"
