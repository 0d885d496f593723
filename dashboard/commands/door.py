"""The file by which commands find a running node: its address and a token, readable by its owner only."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.errors import CitybrainError

NAME = "node.json"


@dataclass(frozen=True)
class Door:
    """How to reach a running node's admin side."""

    url: str
    token: str
    pid: int


def new_token() -> str:
    """Make a token nobody can guess."""
    return secrets.token_urlsafe(32)


@contextmanager
def opened(folder: Path, url: str, token: str) -> Iterator[Door]:
    """Say in the data folder that a node runs, for as long as it does."""
    door = Door(url, token, os.getpid())
    file = folder / NAME
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(door), out)
    try:
        yield door
    finally:
        file.unlink(missing_ok=True)


def found(folder: Path) -> Door | None:
    """Return the door a node left in its folder, unless its process is gone."""
    file = folder / NAME
    try:
        door = Door(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise CitybrainError(f"{file} cannot be read ({error}); remove it if no node runs there") from error
    return door if _lives(door.pid) else None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
