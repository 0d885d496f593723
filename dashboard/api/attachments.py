"""The door for files that belong to cases: taken in as they come, given to who sees a case that names them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.encoders import jsonable_encoder
from fastapi.responses import FileResponse, JSONResponse, Response

from pipelines.contract.scope import Viewer
from pipelines.errors import AttachmentRefused, CitybrainError, ScopeError

from .. import catalogue
from ..gateway import Gateway
from .answer import Looking

STATUS: Final = {"file_too_large": 413, "file_wrong_type": 415, "file_not_what_it_says": 415, "file_heic": 415}
UNREADABLE: Final = 422
ENDINGS: Final = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "audio/webm": "webm", "audio/ogg": "ogg",
    "audio/mp4": "m4a", "audio/mpeg": "mp3", "audio/wav": "wav",
}  # fmt: skip
SEALED: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=600",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Whatever the file holds, a browser runs nothing of it, and no other site shows it."""


def router(gateway: Gateway) -> APIRouter:
    """Return the doors; a file nobody may see and one that is not there are the same."""
    doors = APIRouter(prefix="/api/v1/attachments")

    @doors.post("")
    async def keep(viewer: Looking, request: Request, lang: str = "zh") -> Response:
        try:
            gateway.files.admit(viewer)
        except ScopeError as error:
            return _refusal(AttachmentRefused("file_not_yours", detail=str(error)), lang, 403)
        data = await _read(request, gateway.files.most_bytes)
        if data is None:
            most = round(gateway.files.most_bytes / 1_000_000, 1)
            return _refusal(AttachmentRefused("file_too_large", most=most), lang, 413)
        claimed = request.headers.get("content-type", "")
        return await run_in_threadpool(_keep, gateway, viewer, data, claimed, lang)

    @doors.get("/{name}")
    def whole(viewer: Looking, name: str, lang: str = "zh") -> Response:
        return _file(gateway, name, viewer, lang, small=False)

    @doors.get("/{name}/thumbnail")
    def small(viewer: Looking, name: str, lang: str = "zh") -> Response:
        return _file(gateway, name, viewer, lang, small=True)

    return doors


async def _read(request: Request, most: int) -> bytes | None:
    """Read a body, or give up as soon as it is too large."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > most:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


def _keep(gateway: Gateway, viewer: Viewer, data: bytes, claimed: str, lang: str) -> Response:
    try:
        return JSONResponse(jsonable_encoder(gateway.files.keep(data, claimed, viewer)))
    except AttachmentRefused as refused:
        return _refusal(refused, lang, STATUS.get(refused.code, UNREADABLE))
    except CitybrainError as error:
        # nothing was kept: the disk is full, or the folder is away
        return _refusal(AttachmentRefused("file_later", detail=str(error)), lang, 503)


def _file(gateway: Gateway, name: str, viewer: Viewer, lang: str, *, small: bool) -> Response:
    found = gateway.files.find(name, viewer, small=small)
    if found is None and small and gateway.files.find(name, viewer):
        return Response(status_code=204, headers=SEALED)  # a sound has no picture
    if found is None:
        return _refusal(AttachmentRefused("file_not_there"), lang, 404)
    file, kind = found
    shown = f"{name[:12]}.{ENDINGS[kind]}"
    return FileResponse(file, media_type=kind, filename=shown, content_disposition_type="inline", headers=SEALED)


def _refusal(refused: AttachmentRefused, lang: str, status: int) -> JSONResponse:
    language: catalogue.Language = "en" if lang == "en" else "zh"
    values = {name: value for name, value in refused.values.items() if name != "detail"}
    body = {"refused": refused.code, "values": values, "detail": str(refused)}
    body["message"] = catalogue.text(language, f"refused.{refused.code}", **values)
    return JSONResponse(body, status, {"Retry-After": "10"} if status == 503 else None)
