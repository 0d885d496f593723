"""A registry carried as a file is the same registry, whatever keeps it; what passes is left behind."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.errors import RegistryError
from pipelines.registry import copied
from pipelines.registry.base import Registry
from pipelines.registry.sqlite import SqliteRegistry
from tests.registry.test_registry_contract import Open, opened

__all__ = ["opened"]
LATER = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)


def filled(registry: Registry) -> Registry:
    registry.put("account", "a:b", b"\x00\xff")
    registry.put("key", "k", b"1", LATER)
    registry.put("session", "s", b"1")
    registry.put("gone", "g", b"1")
    registry.drop("gone", "g")
    for number in range(3):
        registry.extend("audit", number, f"line {number}".encode())
    return registry


def test_what_is_carried_is_the_same(opened: Open, tmp_path: Path) -> None:
    there, back = SqliteRegistry(None), opened()
    copied.write(filled(SqliteRegistry(None)), tmp_path / "first")
    copied.load(tmp_path / "first", back)
    copied.write(back, tmp_path / "second")
    copied.load(tmp_path / "second", there)
    for registry in (back, there):
        assert registry.all("account") == {"a:b": b"\x00\xff"}
        assert registry.read("audit", 0, 9) == [(1, b"line 0"), (2, b"line 1"), (3, b"line 2")]
        assert (registry.revision("audit"), registry.get("session", "s"), registry.get("gone", "g")) == (3, None, None)
        assert [piece.until for piece in registry.pieces() if piece.kind == "key"] == [None, LATER.timestamp()]
    assert stat.S_IMODE((tmp_path / "first").stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


def test_two_registries_are_never_mixed(opened: Open, tmp_path: Path) -> None:
    copied.write(filled(SqliteRegistry(None)), tmp_path / "file")
    registry = opened()
    registry.put("account", "other", b"1")
    with pytest.raises(RegistryError, match="holds accounts or an audit already"):
        copied.load(tmp_path / "file", registry)
    (tmp_path / "file").write_bytes(b"{}\n")
    with pytest.raises(RegistryError, match="file:1 cannot be read"):
        copied.load(tmp_path / "file", SqliteRegistry(None))
