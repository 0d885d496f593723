"""What maps are served: their parts by name, a basemap by ranges, a scale of colour that stands for a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from dashboard.api import geography
from pipelines.config import load
from pipelines.gazetteer import spelled
from pipelines.geography import Geography

MIDNIGHT = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)


class Asked:
    """A gateway that counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def scale(self) -> list[dict[str, Any]]:
        self.times += 1
        return [{"level": "grid", "open": 2, "per_thousand": 2.4}]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[tuple[TestClient, SimpleNamespace, Asked]]:
    (tmp_path / "tiny.pmtiles").write_bytes(bytes(range(256)))
    config = load(None)
    shown = SimpleNamespace(city=config.city, basemap=SimpleNamespace(file=tmp_path / "tiny.pmtiles"), resolve=Path)
    places = Geography.load(config)
    node = SimpleNamespace(geography=places, config=shown, areas=places.tree, now=lambda: node.moment, moment=MIDNIGHT)
    asked = Asked()
    server = FastAPI()
    server.include_router(geography.router(node, asked))  # type: ignore[arg-type]
    with TestClient(server) as client:
        yield client, node, asked


def test_a_map_is_served_all_its_parts(door: tuple[TestClient, SimpleNamespace, Asked]) -> None:
    client, node, _ = door
    index = client.get("/geo/index.json").json()
    assert index["levels"] == ["county", "township", "village", "grid"]
    assert index["credits"] == ["天地图"]
    assert [(layer["name"], layer["shape"], layer["count"]) for layer in index["layers"]] == [
        ("centres", "square", 560), ("cameras", "notched", 146),
    ]  # fmt: skip
    west, south, east, north = index["core"]
    inside = [
        a
        for a in index["areas"].values()
        if a["level"] == "grid" and west < a["lon"] < east and south < a["lat"] < north
    ]
    assert len(inside) > 400
    assert (east - west) * 8.9 < index["bounds"][2] - index["bounds"][0]
    cameras = client.get("/geo/layers/cameras.geojson").json()["features"]
    assert cameras[0]["properties"]["kind_zh"] == "指挥大厅主会场"
    assert client.get("/geo/layers/bridges.geojson").status_code == 404
    places = client.get("/geo/places.json").json()
    assert len(places) == 1 + 2 + 37 + 511 + 1350 + 560 + 146
    assert sum(1 for a in node.geography.tree.areas.values() if a.lon is not None) == len(places) - 706


def test_places_are_spelled_as_they_are_typed() -> None:
    assert spelled("百花湖第1网格") == ("baihuahudi1wangge", "bhhd1wg")
    assert spelled("Back Bay") == ("", "")


def test_a_city_of_few_areas_has_no_dense_core() -> None:
    assert Geography.load(load(None, pack="boston")).core() is None


def test_the_scale_stands_for_a_day(door: tuple[TestClient, SimpleNamespace, Asked]) -> None:
    client, node, asked = door
    first = client.get("/geo/scale.json").json()
    assert first == {"day": "2026-11-20", "levels": {"grid": {"open": 2, "per_thousand": 2.4}}}
    node.moment = MIDNIGHT.replace(hour=15, day=20)
    assert client.get("/geo/scale.json").json() == first
    assert asked.times == 1
    node.moment = MIDNIGHT.replace(day=20)
    assert client.get("/geo/scale.json").json()["day"] == "2026-11-21"
    assert asked.times == 2


def test_a_basemap_is_served_by_ranges(door: tuple[TestClient, SimpleNamespace, Asked]) -> None:
    client, node, _ = door
    part = client.get("/geo/basemap.pmtiles", headers={"Range": "bytes=16-31", "Accept-Encoding": "gzip"})
    assert (part.status_code, part.content) == (206, bytes(range(16, 32)))
    node.config.basemap = None
    assert client.get("/geo/basemap.pmtiles").status_code == 404
