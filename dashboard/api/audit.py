"""The doors of the audit: the auditor alone searches it, and every look into it is noted in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import AwareDatetime, BaseModel, Field

from pipelines.contract.roles import require
from pipelines.contract.scope import Viewer
from pipelines.errors import CitybrainError, RegistryError, ScopeError

from ..identity.audit import ACTS, Audit
from ..identity.audit_search import Wanted, following, newest
from ..identity.proof import head_of, prove
from ..identity.viewing import viewing
from ..refusal import refuse

Who = Annotated[Viewer, Depends(viewing)]
DOOR = "/api/audit"


class Asked(BaseModel):
    """What is looked for, and from where on: below ``before`` the newest first, behind ``after`` the oldest first."""

    user: str = Field("", max_length=100)
    act: str = Field("", max_length=200)
    what: str = Field("", max_length=300)
    device: str = Field("", max_length=200)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    after: int | None = Field(None, ge=0, le=10**15)
    before: int | None = Field(None, ge=1, le=10**15)
    limit: int = Field(100, ge=1, le=1000)

    def told(self) -> dict[str, Any] | None:
        """Return what the audit keeps of it."""
        return self.model_dump(exclude_defaults=True, exclude={"limit"}) or None

    def wanted(self) -> Wanted:
        """Return it as the search takes it; raise `CitybrainError` for an act there is none of."""
        acts = frozenset(filter(None, self.act.split(",")))
        if unknown := acts - frozenset(ACTS):
            raise CitybrainError(f"act {sorted(unknown)[0]!r} is not one of {', '.join(ACTS)}")
        return Wanted(user=self.user, acts=acts, what=self.what, device=self.device, since=self.since, until=self.until)


def router(audit: Audit) -> APIRouter:
    """Open the doors; an administrator who views as the auditor is refused as well."""
    routes = APIRouter(prefix=DOOR)

    @routes.get("")
    def search(viewer: Who, asked: Annotated[Asked, Query()]) -> Response:
        def found() -> Any:  # noqa: ANN401
            if asked.after is not None:
                return following(audit.registry, asked.wanted(), asked.after, asked.limit)
            return newest(audit.registry, asked.wanted(), asked.before, asked.limit)

        return _read(audit, viewer, "search", found, asked.told())

    @routes.get("/head")
    def head(viewer: Who) -> Response:
        return _read(audit, viewer, "head", lambda: {"head": str(audit.head())})

    @routes.get("/verify")
    def verify(viewer: Who, head: Annotated[str, Query(max_length=100)] = "") -> Response:
        def proven() -> Any:  # noqa: ANN401
            proof = prove(audit.registry, head_of(head) if head else None)
            return {"count": proof.head.number, "head": str(proof.head), "broken": proof.broken}

        return _read(audit, viewer, "verify", proven, {"head": head} if head else None)

    return routes


def auditing(viewer: Viewer) -> None:
    """Raise `ScopeError` unless the auditor looks, in person."""
    require(viewer.roles, "read_audit")
    if viewer.seen_by:
        raise ScopeError(f"the audit is read by the auditor alone; {viewer.seen_by} only views as {viewer.user}")


def _read(
    audit: Audit,
    viewer: Viewer,
    what: str,
    work: Callable[[], Any],
    detail: Any = None,  # noqa: ANN401
) -> Response:
    """Answer the auditor, and note that and what was looked for; note who else asked."""
    headers = {"Cache-Control": "no-store"}
    try:
        auditing(viewer)
        found = msgspec.json.encode(work())
        audit.note(viewer, "read_audit", what, DOOR, detail)
    except ScopeError as error:
        audit.note(viewer, "denied", "read_audit", DOOR)
        return refuse("may_not", 403, str(error), headers=headers)
    except RegistryError as error:
        return refuse("away", 503, str(error), headers=headers)
    except CitybrainError as error:
        return refuse("unreadable", 422, str(error), headers=headers)
    return Response(found, media_type="application/json", headers=headers)
