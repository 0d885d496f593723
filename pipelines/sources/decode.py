"""Bytes to text: which encoding, and a stream of valid UTF-8 whatever it was."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable
from typing import BinaryIO, cast

import pyarrow as pa

SAMPLE = 4 << 20
BLOCK = 1 << 20
_ESCAPED = re.compile(r"[\udc80-\udcff]")
_REPLACED = re.compile(r"\ufffd")
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


class Utf8(io.RawIOBase):
    """A byte stream in any encoding, read as valid UTF-8 without a mark; ``replaced`` are the lines mended."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        """Begin at the stream's present place."""
        self.replaced: list[int] = []
        self._stream = stream
        self._line = 1
        self._rest = b""
        self._ended = False
        self._plain = encoding in ("utf-8", "utf-8-sig", "ascii")
        errors = "surrogateescape" if self._plain else "replace"
        codec = "utf-8" if self._plain else encoding
        self._decode: Callable[[bytes, bool], str] = codecs.getincrementaldecoder(codec)(errors).decode
        self._tail = b""
        if encoding == "utf-8-sig":
            stream.read(len(codecs.BOM_UTF8))

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill a buffer with UTF-8."""
        while not self._rest and not self._ended:
            block = self._stream.read(BLOCK)
            self._ended = not block
            self._rest = self._passed(block) if self._plain else self._decoded(block)
            self._line += self._rest.count(b"\n")
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _passed(self, block: bytes) -> bytes:
        """Let valid UTF-8 through as it is; a character that the block cuts waits for the next one."""
        whole = self._tail + block
        cut = len(whole) if self._ended else _last_whole(whole)
        whole, self._tail = whole[:cut], whole[cut:]
        return whole if _valid(whole) else self._mended(whole.decode("utf-8", "surrogateescape"), _ESCAPED)

    def _decoded(self, block: bytes) -> bytes:
        text = self._decode(block, self._ended)
        return self._mended(text, _REPLACED) if "\ufffd" in text else text.encode("utf-8", "replace")

    def _mended(self, text: str, odd: re.Pattern[str]) -> bytes:
        lines = (self._line + text.count("\n", 0, found.start()) for found in odd.finditer(text))
        self.replaced += [line for line in dict.fromkeys(lines) if line not in self.replaced[-1:]]
        return odd.sub("\ufffd", text).encode("utf-8", "replace")

    def close(self) -> None:
        """Close both."""
        self._stream.close()
        super().close()


def buffered(text: Utf8) -> BinaryIO:
    """Return a stream that gives as many bytes as it is asked for."""
    return cast(BinaryIO, io.BufferedReader(text, BLOCK))


def _valid(data: bytes) -> bool:
    offsets = pa.array([0, len(data)], pa.int32()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _last_whole(data: bytes) -> int:
    """Return where the last character ends that is not cut off."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80:
            break
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if needed > back else len(data)
    return len(data)
