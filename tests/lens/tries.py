"""What is tried at every operation of v1, and at the doors that go with them."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
from msgspec.structs import fields
from openpyxl import load_workbook

from pipelines.contract.commands import COMMANDS
from tests.lens.knocking import UNHEARD, Look, key
from tests.lens.oracle import ANALYSE, SEE, path, some, villages
from tests.lens.planted import NOW, UNITS
from tests.lens.world import SEALED, Case, cases, file_of

Try = Callable[[Look], None]
V1 = "/api/v1"
REGISTER = {"duty_officer", "mediator"}
REPORT = {"grid_worker", "duty_officer", "shift_lead"}
WARN = {"warning_service", "duty_officer", "shift_lead"}
REVIEW = {"duty_officer", "shift_lead"}
LINK = {"duty_officer", "shift_lead", "dispatcher"}
REASONED = {"reason": "mediation round"}
WORDS = {
    "reason": "other", "note": "words", "unit_id": UNITS[0], "parent_id": UNHEARD, "order_id": "none", "card": "plain",
    "wish": "extend", "until_at": "2026-03-06T00:00:00Z", "stage": "fence", "way": "people", "receipt": "read",
    "rating": 5, "days": 7, "scale": "group", "warning_level": "2", "category": "CG0101", "draw_id": "d", "seed": "s",
    "attachments": ["0" * 64],
}  # fmt: skip


def _signed(look: Look) -> bool:
    """Tell whether somebody may ask for lists at all: a reporter's link opens its own doors alone."""
    return look.person.case is None and look.person.drills


def _looks(look: Look, area: str, *more: str) -> bool:
    person = look.person
    return _signed(look) and person.role in SEE | set(more) and person.within(area)


def listed(name: str) -> Try:
    """Return the try of a list that is the same for everybody."""

    def tried(look: Look) -> None:
        if not look.skips(0.6):
            look.expect(_signed(look), "GET", f"{V1}/{name}")

    return tried


def view(name: str) -> Try:
    """Return the tries of a view: over an own area and over another's."""

    def tried(look: Look) -> None:
        if name != "queue" and look.skips(0.8):
            return
        for area in look.areas():
            asked = {"area": area, "limit": 5000}
            found = look.expect(_looks(look, area, "guest"), "GET", f"{V1}/views/{name}", area, params=asked)
            if found and look.person.exercise and name.startswith("safety_") and name != "safety_terms":
                told = [
                    row for row in found.json()["rows"] if row.get("stage") or row.get("breaches") or row.get("kind")
                ]
                if told:
                    look.note(f"the life of villages in a drill: {told[0]}")
            if found and name == "queue":
                _complete(look, area, [row["case_id"] for row in found.json()["rows"]], [True])

    return tried


def _complete(look: Look, area: str, told: list[str], states: list[bool]) -> None:
    expected = sorted(case.id for case in look.person.visible(area) if case.is_open in states)
    if sorted(told) != expected:
        look.note(f"{len(told)} cases of {area}, not {len(expected)}")


def queue(look: Look) -> None:
    for area in look.areas():
        found = look.expect(_looks(look, area), "GET", f"{V1}/cases", area, params={"area": area, "limit": 200})
        if found:
            _complete(look, area, [row["case_id"] for row in found.json()["rows"]], [True])


def search(look: Look) -> None:
    for area in look.areas():
        asked = {"area": area, "words": "tag-", "limit": 200}
        found = look.expect(_looks(look, area), "GET", f"{V1}/search", area, params=asked)
        if found:
            _complete(look, area, [row["case_id"] for row in found.json()], [True, False])
        person = look.expect(
            _looks(look, area),
            "GET",
            f"{V1}/search",
            area,
            params=asked | {"words": look.chance.choice(["龘齉", "canary"])},
        )
        if person and look.person.masked and person.json():
            look.note("a masked person can be searched for")


def metric(look: Look) -> None:
    names = ("reported", "open_cases", "closure_rate", "unit_score", "ping_pong_rate", "active_grids")
    for area in look.areas():
        asked = {"area": area, "by": look.chance.choice(["", "unit", "village", "collector", "handler"])}
        look.expect(_looks(look, area), "GET", f"{V1}/metrics/{look.chance.choice(names)}", area, params=asked)


def one(suffix: str = "", **asked: str) -> Try:
    """Return the tries at a door of one case, seen and unseen."""

    def tried(look: Look) -> None:
        for case in (some(look.chance, look.person, seen=seen) for seen in (True, False)):
            if case and look.person.opens(case):
                look.expect(_signed(look), "GET", f"{V1}/cases/{case.id}{suffix}", params=asked)
            elif case:
                look.unheard("GET", V1 + "/cases/{}" + suffix, case.id, params=asked)

    return tried


def parties(look: Look) -> None:
    for case in _disputes(look):
        if not look.person.opens(case):
            look.unheard("GET", V1 + "/cases/{}/parties", case.id, params=REASONED)
            continue
        for reason, wanted in ((REASONED, True), ({}, False)):
            door = f"{V1}/cases/{case.id}/parties"
            allowed = wanted and look.person.of_team(case) and _signed(look)
            found = look.expect(allowed, "GET", door, params=reason)
            if found and f"{SEALED}-{case.number}" not in found.text:
                look.note("a team does not see its parties")


def register(look: Look) -> None:
    for case in _disputes(look):
        body = {"parties": [{"name": f"{SEALED}-{case.number}", "phone": f"1390000{case.number:04}"}]}
        if not look.person.opens(case):
            look.unheard("PUT", V1 + "/cases/{}/parties", case.id, json=body)
            continue
        allowed = look.person.role in REGISTER or look.person.user in case.team
        look.expect(allowed and _signed(look), "PUT", f"{V1}/cases/{case.id}/parties", json=body)


def _disputes(look: Look) -> list[Case]:
    every = [case for case in cases().values() if case.team]
    mine = [case for case in every if look.person.user in case.team]
    return [*mine[:1], *look.chance.sample(every, 2)]


def report(look: Look) -> None:
    """Report where somebody has no business, or who reports nothing."""
    if look.person.case is not None or "360500" in look.person.areas:
        allowed_elsewhere = look.person.role in REPORT
        body = _reported({"lon": 0.0, "lat": 0.0}) if allowed_elsewhere else _reported({"area": look.areas()[0]})
    else:
        body = _reported({"area": look.areas()[-1]})
    look.expect(False, "POST", f"{V1}/reports", json=body)


def _reported(place: dict[str, Any]) -> dict[str, Any]:
    moment = NOW.isoformat()
    told = {"id": str(uuid.uuid4()), "category": "CG0101", "happened_at": moment, "sent_at": moment, "description": "x"}
    return told | place


def form(look: Look) -> None:
    look.expect(_signed(look) and look.person.role in SEE, "GET", f"{V1}/reports/form")


def similar(look: Look) -> None:
    asked = {"category": look.chance.choice(["CG0101", "CG0102", "MD0101"]), "lon": 114.9, "lat": 27.8}
    look.expect(_signed(look) and look.person.role in SEE, "GET", f"{V1}/reports/similar", params=asked)


def upload(look: Look) -> None:
    """Send anew what an unseen case holds already: it is taken, and tells nothing of that case."""
    look.ask("POST", f"{V1}/attachments", content=file_of(0)[0], headers={"content-type": "image/png"})


def file(suffix: str = "") -> Try:
    """Return the tries at a file: of a case seen, of one unseen whose hash is known."""

    def tried(look: Look) -> None:
        for case in (some(look.chance, look.person, seen=seen) for seen in (True, False)):
            if case is None:
                continue
            name = file_of(case.number)[1]
            if look.person.opens(case) and not look.person.masked and _signed(look):
                look.expect(True, "GET", f"{V1}/attachments/{name}{suffix}")
            else:
                look.unheard("GET", V1 + "/attachments/{}" + suffix, name, "f" * 64)

    return tried


def rechecks(look: Look) -> None:
    """Draw from a year in which nothing happened, so that nothing is noted."""
    for area in look.areas():
        asked = {
            "area": area,
            "since": "2020-01-01T00:00:00Z",
            "until": "2020-02-01T00:00:00Z",
            "count": 2,
            "seed": "s",
        }
        allowed = look.person.role == "inspector" and _looks(look, area)
        look.expect(allowed, "POST", f"{V1}/rechecks", area, json=asked)


def warn(look: Look) -> None:
    answer = look.ask("POST", f"{V1}/warnings", content=b"<x/>", headers={"content-type": "application/xml"})
    person = look.person
    may = person.role in WARN and person.within("360500") and (person.drills and person.case is None)
    if (answer.status_code == 422) is not may:
        look.note(f"a warning is answered {answer.status_code}")


def reporter(look: Look) -> None:
    found = look.expect(look.person.case is not None, "GET", f"{V1}/reporter")
    if found and look.person.case is not None and found.json()["case"]["case_id"] != cases()[look.person.case].id:
        look.note("a link shows another case")


def link(look: Look) -> None:
    for case in (some(look.chance, look.person, seen=seen) for seen in (True, False)):
        if case and look.person.opens(case):
            allowed = look.person.role in LINK and not look.person.masked and _signed(look)
            look.expect(allowed, "GET", f"{V1}/cases/{case.id}/reporter-link")
        elif case:
            look.unheard("GET", V1 + "/cases/{}/reporter-link", case.id)


def rotate(look: Look) -> None:
    if look.person.role != "security_admin":
        look.expect(False, "POST", f"{V1}/reporter-links/rotate")


def named(name: str) -> Try:
    """Return the tries of a command: at an unseen case it is refused as at one unheard of."""
    body = _body(name)

    def tried(look: Look) -> None:
        if look.skips(0.93):
            return
        case = some(look.chance, look.person, seen=False)
        if case:
            look.unheard("POST", V1 + f"/cases/{{}}/commands/{name}", case.id, json=body, headers=key())

    return tried


def _body(name: str) -> dict[str, Any]:
    """Return what a command needs to be read."""
    return {one.name: WORDS[one.name] for one in fields(COMMANDS[name]) if one.required and one.name in WORDS}


def command(look: Look) -> None:
    """Name in a command what its hand does not see: a case, a file, another case to follow."""
    unseen, seen = (some(look.chance, look.person, seen=known) for known in (False, True))
    if unseen:
        body = {"command": "comment", "case_id": unseen.id, "note": "words"}
        look.expect(False, "POST", f"{V1}/commands", json=body | {"id": str(uuid.uuid4())})
    if seen and unseen:
        asked = {"case_id": seen.id, "id": str(uuid.uuid4())}
        hidden = {"command": "comment", "note": "x", "attachments": [file_of(unseen.number)[1]]}
        look.expect(False, "POST", f"{V1}/commands", json=asked | hidden)
        look.expect(False, "POST", f"{V1}/commands", json=asked | {"command": "merge", "parent_id": unseen.id})
    if look.person.case is not None:
        # too late: who acted before is not for the reporter
        asked = {"command": "request_reopen", "reason": "other", "case_id": cases()[look.person.case].id, "seen": 0}
        look.expect(False, "POST", f"{V1}/commands", json=asked | {"id": str(uuid.uuid4())})


def village(look: Look) -> None:
    """Look at villages of one's own and of others: an unseen one is one unheard of."""
    for area in villages():
        if _looks(look, area):
            # villages have no drill: nothing of their life is told in one
            look.expect(not look.person.exercise, "GET", f"{V1}/creation/{area}", params={"year": 2026})
        else:
            look.unheard("GET", V1 + "/creation/{}", area, "999999", params={"year": 2026})


def create_safety(look: Look) -> None:
    """Move on what is unseen, or without the role for it."""
    for area in villages():
        body = {"command": "review", "area_id": area, "year": 2026, "id": str(uuid.uuid4())}
        if not _looks(look, area) or look.person.role not in REVIEW:
            look.expect(False, "POST", f"{V1}/creation", json=body)


def export(look: Look) -> None:
    """Take an answer and its rows away as a file, in every form."""
    for area in look.areas()[:2]:
        form = look.chance.choice(("csv", "xlsx", "parquet"))
        asked = {"metric": "reported", "area": area, "format": form, "by": look.chance.choice(["unit", "collector"])}
        allowed = _signed(look) and look.person.role in ANALYSE and look.person.within(area)
        found = look.expect(allowed, "GET", "/api/analysis/export", area, params=asked)
        if found and (leak := look.person.leaks(_in_file(found.content, form), area)):
            look.note(f"a file told {leak}")


def _in_file(content: bytes, form: str) -> str:
    if form == "csv":
        return content.decode("utf-8-sig")
    if form == "xlsx":
        book = load_workbook(io.BytesIO(content), read_only=True)
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    table = pq.read_table(io.BytesIO(content))
    return f"{table.to_pylist()} {table.schema.metadata}"


def rows(look: Look) -> None:
    for area in look.areas():
        asked = {
            "metric": "reported",
            "area": area,
            "from": "2026-03-01T00:00:00Z",
            "to": NOW.isoformat(),
            "limit": 500,
        }
        allowed = _signed(look) and look.person.role in ANALYSE and look.person.within(area)
        found = look.expect(allowed, "GET", "/api/analysis/rows", area, params=asked)
        if found and found.json()["total"] != len(look.person.visible(area)):
            look.note(f"{found.json()['total']} rows behind a number of {area}")


def people(look: Look) -> None:
    """Ask what colleagues are called: who looks through masks is told no name."""
    found = look.ask("GET", "/api/people")
    told = found.json() if found.status_code == 200 else {}
    if told and (look.person.masked or look.person.role not in SEE or not _signed(look)):
        look.note("names of colleagues")


def contact(look: Look) -> None:
    for case in (some(look.chance, look.person, seen=seen) for seen in (True, False)):
        if case:
            look.expect(False, "GET", f"/api/contacts/{case.id}")


def desk(look: Look) -> None:
    for area in look.areas():
        asked = {"area": area, "lon": 114.9, "lat": 27.8}
        look.expect(_looks(look, area), "GET", "/api/hands", area, params=asked)
        case = some(look.chance, look.person, seen=False)
        found = look.expect(
            _looks(look, area), "GET", "/api/usual", params={"area": area, "case": case.id if case else ""}
        )
        if found and case and area not in path(case.grid) and found.json()["cases"]:
            look.note("the kind of an unseen case")


FIXED: dict[str, Try] = {
    "openapi": listed("openapi.json"), "commands": listed("commands"), "views": listed("views"),
    "metrics": listed("metrics"), "areas": listed("areas"), "categories": listed("categories"),
    "units": listed("units"), "reasons": listed("reasons"), "lifecycle": listed("lifecycle"), "cases": queue,
    "search": search, "case": one(), "suggestions": one("/suggestions"), "parties": parties,
    "register_parties": register, "metric": metric, "report": report, "report_form": form, "similar": similar,
    "attach_file": upload, "attachment": file(), "thumbnail": file("/thumbnail"), "rechecks": rechecks, "warn": warn,
    "reporter": reporter, "reporter_link": link, "rotate_links": rotate, "command": command,
    "village": village, "create_safety": create_safety,
}  # fmt: skip
BESIDE: dict[str, Try] = {
    "beside: export": export, "beside: rows": rows, "beside: people": people, "beside: contact": contact,
    "beside: desk": desk,
}  # fmt: skip
