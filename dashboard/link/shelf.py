"""What a site keeps of its rooms: presets and playlists by name, and the rooms themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from pipelines.registry.base import Registry

from .scene import Moment, Room, Scene

ROOM: Final = "room"
Title = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^/\x00-\x1f]+$")]
Seconds = Annotated[float, Meta(ge=3, le=86_400)]


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """A scene kept by name; a snapshot is one that was taken from a room."""

    name: Title
    scene: Scene
    by: str = ""
    at: datetime | None = None


class Dwell(msgspec.Struct, frozen=True, kw_only=True):
    """One scene of a playlist and how long it stays: written out, or a preset's name."""

    seconds: Seconds
    scene: Scene | None = None
    preset: Title | None = None


class Playlist(msgspec.Struct, frozen=True, kw_only=True):
    """Scenes that follow each other."""

    name: Title
    steps: Annotated[tuple[Dwell, ...], Meta(min_length=1, max_length=50)]
    by: str = ""
    at: datetime | None = None


KINDS: Final[dict[str, type[Preset] | type[Playlist]]] = {"preset": Preset, "playlist": Playlist}


class Shelf:
    """Keep things in the site's registry; without one nothing is kept. Every method may wait for a disk."""

    def __init__(self, registry: Registry | None) -> None:
        self._registry = registry

    def rooms(self) -> dict[str, Room]:
        """Return the rooms as they were kept; one that cannot be read is begun anew."""
        found = {}
        for name, document in (self._registry.all(ROOM) if self._registry else {}).items():
            try:
                found[name] = msgspec.json.decode(document, type=Room)
            except msgspec.DecodeError:
                continue
        return found

    def keep_room(self, room: Room) -> None:
        """Keep a room as it is."""
        if self._registry:
            self._registry.put(ROOM, room.name, msgspec.json.encode(room))

    def all(self, kind: str, room: str) -> list[Preset | Playlist]:
        """Return what is kept of a kind for a room, by name."""
        found = self._registry.all(kind) if self._registry else {}
        mine = (found[name] for name in sorted(found) if name.startswith(f"{room}/"))
        return [msgspec.json.decode(document, type=KINDS[kind]) for document in mine]

    def put(self, kind: str, room: str, thing: Preset | Playlist) -> None:
        """Keep a thing, in place of the one of its name."""
        if self._registry:
            self._registry.put(kind, f"{room}/{thing.name}", msgspec.json.encode(thing))

    def drop(self, kind: str, room: str, name: str) -> bool:
        """Forget a thing; tell whether there was one."""
        return bool(self._registry and self._registry.drop(kind, f"{room}/{name}"))

    def steps(self, room: str, name: str) -> tuple[tuple[Scene, float], ...]:
        """Return the scenes of a playlist, presets looked up; empty if there is none."""
        document = self._registry.get("playlist", f"{room}/{name}") if self._registry else None
        if document is None:
            return ()
        playlist = msgspec.json.decode(document, type=Playlist)
        scenes = ((self._scene(room, dwell), dwell.seconds) for dwell in playlist.steps)
        return tuple((scene, seconds) for scene, seconds in scenes if scene)

    def _scene(self, room: str, dwell: Dwell) -> Scene | None:
        if dwell.scene or not dwell.preset or not self._registry:
            return dwell.scene
        document = self._registry.get("preset", f"{room}/{dwell.preset}")
        scene = msgspec.json.decode(document, type=Preset).scene if document else None
        return msgspec.structs.replace(scene, time=Moment()) if scene else None
