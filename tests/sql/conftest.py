from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.warehouse import Warehouse
from tests.metrics.small_city import city


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    opened = city()
    yield opened
    opened.close()
