"""Rooms over HTTP: which there are, who is in them, what is kept for them, how a display looks."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from pipelines.contract.roles import may
from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError

from ..link.apart import is_for
from ..link.refusal import LinkRefused
from ..link.rooms import Rooms
from ..link.shelf import KINDS, Playlist, Preset
from ..refusal import refuse
from .answer import Looking

STATUS = {"no_such_room": 404, "not_allowed": 403, "view_as": 403, "outside": 403}
MOST_BYTES = 65_536


def router(rooms: Rooms) -> APIRouter:
    """Return the doors to rooms."""
    doors = APIRouter(prefix="/api/rooms")
    _mount_looking(doors, rooms)
    _mount_pictures(doors, rooms)
    for kind in KINDS:
        _mount_kept(doors, rooms, kind)
    return doors


def _mount_looking(doors: APIRouter, rooms: Rooms) -> None:
    @doors.get("")
    async def all_rooms(viewer: Looking) -> Response:
        return _answer(lambda: [_told(rooms, name, viewer) for name in rooms.hub.rooms if is_for(name, viewer)])

    @doors.get("/{room}")
    async def one_room(viewer: Looking, room: str) -> Response:
        return _answer(lambda: _told(rooms, room, viewer))


def _mount_pictures(doors: APIRouter, rooms: Rooms) -> None:
    def known(viewer: Viewer, room: str) -> None:
        rooms.of(room, viewer)
        _need(viewer, "presence")

    @doors.get("/{room}/members/{member}/thumbnail")
    async def latest(viewer: Looking, room: str, member: str) -> Response:
        def find() -> Response:
            known(viewer, room)
            picture = rooms.pictures.get((room, member))
            if picture is None:
                return refuse("not_there", 404, f"display {member!r} has sent no picture yet: ask for one")
            kind, _, data = picture.data.removeprefix("data:").partition(";base64,")
            headers = {"cache-control": "no-store", "last-modified": format(picture.at, "%a, %d %b %Y %H:%M:%S GMT")}
            return Response(base64.b64decode(data), media_type=kind, headers=headers)

        return _answer(find)

    @doors.post("/{room}/members/{member}/thumbnail")
    async def ask(viewer: Looking, room: str, member: str) -> Response:
        def wish() -> dict[str, bool]:
            known(viewer, room)
            rooms.wish(room, member)
            return {"asked": True}

        return _answer(wish)


def _mount_kept(doors: APIRouter, rooms: Rooms, kind: str) -> None:
    """Mount the doors to presets or playlists."""

    @doors.get(f"/{{room}}/{kind}s")
    def kept(viewer: Looking, room: str) -> Response:
        return _answer(lambda: rooms.shelf.all(kind, rooms.of(room, viewer).name))

    @doors.put(f"/{{room}}/{kind}s/{{name}}")
    async def keep(viewer: Looking, room: str, name: str, request: Request) -> Response:
        body = await request.body()
        return await run_in_threadpool(_answer, lambda: _keep(rooms, kind, viewer, room, name, body))

    @doors.delete(f"/{{room}}/{kind}s/{{name}}")
    def drop(viewer: Looking, room: str, name: str) -> Response:
        def forget() -> dict[str, bool]:
            rooms.of(room, viewer)
            _need(viewer, "push")
            return {"dropped": rooms.shelf.drop(kind, room, name)}

        return _answer(forget)


def _keep(rooms: Rooms, kind: str, viewer: Viewer, room: str, name: str, body: bytes) -> Preset | Playlist:
    """Keep a thing; a preset without a scene is a snapshot of the room as it is."""
    now = rooms.of(room, viewer)
    _need(viewer, "push")
    if len(body) > MOST_BYTES:
        raise LinkRefused("wrong", f"{len(body)} bytes, expected at most {MOST_BYTES}")
    try:
        said: Any = msgspec.json.decode(body or b"{}")
        words = {**said, "name": name, "by": viewer.name or viewer.user, "at": rooms.house.clock()}
        if kind == "preset":
            words.setdefault("scene", msgspec.to_builtins(now.scene))
        thing = msgspec.convert(words, KINDS[kind])
    except (msgspec.DecodeError, TypeError) as error:
        raise LinkRefused("wrong", str(error)) from None
    scenes = [thing.scene] if isinstance(thing, Preset) else [step.scene for step in thing.steps if step.scene]
    rooms.admit({scene.area for scene in scenes}, viewer)
    rooms.shelf.put(kind, room, thing)
    return thing


def _need(viewer: Viewer, capability: str) -> None:
    if viewer.seen_by and capability == "push":
        raise LinkRefused("view_as")
    if not may(viewer.roles, capability):
        raise LinkRefused("not_allowed", f"needs {capability}")


def _told(rooms: Rooms, name: str, viewer: Viewer) -> dict[str, Any]:
    room = rooms.of(name, viewer)
    members = rooms.roster.members(room, rooms.house.clock())
    if not may(viewer.roles, "presence"):
        members = [msgspec.structs.replace(member, health=None) for member in members]
    state = msgspec.structs.asdict(room) | {"undo": len(room.undo)}
    return {"name": name, "seq": room.seq, "state": state, "members": members}


def _answer(work: Callable[[], Any]) -> Response:
    try:
        found = work()
    except LinkRefused as refused:
        return refuse(refused.code, STATUS.get(refused.code, 400), str(refused))
    except CitybrainError as error:
        return refuse("bad_question", 400, str(error))
    return found if isinstance(found, Response) else Response(msgspec.json.encode(found), media_type="application/json")
