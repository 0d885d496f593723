"""The smallest PMTiles there can be: one picture of the whole world, in one colour."""

from __future__ import annotations

import json
import struct
import zlib

HEADER = 127
PLAIN, PNG = 1, 2
MICRO = 10_000_000


def archive(red: int, green: int, blue: int) -> bytes:
    """Write a PMTiles file, version 3, with the one tile 0/0/0."""
    tile, metadata = _picture(red, green, blue), json.dumps({"name": "tiny"}).encode()
    directory = bytes([1, 0, 1]) + _varint(len(tile)) + _varint(1)
    at = [HEADER, len(directory), HEADER + len(directory), len(metadata)]
    leaves = HEADER + len(directory) + len(metadata)
    numbers = struct.pack("<11Q", *at, leaves, 0, leaves, len(tile), 1, 1, 1)
    kinds = bytes([1, PLAIN, PLAIN, PNG, 0, 0])
    box = struct.pack("<4i", -180 * MICRO, -85 * MICRO, 180 * MICRO, 85 * MICRO)
    head = b"PMTiles" + bytes([3]) + numbers + kinds + box + bytes([0]) + struct.pack("<2i", 0, 0)
    return head + directory + metadata + tile


def _varint(number: int) -> bytes:
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])


def _picture(red: int, green: int, blue: int, side: int = 256) -> bytes:
    rows = (bytes([0]) + bytes([red, green, blue]) * side) * side
    size = struct.pack(">2I5B", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", size), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, data) for name, data in parts)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
