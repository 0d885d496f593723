"""Bytes to text: which encoding, and a stream of UTF-8 whatever it was."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from typing import BinaryIO, cast

SAMPLE = 4 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(sample: bytes, stated: str, fallback: str) -> str:
    """Return the codec of a file from its beginning: by its mark, else as stated, else UTF-8 or the fallback."""
    marked = next((name for mark, name in _MARKS if sample.startswith(mark)), None)
    if marked:
        return marked
    if stated != "auto":
        return codecs.lookup(stated).name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return codecs.lookup(fallback).name
    return "utf-8"


def utf8(stream: BinaryIO, encoding: str) -> BinaryIO:
    """Return the stream in UTF-8 without a mark; bytes that are invalid in the old encoding become U+FFFD."""
    if encoding in ("utf-8", "ascii"):
        return stream
    if encoding == "utf-8-sig":
        stream.read(len(codecs.BOM_UTF8))
        return stream
    return cast(BinaryIO, io.BufferedReader(Transcoded(stream, encoding), 1 << 20))


class Transcoded(io.RawIOBase):
    """A byte stream in another encoding, read as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        """Begin at the stream's present place."""
        self._stream = stream
        self._decode: Callable[[bytes, bool], str] = codecs.getincrementaldecoder(encoding)("replace").decode
        self._rest = b""
        self._ended = False

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill a buffer with UTF-8."""
        while not self._rest and not self._ended:
            block = self._stream.read(1 << 18)
            self._ended = not block
            self._rest = self._decode(block, self._ended).encode("utf-8", "replace")
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        """Close both."""
        self._stream.close()
        super().close()
