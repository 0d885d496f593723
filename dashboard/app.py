"""Composition root of the screens: FastAPI with Dash, the socket, the map's shapes and the doors."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI, HTTPException, Request, WebSocket
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from pipelines.config.sign_in import Tls
from pipelines.contract.roles import OPERATIONAL
from pipelines.contract.scope import Scope, Viewer
from pipelines.errors import CitybrainError
from pipelines.node import Node

from . import catalogue, entrance
from .api import (
    accounts,
    admin,
    analysis,
    attachments,
    audit,
    contacts,
    desk,
    geography,
    installable,
    lobby,
    metrics,
    notifications,
    open311,
    parties,
    people,
    reporter,
    reports,
    rooms,
    sign_in,
    warnings,
    webhooks,
)
from .api.v1 import doors as v1
from .components import denied
from .components import reporter as reporter_page
from .components.context import City, ScreenContext
from .delivery import Delivery
from .doorkeeper import Doorkeeper, policy
from .gateway import Gateway
from .identity.access import Access
from .identity.audit import Audit
from .identity.colleagues import Colleagues
from .identity.gate import Gate
from .identity.mending import EVERY_SECONDS, SETTLING_SECONDS, Mending
from .identity.oidc import Directory
from .identity.reporters import Reporters
from .outgoing.outbox import Outbox
from .pages import mount_screens
from .screens import SCREENS
from .skeleton import living
from .stream import Stream

MOST_FRAME_BYTES = 65_536


def build(node: Node, token: str) -> FastAPI:
    """Put the application together around an open node; ``token`` opens its admin side."""
    version = build_id()
    viewer = local_viewer(node)
    rules = node.config.sign_in
    gate = Gate(node.registry, node.wall_clock.now, node.areas, rules) if rules else None
    noted = gate.audit if gate else Audit(node.registry, node.wall_clock.now)
    gateway = Gateway(node, gate.denials.note if gate else None, noted.note)
    stream = Stream(node, gateway, version)
    outbox = Outbox(node, gate.accounts if gate else None)
    lifespan = _lifespan(stream, gate, outbox, Mending(node, noted))
    server = FastAPI(title="citybrain", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    _mount_doors(server, stream, viewer)
    server.include_router(admin.router(node, token))
    _mount_identity(server, node, gate)
    for doors_of in (metrics, analysis, desk, reports, parties, warnings, attachments, contacts):
        server.include_router(doors_of.router(gateway))
    server.include_router(geography.router(node, gateway))
    server.include_router(open311.router(node, gateway, gate))
    server.include_router(rooms.router(stream.rooms))
    delivery = Delivery(assets_folder(), version)
    server.include_router(delivery.router())
    layouts = {name: _page(screen, node, version) for name, screen in SCREENS.items()}
    server.include_router(
        installable.router(
            {"zh": node.config.city.name_zh, "en": node.config.city.name_en},
            version,
            delivery.root,
            [*delivery.files("pocket"), *(f"/geo/{level}.geojson" for level in node.geography.levels)],
            lambda language: living(layouts["pocket"](lang=language)),
        )
    )
    doors = {name: _page(layout, node, version) for name, layout in entrance.ENTRANCES.items()}
    server.include_router(entrance.router(node, delivery, doors))
    reporters = _mount_reporters(server, node, gateway, delivery, version)
    v1.mount(server, node, gateway, Colleagues(gate.accounts if gate else None, node.config.city.zone))
    screens = mount_screens(server, delivery, layouts)
    screens.title = f"{node.config.city.name_zh} citybrain"
    # the pages' own inline scripts are known only once Dash was asked for the first time
    closed = entrance.closed(delivery, lambda screen: _page(partial(denied.layout, screen), node, version))
    server.add_middleware(Access, local=None if gate else viewer, gate=gate, closed=closed, reporters=reporters)
    server.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    server.add_middleware(
        Doorkeeper,
        hosts=[node.config.server.host, *node.config.server.hosts],
        policy=lambda: policy([*screens.csp_hashes(), delivery.boot_hash]),
        proxies=(rules.trusted_proxy if rules else None) or (),
    )
    return server


def serve(node: Node, host: str, port: int, announce: Callable[[str], None], token: str) -> None:
    """Serve until interrupted; ``announce`` hears the address once the first page is warm."""
    tls = node.config.sign_in.tls if node.config.sign_in else None
    server = uvicorn.Server(served(build(node, token), host, port, tls))
    asyncio.run(_serve(server, f"{'https' if tls else 'http'}://{host}:{port}", announce))


def served(application: ASGIApp, host: str, port: int, tls: Tls | None = None) -> uvicorn.Config:
    """Say how an application is served."""
    # frames are encoded once for all displays: compressing them would be done again for each of them
    return uvicorn.Config(
        application,
        host,
        port,
        log_level="warning",
        ws_max_size=MOST_FRAME_BYTES,
        ws_per_message_deflate=False,
        proxy_headers=False,  # whom a proxy speaks for is the doorkeeper's to say
        access_log=False,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )


def local_viewer(node: Node) -> Viewer:
    """Return the one viewer there is while nobody signs in: this machine, the whole city, every hand."""
    return Viewer("local", OPERATIONAL, Scope(frozenset({node.areas.root.id})))


def build_id() -> str:
    """Name this build by what it is made of, so that a display notices a new one."""
    digest = hashlib.sha256()
    for root in (Path(__file__).parent, assets_folder()):
        for file in sorted(root.rglob("*")):
            if file.is_file() and file.suffix in {".py", ".js", ".mjs", ".css", ".yaml"}:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def assets_folder() -> Path:
    """Return where css, scripts, fonts and vendored libraries lie."""
    beside = Path(__file__).parents[1] / "assets"
    return beside if beside.is_dir() else Path(str(resources.files("dashboard"))) / "assets"


async def _serve(server: uvicorn.Server, address: str, announce: Callable[[str], None]) -> None:
    running = asyncio.create_task(server.serve())
    while not server.started and not running.done():
        await asyncio.sleep(0.02)
    if not running.done():
        announce(address)
    await running


def _lifespan(stream: Stream, gate: Gate | None, outbox: Outbox, mending: Mending) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(server: FastAPI) -> AsyncIterator[None]:
        # Dash's FastAPI backend serves a deep first page without css and scripts: ask for the root before anyone can
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(server), base_url="http://localhost") as client:
            await client.get("/_dash-layout")
            await client.get("/")
        stream.start()
        outbox.start()
        watching = [asyncio.create_task(_mend(mending))]
        if gate:
            watching.append(asyncio.create_task(_watch(gate, stream)))
        yield
        for task in watching:
            task.cancel()
        await asyncio.to_thread(outbox.stop)
        await stream.stop()

    return lifespan


async def _mend(mending: Mending) -> None:
    """Note late what stands in the log while the audit was away: at the start, and ever again."""
    while True:
        try:
            look = await asyncio.to_thread(mending.look)
            await asyncio.sleep(SETTLING_SECONDS)
            await asyncio.to_thread(mending.note, look)
        except CitybrainError:
            # away again: the mark stays, and the next time finds the same
            await asyncio.sleep(SETTLING_SECONDS)
        await asyncio.sleep(EVERY_SECONDS)


async def _watch(gate: Gate, stream: Stream) -> None:
    """Send those away who may no longer look: their sockets close within seconds, on every node."""
    while True:
        for session in await asyncio.to_thread(gate.poll):
            dismiss = getattr(stream, "dismiss", None)
            told = dismiss(session) if dismiss else None
            if asyncio.iscoroutine(told):
                await told
        await asyncio.sleep(1.0)


def _mount_identity(server: FastAPI, node: Node, gate: Gate | None) -> None:
    oidc = gate.rules.oidc if gate else None
    directory = Directory(oidc, node.registry, node.wall_clock.now) if oidc else None
    server.include_router(sign_in.router(gate, node.areas, directory, lambda: _units(node)))
    server.include_router(people.router(Colleagues(gate.accounts if gate else None, node.config.city.zone)))
    if gate:
        server.include_router(accounts.router(gate))
        server.include_router(webhooks.router(node, gate.denials))
        server.include_router(notifications.router(node, gate.accounts, gate.denials))
        server.include_router(audit.router(gate.audit))
        server.include_router(lobby.router(node, gate))


def _mount_reporters(server: FastAPI, node: Node, gateway: Gateway, delivery: Delivery, version: str) -> Reporters:
    reporters = Reporters(node.registry, node.wall_clock.now, node.areas.root.id)
    server.include_router(reporter.router(gateway, reporters, node.now))
    drawn = partial(partial, reporter_page.layout)
    server.include_router(entrance.reporter(delivery, reporters, lambda trouble: _page(drawn(trouble), node, version)))
    return reporters


def _units(node: Node) -> dict[str, dict[str, str]]:
    """Return every unit's names."""
    rows = node.query("select unit_id, name_zh, name_en from units").to_pylist()
    return {row["unit_id"]: {"zh": row["name_zh"], "en": row["name_en"] or row["name_zh"]} for row in rows}


def _mount_doors(server: FastAPI, stream: Stream, viewer: Viewer) -> None:
    @server.get("/")
    def front(request: Request) -> RedirectResponse:
        who = request.scope.get("viewer")
        home = "wall" if who == viewer else sign_in.told(who)["home"] if who else "sign-in"
        return RedirectResponse(f"/{home}")

    @server.get("/catalogue/{language}.json")
    def words(language: str) -> JSONResponse:
        if language not in catalogue.LANGUAGES:
            raise HTTPException(404, f"language {language!r} is not one of {', '.join(catalogue.LANGUAGES)}")
        return JSONResponse(catalogue.payload(language))

    @server.get("/health")
    def health() -> Response:
        return Response("ok", media_type="text/plain")

    @server.websocket("/stream")
    async def socket(connection: WebSocket) -> None:
        who = connection.scope["viewer"]
        await stream.serve(connection, who)


def _page(layout: Callable[[ScreenContext], Any], node: Node, version: str) -> Callable[..., Any]:
    city = node.config.city

    def page(lang: str | None = None, root: str = "", **_other: str) -> Any:  # noqa: ANN401
        language = lang if lang in catalogue.LANGUAGES else city.languages[0]
        shown = City(city.id, city.name_zh, city.name_en, city.time_zone, city.data, city.center)
        mode = node.tick().clock
        area = root if root in node.areas.areas else city.id
        return layout(ScreenContext(shown, language, area, version, mode, node.config.screens.wall))  # type: ignore[arg-type]

    return page
