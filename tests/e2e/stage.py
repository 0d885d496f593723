"""A small city for the screens to play on: speaks the socket's protocol and does as it is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI, HTTPException, WebSocket
from fastapi.responses import JSONResponse, Response

from dashboard import catalogue
from dashboard.app import assets_folder
from dashboard.components.context import City, ScreenContext
from dashboard.delivery import Delivery
from dashboard.pages import mount_screens
from dashboard.screens import SCREENS

CITY = City("c", "新余", "Xinyu", "Asia/Shanghai", "simulated", (115.0, 28.0))
POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; worker-src 'self' blob:; frame-ancestors 'none'"
)
VIEWS = Path(__file__).parents[2] / "pipelines/sql/views"
KEYS = {path.stem: re.findall(r"-- key: (\w+)", path.read_text("utf-8"))[0] for path in VIEWS.glob("*.sql")}
METRICS = {
    "reported_today": (1286, "cases"), "open_cases": (3, "cases"), "overdue_cases": (1, "cases"),
    "on_time_closure_rate": (94.8, "percent"), "median_handling_time": (5.6, "hours"),
    "satisfaction_rate": (None, "percent"),
}  # fmt: skip


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def headline(metric: str, value: float | None, unit: str) -> dict[str, Any]:
    return {"metric": metric, "value": value, "unit": unit, "previous": None, "target": None}


def case(name: str, urgency: str = "open", minutes: int = 300, area: str = "c1") -> dict[str, Any]:
    now = datetime.now(UTC)
    words = {
        "case_id": name,
        "title": f"井盖 {name}",
        "category_zh": "井盖",
        "category_en": "Manhole",
        "state": "handling",
    }
    times = {
        "reported_at": iso(now - timedelta(hours=2)),
        "started_at": iso(now - timedelta(hours=2)),
        "due_at": iso(now + timedelta(minutes=minutes)),
    }
    place = {
        "area_id": area,
        "area_zh": "甲区",
        "area_en": "First",
        "lon": 115.0 + (0.1 if area == "c1" else 0.3),
        "lat": 28.05,
    }
    return (
        words
        | times
        | place
        | {"urgency": urgency, "unit_zh": "市政处", "unit_en": "Works", "channel": "12345", "priority": "high"}
    )


class Stage:
    """The rows of every view, the sockets that watch them, and what goes wrong on purpose."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, dict[str, Any]]] = {view: {} for view in KEYS}
        self.ticking = True
        self.feed = "live"
        self.closed = False
        self.seq = 0
        self.heard: list[dict[str, str]] = []
        self._sockets: dict[WebSocket, set[str]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._last = datetime.now(UTC)

    def fill(self) -> None:
        """Put the first rows on, and no others."""
        self.rows = {view: {} for view in KEYS}
        self.rows["headline"] = {m: headline(m, value, unit) for m, (value, unit) in METRICS.items()}
        for row in (case("a1", "overdue", -42), case("a2", "due_soon", 26), case("a3", "open", 400, "c2")):
            self.rows["queue"][row["case_id"]] = self.rows["case_points"][row["case_id"]] = row
        for area, level in (("c", "city"), ("c1", "county"), ("c2", "county")):
            self.rows["areas"][area] = {
                "area_id": area,
                "level": level,
                "open": 3,
                "overdue": 1,
                "due_soon": 1,
                "reported_today": 4,
                "per_thousand": 0.4,
            }

    def set(self, view: str, *rows: dict[str, Any], drop: tuple[str, ...] = (), lose: bool = False) -> None:
        """Change rows and tell the displays; ``lose`` numbers the frame as if one before it was lost."""
        self.rows[view].update({str(row[KEYS[view]]): row for row in rows})
        for key in drop:
            self.rows[view].pop(key, None)
        self.seq += 2 if lose else 1
        frame = {
            "type": "delta",
            "view": view,
            "seq": self.seq,
            "as_of": iso(datetime.now(UTC)),
            "set": rows,
            "drop": drop,
        }
        self._run(self._tell(view, frame))

    def fail(self, fault: str) -> None:
        """Let the heartbeat stop (`silence`), the source say nothing (`feed`) or the socket close (`cut`)."""
        self.ticking = self.ticking and fault != "silence"
        self.feed = "stopped" if fault == "feed" else self.feed
        if fault == "cut":
            self.cut()

    def cut(self) -> None:
        """Close every socket and answer no more."""
        self.closed = True
        self._run(self._hang_up())

    def mend(self) -> None:
        """Answer again."""
        self.closed, self.ticking, self.feed = False, True, "live"

    async def tick(self) -> None:
        """Send the heartbeat for as long as the server lives."""
        self._loop = asyncio.get_running_loop()
        while True:
            if self.feed == "live":
                self._last = datetime.now(UTC)
            for socket in list(self._sockets) if self.ticking else []:
                await socket.send_text(self._heartbeat())
            await asyncio.sleep(1)

    async def serve(self, socket: WebSocket) -> None:
        """Hold one display's socket."""
        if self.closed:
            await socket.close()
            return
        await socket.accept()
        self._sockets[socket] = set()
        with contextlib.suppress(Exception):
            await socket.send_text(self._heartbeat())
            while True:
                await self._answer(socket, json.loads(await socket.receive_text()))
        self._sockets.pop(socket, None)

    async def _answer(self, socket: WebSocket, request: dict[str, str]) -> None:
        self.heard.append(request)
        if "view" not in request:  # this city has no rooms
            return
        view, area = request["view"], request["area"]
        if request["type"] == "unsubscribe":
            self._sockets[socket].discard(f"{view} {area}")
            return
        self._sockets[socket].add(f"{view} {area}")
        rows = [row for row in self.rows[view].values() if area == "c" or row.get("area_id", area) == area]
        frame = {"type": "snapshot", "view": view, "area": area, "seq": self.seq, "key": KEYS[view], "rows": rows}
        await socket.send_text(json.dumps(frame | {"as_of": iso(datetime.now(UTC))}))

    async def _tell(self, view: str, frame: dict[str, Any]) -> None:
        for socket, channels in list(self._sockets.items()):
            for channel in channels:
                named, area = channel.split(" ")
                # every channel counts for itself: the others' numbers move on with an empty delta
                words = frame if named == view else frame | {"view": named, "set": [], "drop": []}
                await socket.send_text(json.dumps(words | {"area": area}))

    async def _hang_up(self) -> None:
        for socket in list(self._sockets):
            await socket.close()

    def _run(self, work: Any) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    def _heartbeat(self) -> str:
        feed = {"state": self.feed, "source": "live", "last_at": iso(self._last)}
        return json.dumps({"type": "tick", "now": iso(datetime.now(UTC)), "clock": "live", "speed": 1, "feed": feed})


def geography() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a city of two squares: its index and its shapes."""
    named = {
        "c": ("新余", "Xinyu", "city", None),
        "c1": ("甲区", "First", "county", "c"),
        "c2": ("乙区", "Second", "county", "c"),
    }
    areas = {
        k: {"name_zh": zh, "name_en": en, "level": level, "parent": up, "population": 9000}
        for k, (zh, en, level, up) in named.items()
    }
    squares = [("c1", 115.0), ("c2", 115.2)]
    features = [
        {
            "type": "Feature",
            "properties": {"area_id": area} | areas[area],
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 28.0], [x + 0.2, 28.0], [x + 0.2, 28.1], [x, 28.1], [x, 28.0]]],
            },
        }
        for area, x in squares
    ]
    index = {"levels": ["county"], "center": [115.2, 28.05], "bounds": [115.0, 28.0, 115.4, 28.1], "areas": areas}
    return index, {"type": "FeatureCollection", "features": features}


def application(stage: Stage) -> FastAPI:
    """Serve the real screens, scripts and styles over the stage, under the strict policy they are meant for."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> Any:
        # as in dashboard.app: Dash is whole only after a first request, and so are its inline scripts
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(server), base_url="http://stage") as client:
            await client.get("/_dash-layout")
            await client.get("/")
        hashes.extend([*app.csp_hashes(), delivery.boot_hash])
        beat = asyncio.create_task(stage.tick())
        yield
        beat.cancel()

    hashes: list[str] = []
    server = FastAPI(lifespan=lifespan)
    index, shapes = geography()
    server.add_api_route("/geo/index.json", lambda: index)
    server.add_api_route("/geo/county.geojson", lambda: shapes)
    server.add_api_route("/catalogue/{language}.json", catalogue.payload)
    server.add_api_websocket_route("/stream", stage.serve)

    @server.get("/api/v1/cases/{case_id}")
    @server.get("/api/cases/{case_id}")
    def one_case(case_id: str) -> JSONResponse:
        if case_id not in stage.rows["queue"]:
            raise HTTPException(404)
        row = stage.rows["queue"][case_id]
        step = {"event_id": "e1", "kind": "case-reported", "happened_at": row["reported_at"], "actor": None}
        return JSONResponse({"case": row, "timeline": [step]})

    delivery = Delivery(assets_folder(), "stage")
    server.include_router(delivery.router())
    app = mount_screens(server, delivery, {name: _page(layout) for name, layout in SCREENS.items()})

    @server.middleware("http")
    async def guard(request: Any, call_next: Any) -> Response:
        answer: Response = await call_next(request)
        answer.headers["Content-Security-Policy"] = POLICY.format(hashes=" ".join(hashes))
        return answer

    return server


def _page(layout: Any) -> Any:
    def page(lang: str | None = None, **_other: str) -> Any:
        return layout(ScreenContext(CITY, "en" if lang == "en" else "zh", CITY.id, ""))

    return page


@contextlib.contextmanager
def running(stage: Stage) -> Iterator[str]:
    """Serve the stage from a thread; give its address."""
    server = uvicorn.Server(uvicorn.Config(application(stage), port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
