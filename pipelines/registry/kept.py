"""Which registry a site has."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ..config import Config
from ..config.service import RedisLog
from ..errors import ConfigError
from .base import Registry
from .sqlite import FILE, SqliteRegistry


def kept(config: Config, data: Path | None, clock: Callable[[], datetime]) -> Registry:
    """Open the registry of a site: beside its log in Redis, else a file in its data folder (memory for None)."""
    log = config.log
    if not isinstance(log, RedisLog):
        return SqliteRegistry(data / FILE if data else None, clock)
    url = os.environ.get(log.url_secret)
    if not url:
        raise ConfigError(f"log.url_secret names {log.url_secret}, which is not set in the environment")
    from .redis import RedisRegistry  # its client takes a quarter of a second, which one node alone should not pay

    return RedisRegistry(url, f"{log.key}:registry")
