from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.analysis.members import Members
from pipelines.warehouse import Warehouse
from tests.metrics.small_city import TREE, city


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    opened = city()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def members(warehouse: Warehouse) -> Members:
    return Members(warehouse, TREE)
