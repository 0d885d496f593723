"""What an import did, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .intake import Batch
from .sources.issues import REJECTED, Reason


@dataclass
class ImportReport:
    """Rows read, cases accepted, events stored, what the log held already, and every oddity by its reason."""

    read: int = 0
    accepted: int = 0
    events: int = 0
    already_known: int = 0
    repaired: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    def add(self, batch: Batch, stored: int | None = None) -> None:
        """Count a batch; ``stored`` is how many of its events the log did not hold yet."""
        fresh = batch.events.num_rows if stored is None else stored
        self.read += batch.read
        self.accepted += batch.accepted
        self.events += fresh
        self.already_known += batch.events.num_rows - fresh
        counted = batch.issues.group_by(["outcome", "reason"]).aggregate([([], "count_all")])
        for outcome, reason, count in zip(*(column.to_pylist() for column in counted.columns), strict=True):
            (self.rejected if outcome == REJECTED else self.repaired)[reason] += count

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values, reasons sorted by how often they came."""
        return {
            "read": self.read, "accepted": self.accepted, "events": self.events, "already_known": self.already_known,
            "repaired": _sorted(self.repaired), "rejected": _sorted(self.rejected),
        }  # fmt: skip

    def lines(self) -> list[str]:
        """Return it as lines of text."""
        first = [
            f"read           {self.read:>12,}",
            f"accepted       {self.accepted:>12,}",
            f"events stored  {self.events:>12,}",
            f"already known  {self.already_known:>12,}",
        ]
        return first + _listed("repaired", self.repaired) + _listed("rejected", self.rejected)


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _listed(title: str, counts: Counter[str]) -> list[str]:
    head = f"{title:<15}{counts.total():>12,}"
    return [head] + [
        f"  {count:>10,}  {reason}: {Reason.coded(reason).what}" for reason, count in _sorted(counts).items()
    ]
