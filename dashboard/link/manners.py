"""How much a display may say in a second."""

from __future__ import annotations

from typing import Final

TRANSIENT: Final = {"pointer": (20.0, 20.0), "viewport": (10.0, 10.0)}
DATA: Final = (40.0, 200.0)
OTHERS: Final = (20.0, 40.0)
WATCHING: Final = frozenset({"subscribe", "unsubscribe", "resync"})
MOST_REFUSED: Final = 200


class Bucket:
    """Let through so many a second, after a burst."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._left, self._at = burst, 0.0

    def take(self, now: float) -> bool:
        """Tell whether one more may pass."""
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Manners:
    """The measure of one display: what is too fast is dropped where only its moment counted, else refused."""

    def __init__(self) -> None:
        self._transient = {kind: Bucket(*measure) for kind, measure in TRANSIENT.items()}
        self._watching, self._others = Bucket(*DATA), Bucket(*OTHERS)
        self._trouble = Bucket(10.0, MOST_REFUSED)

    def admit(self, kind: str, now: float) -> bool | None:
        """Tell whether a frame may pass; None where it is dropped without a word."""
        if kind in self._transient:
            return True if self._transient[kind].take(now) else None
        return (self._watching if kind in WATCHING else self._others).take(now)

    def forgive(self, now: float) -> bool:
        """Tell whether one more refusal is bearable; else the display is sent away."""
        return self._trouble.take(now)
