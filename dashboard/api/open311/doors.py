"""The doors of GeoReport v2: discovery, services, requests, tokens, each as XML and JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from pipelines.contract.civic import Wanted
from pipelines.errors import CitybrainError
from pipelines.node import Node

from ... import catalogue
from ...gateway import Gateway
from ...identity.gate import Gate
from ...identity.rates import Rule
from . import asked, body, callers
from .callers import Callers
from .discovery import discovery
from .formats import FORMATS, written
from .moments import told
from .refusal import RequestRefused, refusal
from .requests import Requests
from .services import Services
from .submission import submission
from .waiting import Waiting

REQUESTS: Final = "service_requests"
Found = tuple[str, Any] | Response
Work = Callable[[str], Found]


class Doors:
    """What is behind each door."""

    def __init__(self, node: Node, gateway: Gateway, gate: Gate | None, rules: tuple[Rule, ...]) -> None:
        """Stand before a node and its gateway."""
        self.node = node
        self.gateway = gateway
        self.callers = Callers(node, gate, rules)
        self.waiting = Waiting(node, gateway)

    def answer(self, request: Request, name: str, work: Work, status: int = 200) -> Response:
        """Answer under a name with its form behind a dot; an error is told in that form too."""
        rest, dot, form = name.rpartition(".")
        known = form if dot and form in FORMATS else "xml"
        try:
            self.callers.knock(request)
            if known != form:
                raise RequestRefused(404, f"no such resource: end its address with .{' or .'.join(FORMATS)}")
            found = work(rest)
        except CitybrainError as error:
            why = refusal(error)
            return written("errors", [{"code": why.status, "description": str(why)}], known, why.status)
        return found if isinstance(found, Response) else written(*found, known, status)

    def discovery(self, request: Request) -> Found:
        """Say what this service is."""
        return "discovery", discovery(self.node.config, str(request.base_url))

    def services(self, request: Request) -> Found:
        """List what may be reported."""
        self.callers.reader(request)
        self._of_this_city(request.query_params)
        return "services", self._services(request).listed()

    def definition(self, request: Request, code: str) -> Found:
        """Say what a service asks."""
        self.callers.reader(request)
        self._of_this_city(request.query_params)
        return "service_definition", self._services(request).definition(code)

    def requests(self, request: Request, form: str) -> Found:
        """List requests."""
        viewer, query = self.callers.reader(request), request.query_params
        self._of_this_city(query)
        position = self.node.follower.position
        wanted, page = asked.wanted(query, self.node.config.open311, self.node.now())
        rows = self.gateway.requests(wanted, viewer)
        tell, extended = self._requests(request), asked.extended(query)
        answer = written(REQUESTS, [tell.tell(row, extended) for row in rows], form)
        if len(rows) == page.size:
            answer.headers["Link"] = f'<{self._next(request, wanted, page, position)}>; rel="next"'
        return answer

    def request(self, request: Request, case_id: str) -> Found:
        """Tell of one request."""
        viewer = self.callers.reader(request)
        self._of_this_city(request.query_params)
        rows = self.gateway.requests(Wanted(ids=(case_id,), count=1), viewer)
        if not rows:
            raise RequestRefused(404, f"service_request_id {case_id[:80]!r} was not found")
        tell, extended = self._requests(request), asked.extended(request.query_params)
        return REQUESTS, [tell.tell(row, extended) for row in rows]

    def token(self, token: str) -> Found:
        """Tell which request came of a token."""
        known, case_id = self.waiting.find(token)
        if not known:
            raise RequestRefused(404, "token was not found")
        return REQUESTS, [{"service_request_id": case_id, "token": token}]

    def submit(self, request: Request, data: bytes | None) -> Found:
        """Take a report."""
        if data is None:
            raise RequestRefused(400, f"the body is larger than {body.MOST_BYTES // 1024} KB")
        sent = body.read(request.headers.get("content-type", ""), data)
        query = request.query_params
        viewer = self.callers.sender(request, sent.fields.pop("api_key", None) or query.get("api_key"))
        self._of_this_city(dict(query) | sent.fields)
        services = self._services(request)
        again = request.headers.get("idempotency-key") or sent.fields.get("token", "")
        report, contact = submission(sent, again, viewer, services, self.node.areas, self.node.now())
        case_id, token = self.waiting.take(report, contact, viewer)
        if case_id:
            self.waiting.sweep()
        told_id = {"service_request_id": case_id} if case_id else {"token": token}
        return REQUESTS, [told_id | {"service_notice": services.notice(report.category), "account_id": None}]

    def _services(self, request: Request) -> Services:
        return Services(self.node, self._language(request))

    def _requests(self, request: Request) -> Requests:
        return Requests(self._services(request), self._language(request), self.node.config.city.zone)

    def _language(self, request: Request) -> catalogue.Language:
        wanted = request.query_params.get("lang")
        return next((one for one in catalogue.LANGUAGES if one == wanted), self.node.config.city.languages[0])

    def _of_this_city(self, query: asked.Query) -> None:
        named, ours = query.get("jurisdiction_id"), self.node.config.open311.jurisdiction_id
        if named and ours and named != ours:
            raise RequestRefused(404, f"jurisdiction_id {named[:60]!r} was not found; it is {ours} here")

    def _next(self, request: Request, wanted: Wanted, page: asked.Page, position: int) -> str:
        """Return where the next page is, with its ends fixed: what is reported meanwhile moves nothing."""
        zone, query = self.node.config.city.zone, dict(request.query_params)
        query.pop("api_key", None)
        pinned = {} if wanted.ids else {
            "start_date": told(wanted.start, zone), "end_date": told(wanted.end, zone),
            "as_of": position if wanted.as_of is None else wanted.as_of,
        }  # fmt: skip
        more = query | pinned | {"page": page.number + 1, "page_size": page.size}
        return f"{request.url.replace(query='', fragment='')}?{urlencode(more)}"


def router(node: Node, gateway: Gateway, gate: Gate | None, rules: tuple[Rule, ...] = callers.RULES) -> APIRouter:
    """Return the doors; where nobody signs in, ``gate`` is None."""
    doors, behind = APIRouter(prefix="/open311", include_in_schema=False), Doors(node, gateway, gate, rules)

    @doors.get("/{name}")
    @doors.get("/v2/{name}")
    def whole(request: Request, name: str) -> Response:
        form = name.rpartition(".")[2]
        works: dict[str, Work] = {
            "discovery": lambda _: behind.discovery(request),
            "services": lambda _: behind.services(request),
            "requests": lambda _: behind.requests(request, form),
        }
        in_v2 = request.url.path.startswith("/open311/v2/")
        work = works.get(name.rpartition(".")[0]) if in_v2 or name.startswith("discovery.") else None
        return behind.answer(request, name, work or _nothing)

    @doors.get("/v2/{noun}/{name:path}")
    def one(request: Request, noun: str, name: str) -> Response:
        works: dict[str, Work] = {
            "services": lambda code: behind.definition(request, code),
            "requests": lambda case_id: behind.request(request, case_id),
            "tokens": lambda token: behind.token(token),
        }
        return behind.answer(request, name, works.get(noun, _nothing))

    @doors.post("/v2/{name}")
    async def submit(request: Request, name: str) -> Response:
        data = await _read(request)
        work: Work = (lambda _: behind.submit(request, data)) if name.startswith("requests.") else _nothing
        return await run_in_threadpool(behind.answer, request, name, work, 201)

    @doors.api_route("/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def nothing(request: Request, rest: str) -> Response:
        return behind.answer(request, rest, _nothing)

    return doors


def _nothing(rest: str) -> Found:
    raise RequestRefused(404, f"there is no {rest[:60]!r} here; /open311/discovery.xml says what there is")


async def _read(request: Request) -> bytes | None:
    """Read a body, or give up as soon as it is too large."""
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > body.MOST_BYTES:
            return None
    return data
