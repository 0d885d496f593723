"""Why a room did not do what was asked."""

from __future__ import annotations

from typing import Final

from pipelines.errors import CitybrainError

REASONS: Final = {
    "locked": "somebody else presents: ask them to hand over",
    "nothing_pushed": "nothing was pushed, so there is nothing to recall",
    "nothing_to_undo": "there is no scene before this one",
    "nobody_presents": "nobody presents, so there is nobody to ask: lock the room yourself",
    "you_present": "you present already",
    "somebody_asks": "somebody else asks already",
    "nobody_asks": "nobody asks to take over",
    "too_many_marks": "the map holds as many marks as it may: erase some first",
    "no_such_mark": "there is no mark of that id",
    "nothing_plays": "no playlist runs",
    "nothing_to_play": "there is no playlist of that name, or it is empty",
    "not_allowed": "none of your roles may do that",
    "view_as": "who views as another changes nothing",
    "outside": "that area is outside your scope",
    "no_such_room": "there is no room of that name",
    "not_joined": "join a room first",
    "too_fast": "more frames a second than a display may send",
    "wrong": "the message is not one of the protocol",
    "away": "the rooms cannot be reached: try again",
    "future": "nobody knows the city of tomorrow",
}
"""Every code with its plain words; the words of a screen are in its catalogue."""


class LinkRefused(CitybrainError):
    """The room cannot do that."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Name the reason by its code."""
        self.code = code
        super().__init__(f"{REASONS[code]}{f' ({detail})' if detail else ''}")
