"""A registry as a file: accounts, keys, parties, the audit; what passes within hours is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from ..errors import RegistryError
from .base import Piece, Registry

PASSING: Final = frozenset({"session", "session_seen", "sign_in_tries", "sign_in_locked", "pairing", "invitations"})
"""Kinds that are not carried along: whoever was signed in signs in again, so that nobody sent away comes back."""


def write(registry: Registry, file: Path) -> int:
    """Write a registry to a new file, readable by its owner only; return how many things it holds."""
    encoder, written = msgspec.json.Encoder(), 0
    file.touch(mode=0o600, exist_ok=False)
    with file.open("wb") as stream:
        for piece in registry.pieces():
            if piece.kind not in PASSING:
                stream.write(encoder.encode(piece) + b"\n")
                written += 1
    return written


def load(file: Path, registry: Registry) -> None:
    """Fill an empty registry from a file; raise `RegistryError` where it holds something, or the file is broken."""
    if next(registry.pieces(), None) is not None:
        raise RegistryError(
            "the registry of this site holds accounts or an audit already, and two audits make no chain:"
            " restore to a site that has none yet"
        )
    registry.load(_read(file))


def _read(file: Path) -> Iterator[Piece]:
    decoder = msgspec.json.Decoder(Piece)
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield decoder.decode(line)
            except msgspec.MsgspecError as error:
                raise RegistryError(f"{file}:{number} cannot be read: {error}; use another backup") from error
