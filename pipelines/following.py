"""Which log a node follows."""

from __future__ import annotations

import os

from .config import Config
from .config.service import RedisLog as RedisChoice
from .errors import ConfigError
from .follower import Follower
from .log.base import Log
from .log.embedded import EmbeddedLog
from .log.stored import StoredLog
from .warehouse import Warehouse


def followed(config: Config, warehouse: Warehouse) -> tuple[Log, Follower]:
    """Open the configured log and a follower of it; raise `ConfigError` if its secret is not in the environment."""
    stored = StoredLog(warehouse)
    if not isinstance(config.log, RedisChoice):
        return EmbeddedLog(warehouse, stored), Follower(warehouse)
    url = os.environ.get(config.log.url_secret)
    if not url:
        raise ConfigError(f"log.url_secret: the environment has no {config.log.url_secret}; export it before the start")
    from .log.redis import RedisLog  # its client takes a quarter of a second, which one node alone should not pay

    return RedisLog(url, config.log.key, stored), Follower(warehouse, stored)
