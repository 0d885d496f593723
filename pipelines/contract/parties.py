"""Who a dispute is between: sealed, for its case team alone."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec

from ..errors import CommandRefused
from .case_file import CaseFile
from .disputes import is_dispute

MOST: Final = 200
Line = Annotated[str, msgspec.Meta(max_length=120)]


class Party(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One party of a dispute, as mediation registers ask for it."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    id_type: Literal["identity_card", "passport", "organisation_code", "other"] | None = None
    id_number: Line = ""
    sex: Literal["female", "male"] | None = None
    nation: Line = ""
    education: Line = ""
    address: Line = ""
    phone: Line = ""


class Parties(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All parties of a dispute."""

    parties: Annotated[tuple[Party, ...], msgspec.Meta(min_length=1, max_length=MOST)]


def read(body: bytes) -> Parties:
    """Read parties from JSON; raise `CommandRefused` naming what is wrong."""
    try:
        return msgspec.json.decode(body, type=Parties)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CommandRefused("unreadable", detail=str(error)) from error


def team(case: CaseFile) -> frozenset[str]:
    """Return who may open the parties of a case: its mediator, and the leader who took it upon themselves."""
    return frozenset(user for user in (case.mediator, case.led_by) if user) if is_dispute(case) else frozenset()
