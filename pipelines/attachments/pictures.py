"""Pictures: opened within limits, turned upright, drawn anew without anything that is not picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from io import BytesIO
from typing import Any, Final

from PIL import ExifTags, Image, ImageCms, ImageOps

from ..errors import AttachmentRefused
from .kinds import PICTURES

THUMBNAIL: Final = 480
THUMBNAIL_TYPE: Final = "image/jpeg"
QUALITY: Final = 86
SRGB: Final = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, slots=True)
class Offer:
    """What the file said of where and when it was taken: for the person to take or leave, kept nowhere."""

    lon: float | None
    lat: float | None
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew, and a small one."""

    data: bytes
    thumbnail: bytes
    width: int
    height: int
    offered: Offer | None


def redraw(data: bytes, kind: str, most_pixels: int, longest_side: int, zone: tzinfo) -> Picture:
    """Draw a picture anew; raise `AttachmentRefused` where it is broken or would take too much room."""
    try:
        with Image.open(BytesIO(data), formats=[PICTURES[kind]]) as opened:
            _measure(opened, most_pixels)
            opened.draft("RGB", (longest_side, longest_side))
            opened.load()
            offered = _offer(opened, zone)
            upright = _upright(opened, longest_side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise AttachmentRefused("file_too_many_pixels", most=most_pixels // 1_000_000) from error
    except AttachmentRefused:
        raise
    except Exception as error:  # whatever a decoder throws at a damaged file
        raise AttachmentRefused("file_broken", detail=str(error)[:200]) from error
    return Picture(_encoded(upright, PICTURES[kind]), _small(upright), *upright.size, offered)


def small(data: bytes, kind: str) -> bytes:
    """Return the thumbnail of a picture that is kept already."""
    with Image.open(BytesIO(data), formats=[PICTURES[kind]]) as opened:
        opened.load()
        return _small(opened)


def _measure(opened: Image.Image, most_pixels: int) -> None:
    width, height = opened.size
    if width * height > most_pixels:
        raise AttachmentRefused("file_too_many_pixels", most=most_pixels // 1_000_000, width=width, height=height)


def _upright(opened: Image.Image, longest_side: int) -> Image.Image:
    """Return it small enough, upright, in the screens' colours, and with no word about itself."""
    has_alpha = opened.has_transparency_data
    image: Image.Image = (
        opened
        if opened.mode in ("RGB", "RGBA", "L", "CMYK") and not has_alpha
        else opened.convert("RGBA" if has_alpha else "RGB")
    )
    image.thumbnail((longest_side, longest_side))
    turned = ImageOps.exif_transpose(image)
    shown = _in_screen_colours(turned, opened.info.get("icc_profile"))
    if shown.mode == "CMYK":
        shown = shown.convert("RGB")
    # encoders write what they find here: comments, profiles, XMP
    shown.info = {}
    return shown


def _in_screen_colours(image: Image.Image, profile: Any) -> Image.Image:  # noqa: ANN401
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, own, SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _encoded(image: Image.Image, form: str) -> bytes:
    plain = _on_white(image) if form == "JPEG" else image
    out = BytesIO()
    plain.save(out, form, **({} if form == "PNG" else {"quality": QUALITY}))
    return out.getvalue()


def _small(image: Image.Image) -> bytes:
    copy = _on_white(image)
    copy.thumbnail((THUMBNAIL, THUMBNAIL))
    copy.info = {}
    out = BytesIO()
    copy.save(out, "JPEG", quality=78)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _offer(opened: Image.Image, zone: tzinfo) -> Offer | None:
    exif = opened.getexif()
    place = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    taken = _taken(exif.get_ifd(ExifTags.IFD.Exif), zone)
    lon, lat = place or (None, None)
    return Offer(lon, lat, taken) if place or taken else None


def _place(gps: dict[int, Any]) -> tuple[float, float] | None:
    try:
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude]) * (-1 if gps[ExifTags.GPS.GPSLatitudeRef][:1] == "S" else 1)
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude]) * (-1 if gps[ExifTags.GPS.GPSLongitudeRef][:1] == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    is_place = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90 and (lon or lat)
    return (round(lon, 6), round(lat, 6)) if is_place else None


def _degrees(parts: Any) -> float:  # noqa: ANN401
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _taken(exif: dict[int, Any], zone: tzinfo) -> datetime | None:
    """Return when it was taken; a camera that names no offset shows the city's own time."""
    text, offset = exif.get(ExifTags.Base.DateTimeOriginal), exif.get(ExifTags.Base.OffsetTimeOriginal)
    try:
        if offset:
            return datetime.strptime(f"{text} {offset}".strip("\0 "), "%Y:%m:%d %H:%M:%S %z").astimezone(UTC)
        return datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
