"""What a file is, by its first bytes alone; neither its name nor what it was called counts."""

from __future__ import annotations

from typing import Final

from ..errors import AttachmentRefused

PICTURES: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
SOUNDS: Final = ("audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg", "audio/wav")
ALIASES: Final = {
    "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "audio/opus": "audio/ogg", "application/ogg": "audio/ogg",
    "video/webm": "audio/webm", "audio/m4a": "audio/mp4", "audio/x-m4a": "audio/mp4", "video/mp4": "audio/mp4",
    "audio/aac": "audio/mp4", "audio/mp3": "audio/mpeg", "audio/x-wav": "audio/wav", "audio/wave": "audio/wav",
    "audio/vnd.wave": "audio/wav",
}  # fmt: skip
"""Other names under which browsers send these; a recorder's sound is sometimes called a video."""
UNSAID: Final = ("", "application/octet-stream")
HEIF: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
NO_SOUND: Final = (b"avif", b"avis", b"crx ", b"jp2 ", b"jxl ")


def kind_of(data: bytes, claimed: str) -> str:
    """Return the media type of a file; raise `AttachmentRefused` for others, and where its sender said otherwise."""
    found = _sniffed(data)
    if found is None:
        raise AttachmentRefused("file_wrong_type", claimed=claimed[:60] or "?")
    said = claimed.split(";")[0].strip().lower()
    if said not in UNSAID and ALIASES.get(said, said) != found:
        raise AttachmentRefused("file_not_what_it_says", claimed=said[:60], found=found)
    return found


def _sniffed(data: bytes) -> str | None:
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return _boxed(data[8:12])
    starts = {
        b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"OggS": "audio/ogg",
        b"\x1a\x45\xdf\xa3": "audio/webm", b"ID3": "audio/mpeg",
    }  # fmt: skip
    found = next((kind for start, kind in starts.items() if data.startswith(start)), None)
    # a frame of layer III: eleven bits set, then version and layer
    is_frame = len(data) > 3 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2
    return found or ("audio/mpeg" if is_frame else None)


def _boxed(brand: bytes) -> str | None:
    if brand in HEIF:
        raise AttachmentRefused("file_heic")
    return None if brand in NO_SOUND else "audio/mp4"
