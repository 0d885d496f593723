"""Files as phones make them, and as nobody should."""

from __future__ import annotations

import io
import struct
import wave
import zlib

from PIL import ExifTags, Image

LON, LAT = 114.91361, 27.81719
SECRET = b"13907901234"


def drawn(size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """A picture whose left half is red."""
    image = Image.new("RGB", size, (20, 120, 60))
    image.paste((220, 30, 30), (0, 0, size[0] // 2, size[1]))
    return image


def photo(form: str = "JPEG", *, orientation: int = 6, size: tuple[int, int] = (1200, 900)) -> bytes:
    """A phone's photo: turned, with place, time, owner and a comment in it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {ExifTags.Base.DateTimeOriginal: "2026:11:20 14:30:00", ExifTags.Base.UserComment: SECRET}
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: _parts(LAT),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: _parts(LON),
        }
    )
    out = io.BytesIO()
    more = {"comment": SECRET} if form == "JPEG" else {}
    drawn(size).save(out, form, exif=exif.tobytes(), xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>", **more)
    return out.getvalue()


def _parts(value: float) -> tuple[float, float, float]:
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    return float(degrees), float(minutes), round((value - degrees - minutes / 60) * 3600, 4)


def bomb() -> bytes:
    """Some hundred bytes that would be a picture of 60 000 by 60 000."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9000))) + chunk(b"IEND", b"")
    )


def sound_wav() -> bytes:
    """A wave with a list of who made it and bytes behind its end."""
    out = io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(bytes(range(256)) * 20)
    info = b"INFOIART" + struct.pack("<I", len(SECRET) + 1) + SECRET + b"\0"
    return out.getvalue() + b"LIST" + struct.pack("<I", len(info)) + info + b"<script>" + SECRET


def element(name: bytes, body: bytes, *, unknown: bool = False) -> bytes:
    """An element of WebM."""
    return name + (b"\x01" + b"\xff" * 7 if unknown else b"\x01" + len(body).to_bytes(7, "big")) + body


def sound_webm(kind: int = 1 + 1) -> bytes:
    """A recording as browsers stream it: no length known, with a title and tags."""
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    info = element(b"\x15\x49\xa9\x66", element(b"\x2a\xd7\xb1", b"\x0f\x42\x40") + element(b"\x7b\xa9", SECRET))
    track = element(b"\xae", element(b"\xd7", b"\1") + element(b"\x83", bytes([kind])) + element(b"\x86", b"A_OPUS"))
    tags = element(b"\x12\x54\xc3\x67", element(b"\x73\x73", SECRET))
    cluster = element(
        b"\x1f\x43\xb6\x75", element(b"\xe7", b"\0") + element(b"\xa3", b"\x81\0\0\x80sound"), unknown=True
    )
    return head + element(
        b"\x18\x53\x80\x67", info + element(b"\x16\x54\xae\x6b", track) + tags + cluster, unknown=True
    )


def box(name: bytes, *inside: bytes) -> bytes:
    """A box of MP4."""
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), name) + body


def sound_mp4(handler: bytes = b"soun") -> bytes:
    """A voice memo with its place, as phones write it."""
    named = box(b"hdlr", bytes(8) + handler + bytes(12) + SECRET + b"\0")
    track = box(b"trak", box(b"mdia", box(b"mdhd", bytes(24)), named))
    place = box(b"udta", box(b"\xa9xyz", SECRET + b"+27.8+114.9/"))
    return (
        box(b"ftyp", b"M4A \0\0\0\0")
        + box(b"moov", box(b"mvhd", bytes(4) + b"madeatnow" + bytes(95)), track, place)
        + box(b"mdat", b"sound")
    )


def sound_mp3() -> bytes:
    """Frames of silence between a tag with a name and one more behind."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    tag = (
        b"ID3\x03\0\0"
        + bytes([0, 0, 0, len(SECRET) + 10])
        + b"TPE1"
        + struct.pack(">I", len(SECRET))
        + b"\0\0"
        + SECRET
    )
    return tag + frame * 5 + b"TAG" + SECRET.ljust(125, b"\0")


def sound_ogg(begins: bytes = b"OpusHead") -> bytes:
    """Opus in Ogg with a comment, and bytes behind its end."""
    comment = b"ARTIST=" + SECRET
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<II", 1, len(comment)) + comment
    pages = [(2, begins + bytes([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])), (0, tags), (4, b"sound" * 30)]
    return b"".join(page(kind, number, body) for number, (kind, body) in enumerate(pages)) + b"PK" + SECRET


def page(kind: int, number: int, body: bytes) -> bytes:
    """A page of Ogg that holds one packet."""
    laces = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = b"OggS\0" + bytes([kind]) + bytes(8) + b"me  " + struct.pack("<I", number)
    whole = head + bytes(4) + bytes([len(laces)]) + laces + body
    return whole[:22] + struct.pack("<I", crc(whole)) + whole[26:]


def crc(data: bytes) -> int:
    """The sum of a page, bit by bit, as the format's text says it."""
    total = 0
    for byte in data:
        for bit in range(7, -1, -1):
            out = total >> 31 ^ (byte >> bit & 1)
            total = (total << 1 & 0xFFFFFFFF) ^ (0x04C11DB7 if out else 0)
    return total
