"""The real redis-server of the log's tests."""

from __future__ import annotations

from tests.log.conftest import redis_server

__all__ = ["redis_server"]
