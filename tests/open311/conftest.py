from __future__ import annotations

from collections.abc import Iterator

import pytest

from .stage import Stage, life, xinyu


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Open a city with ten cases of the last ten hours, and some that nobody outside may hear of."""
    with (made := Stage.open(xinyu())).node:
        for number in range(1, 11):
            made.add(life(number, steps=6 if number % 3 == 0 else 1 + number % 4))
        made.add(life(11, category="MD0101"))
        made.add(life(12, exercise=True))
        made.add(life(13, simulated=False))
        made.add(life(100 * 24))
        yield made
