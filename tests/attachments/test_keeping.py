"""What is attached is what it says, tells nothing of people, and is kept once under the hash of what is stored."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import wave
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from pipelines.attachments import kinds
from pipelines.attachments.store import Attachments
from pipelines.config.attachments import Attachments as Limits
from pipelines.errors import AttachmentRefused

from . import making
from .making import SECRET

NOW = datetime(2026, 11, 20, 6, 32, 5, tzinfo=UTC)
CITY = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def kept(tmp_path: Path) -> Attachments:
    return Attachments(
        tmp_path / "attachments", Limits(most_megabytes=2, most_pixels=4_000_000, longest_side=1000), CITY
    )


def stored(kept: Attachments, name: str, *, small: bool = False) -> bytes:
    found = kept.find(name, small=small)
    assert found
    return found[0].read_bytes()


@pytest.mark.parametrize(("form", "kind"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_photo_offers_its_place_and_keeps_nothing_but_the_picture(kept: Attachments, form: str, kind: str) -> None:
    sent = making.photo(form)
    assert SECRET in sent
    photo = kept.keep(sent, kind, NOW)
    assert photo.offered
    assert (photo.offered.lon, photo.offered.lat) == pytest.approx((making.LON, making.LAT), abs=1e-5)
    # the camera named no offset: it showed the city's time
    assert photo.offered.taken_at == datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    data = stored(kept, photo.name)
    assert (photo.name, photo.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    for told in (data, stored(kept, photo.name, small=True)):
        assert SECRET not in told
        opened = Image.open(io.BytesIO(told))
        assert (dict(opened.getexif()), opened.info.get("xmp"), opened.info.get("comment")) == ({}, None, None)
    # a quarter turn: what was left is above, and it is no larger than allowed
    upright = Image.open(io.BytesIO(data)).convert("RGB")
    assert upright.size == (photo.width, photo.height) == (750, 1000)
    reds = upright.getchannel("R")
    assert int(reds.getpixel((375, 100))) > 180 > 80 > int(reds.getpixel((375, 900)))  # type: ignore[arg-type]
    assert Image.open(io.BytesIO(stored(kept, photo.name, small=True))).size == (360, 480)


def test_the_same_bytes_are_one_file(kept: Attachments) -> None:
    names = {kept.keep(making.photo(), "image/jpeg", NOW).name for _ in range(3)}
    assert len(names) == 1
    assert sorted(kept.names()) == sorted(names)
    assert kept.keep(making.photo(orientation=1), "image/jpeg", NOW).name not in names


def test_a_hidden_archive_does_not_survive(kept: Attachments) -> None:
    both = making.photo() + b"PK\x03\x04" + b"<script>alert(1)</script>"
    data = stored(kept, kept.keep(both, "image/jpeg", NOW).name)
    assert b"PK\x03\x04" not in data
    assert b"<script>" not in data


@pytest.mark.parametrize(
    ("make", "claimed", "code"),
    [
        (lambda: b"%PDF-1.7 ...", "application/pdf", "file_wrong_type"),
        (lambda: b"%PDF-1.7 ...", "image/jpeg", "file_wrong_type"),
        (lambda: b"GIF89a<script>alert(1)</script>", "image/gif", "file_wrong_type"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "file_wrong_type"),
        (lambda: making.photo("PNG"), "image/jpeg", "file_not_what_it_says"),
        (making.photo, "text/html", "file_not_what_it_says"),
        (making.sound_wav, "image/jpeg", "file_not_what_it_says"),
        (lambda: b"\0\0\0\x18ftypheic" + bytes(40), "image/heic", "file_heic"),
        (lambda: making.photo()[:4000], "image/jpeg", "file_broken"),
        (lambda: b"\xff\xd8\xff" + b"<html>" * 50, "image/jpeg", "file_broken"),
        (lambda: b"", "image/jpeg", "file_broken"),
        (making.bomb, "image/png", "file_too_many_pixels"),
        (lambda: making.photo(size=(2100, 2000)), "image/jpeg", "file_too_many_pixels"),
        (lambda: making.photo() + bytes(2_000_000), "image/jpeg", "file_too_large"),
        (lambda: making.sound_webm(1), "video/webm", "file_not_only_sound"),
        (lambda: making.sound_mp4(b"vide"), "video/mp4", "file_not_only_sound"),
        (lambda: making.sound_ogg(b"\x80theora "), "audio/ogg", "file_not_only_sound"),
        (lambda: making.sound_webm()[:-3], "audio/webm", "file_broken"),
        (lambda: b"ID3\x03\0\0\0\0\0\0" + b"<html>" * 50, "audio/mpeg", "file_broken"),
    ],
)
def test_what_may_not_be_attached_is_refused_with_why(
    kept: Attachments, make: Callable[[], bytes], claimed: str, code: str
) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        kept.keep(make(), claimed, NOW)
    assert refused.value.code == code
    assert list(kept.names()) == []


SOUNDS = {
    "audio/wav": making.sound_wav, "audio/webm;codecs=opus": making.sound_webm, "audio/x-m4a": making.sound_mp4,
    "audio/mpeg": making.sound_mp3, "audio/ogg; codecs=opus": making.sound_ogg,
}  # fmt: skip


@pytest.mark.parametrize("claimed", SOUNDS)
def test_a_sound_keeps_its_sound_and_no_tag(kept: Attachments, claimed: str) -> None:
    sent = SOUNDS[claimed]()
    assert SECRET in sent
    sound = kept.keep(sent, claimed, NOW)
    data = stored(kept, sound.name)
    assert (sound.media_type, sound.bytes) == (kinds.kind_of(data, claimed), len(data))
    assert SECRET not in data
    # stripping what is stripped changes nothing, and it is still the same kind of sound
    assert kept.keep(data, "", NOW).name == sound.name
    if claimed == "audio/wav":
        with wave.open(io.BytesIO(data)) as read:
            assert read.readframes(10_000) == bytes(range(256)) * 20
    elif claimed == "audio/mpeg":
        assert data == (b"\xff\xfb\x90\x00" + bytes(413)) * 5
    else:
        assert b"sound" in data


def test_the_pages_of_an_emptied_ogg_add_up(kept: Attachments) -> None:
    data = stored(kept, kept.keep(making.sound_ogg(), "audio/ogg", NOW).name)
    at, sums = 0, []
    while at < len(data):
        end = at + 27 + data[at + 26] + sum(data[at + 27 : at + 27 + data[at + 26]])
        whole = data[at:end]
        sums.append(struct.unpack_from("<I", whole, 22)[0] == making.crc(whole[:22] + bytes(4) + whole[26:]))
        at = end
    assert sums == [True, True, True]


def test_blanking_moves_nothing(kept: Attachments) -> None:
    for sent, claimed in ((making.sound_mp4(), "audio/mp4"), (making.sound_webm(), "audio/webm")):
        data = stored(kept, kept.keep(sent, claimed, NOW).name)
        assert (len(data), data.rindex(b"sound")) == (len(sent), sent.rindex(b"sound"))


def test_what_no_fact_names_within_a_day_goes(kept: Attachments) -> None:
    old = kept.keep(making.photo(), "image/jpeg", NOW - timedelta(hours=25)).name
    told = kept.keep(making.photo("PNG"), "image/png", NOW - timedelta(hours=25)).name
    fresh = kept.keep(making.sound_wav(), "audio/wav", NOW - timedelta(hours=23)).name
    torn = kept.folder / old[:2] / ".making-torn"
    torn.touch()
    os.utime(torn, (0, 0))
    assert kept.sweep({told}, NOW) == [old]
    assert sorted(kept.names()) == sorted([told, fresh])
    assert [file.name for file in kept.folder.rglob("*") if old in file.name or "making" in file.name] == []
    # who sends it again meanwhile has a day again
    again = kept.keep(making.photo(), "image/jpeg", NOW - timedelta(hours=25)).name
    assert kept.keep(making.photo(), "image/jpeg", NOW).name == again
    assert kept.sweep({told}, NOW) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 63, "A" * 64, "", "0" * 64 + "/x"])
def test_no_name_leads_out_of_the_folder(kept: Attachments, name: str) -> None:
    assert kept.find(name) is None
    assert kept.missing([name]) == [name]
