"""The event ids that are known, as sorted 64-bit hashes: 8 bytes an event, exact by asking back on a hit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Hashes = npt.NDArray[np.uint64]
FANOUT = 8


def hashes(ids: pa.ChunkedArray) -> Hashes:
    """Hash event ids, equal as long as the process lives."""
    return np.fromiter(map(hash, ids.to_pylist()), dtype=np.int64, count=len(ids)).view(np.uint64)


class SeenIds:
    """Tell new events from known ones; a hash that is known is checked against the real ids by ``confirm``."""

    def __init__(self, confirm: Callable[[pa.Array], set[str]]) -> None:
        self._confirm = confirm
        self._runs: list[Hashes] = []

    def fresh(self, ids: pa.ChunkedArray) -> pa.BooleanArray:
        """Mark the first occurrence of every id that was not seen before."""
        hashed = hashes(ids)
        new = ~self._known(hashed)
        _, first = np.unique(hashed, return_index=True)
        firsts = np.zeros(len(hashed), dtype=bool)
        firsts[first] = True
        if (new & firsts).all():
            return pa.array(np.ones(len(hashed), dtype=bool))
        return self._exact(ids, new)

    def add(self, ids: pa.ChunkedArray) -> None:
        """Remember ids whose storing is certain."""
        self.add_hashes(hashes(ids))

    def add_hashes(self, hashed: Hashes) -> None:
        """Remember ids by their hashes."""
        if len(hashed) == 0:
            return
        self._runs.append(np.sort(hashed))
        while len(self._runs) > 1 and len(self._runs[-2]) < FANOUT * len(self._runs[-1]):
            right = self._runs.pop()
            self._runs[-1] = np.sort(np.concatenate([self._runs[-1], right]), kind="stable")

    def _known(self, hashed: Hashes) -> npt.NDArray[np.bool_]:
        known = np.zeros(len(hashed), dtype=bool)
        for run in self._runs:
            at = np.searchsorted(run, hashed)
            at[at == len(run)] = len(run) - 1
            known |= run[at] == hashed
        return known

    def _exact(self, ids: pa.ChunkedArray, new: npt.NDArray[np.bool_]) -> pa.BooleanArray:
        doubtful = pc.filter(ids.combine_chunks(), pa.array(~new))
        known = self._confirm(doubtful) if len(doubtful) else set()
        seen_here: set[str] = set()
        fresh = []
        for event_id in ids.to_pylist():
            fresh.append(event_id not in known and event_id not in seen_here)
            seen_here.add(event_id)
        return pa.array(fresh, type=pa.bool_())
