"""A node of a small city and its stream."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dashboard.gateway import Gateway
from dashboard.stream import Stream
from pipelines.config import Config
from pipelines.contract.time import FrozenClock
from pipelines.node import Node
from tests.examples import START
from tests.log.conftest import redis_server as redis_server
from tests.test_views import CITY


@pytest.fixture
def node() -> Iterator[Node]:
    with Node.open(Config.model_validate({"city": CITY}), clock=FrozenClock(START + timedelta(hours=3))) as opened:
        opened.start()
        yield opened


@pytest.fixture
def stream(node: Node) -> Stream:
    return Stream(node, Gateway(node), "build")
