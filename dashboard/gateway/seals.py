"""Which cases somebody has just opened: a look at one is noted once, however often their screen asks again."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from pipelines.contract.scope import Viewer

LOOK_SECONDS: Final = 900.0
MOST: Final = 10_000


class Seals:
    """Remember who looks at what."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody."""
        self._clock = clock
        self._broken: OrderedDict[tuple[str, str, str], float] = OrderedDict()
        self._lock = threading.Lock()

    def breaks(self, viewer: Viewer, case_id: str) -> bool:
        """Tell whether this is a new look of a viewer at a case: none within a quarter of an hour before."""
        who, now = (viewer.user, viewer.session or "", case_id), self._clock()
        with self._lock:
            while self._broken and (len(self._broken) > MOST or now - next(iter(self._broken.values())) > LOOK_SECONDS):
                self._broken.popitem(last=False)
            return self._broken.setdefault(who, now) == now
