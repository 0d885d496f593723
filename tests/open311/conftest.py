from __future__ import annotations

from collections.abc import Iterator

import pytest

from .stage import Stage, life, xinyu


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Open a city with ten cases of the last ten hours, and some that nobody outside may hear of."""
    with (made := Stage.open(xinyu())).node:
        told = [life(number, steps=6 if number % 3 == 0 else 1 + number % 4) for number in range(1, 11)]
        hidden = [life(11, category="MD0101"), life(12, exercise=True), life(13, simulated=False)]
        made.add(event for events in (*told, *hidden, life(100 * 24)) for event in events)
        yield made
