from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sources.crs import from_wgs84, to_wgs84

from .reading import mapping, read, written

CHINA = st.lists(st.tuples(st.floats(75, 134), st.floats(18, 53)), min_size=1, max_size=20)


def pair(column: str, order: str = "lat_lon") -> dict[str, object]:
    return {"id": "id", "reported": "reported", "point": {"column": column, "order": order}}


@settings(deadline=None)
@given(CHINA, st.sampled_from(["GCJ-02", "BD-09", "EPSG:4526", "EPSG:3857"]))
def test_a_conversion_undoes_itself_to_the_centimetre(points: list[tuple[float, float]], crs: str) -> None:
    lon, lat = np.array(points).T
    back = to_wgs84(*from_wgs84(lon, lat, crs), crs)
    assert np.abs(np.array(back) - np.array([lon, lat])).max() < 1e-7


@pytest.mark.parametrize(
    ("crs", "x", "y", "lon", "lat"),
    [
        # Tiananmen as the two map services print it, and the old observatory of Bern where the Swiss net begins
        ("GCJ-02", 116.397428, 39.90923, 116.39118, 39.90783),
        ("BD-09", 116.403875, 39.914889, 116.39125, 39.90716),
        ("EPSG:2056", 2_600_000, 1_200_000, 7.438637, 46.951081),
    ],
)
def test_known_places_lie_where_they_are(crs: str, x: float, y: float, lon: float, lat: float) -> None:
    found = to_wgs84(np.array([x]), np.array([y]), crs)
    assert (found[0][0], found[1][0]) == pytest.approx((lon, lat), abs=2e-4)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("(42.3, -71.1)", "lat_lon"),
        ("42.3 -71.1", "lat_lon"),
        ("[-71.1; 42.3]", "lon_lat"),
        ("POINT (-71.1 42.3)", "lat_lon"),
        ("SRID=4326;point z(-71.1 42.3 12)", "lat_lon"),
        ('{"type": "Point", "coordinates": [-71.1, 42.3]}', "lat_lon"),
        ('{"latitude": "42.3", "longitude": "-71.1"}', "lat_lon"),
        ("{'lng': -71.1, 'lat': 4.23e1}", "lat_lon"),
    ],
)
def test_a_point_in_one_column(tmp_path: Path, text: str, order: str) -> None:
    quoted = text.replace('"', '""')
    path = written(tmp_path, f'id,reported,where\n1,2026-03-01,"{quoted}"\n')
    found = read(path, mapping(pair("where", order)))
    assert (found.column("lon"), found.column("lat")) == ([-71.1], [42.3])


def test_points_that_are_none_are_left_out_and_counted(tmp_path: Path) -> None:
    text = (
        "id,reported,lon,lat\n1,2026-03-01,0,0.0\n2,2026-03-01,114.9,\n3,2026-03-01,east,27.8\n4,2026-03-01,NA,NA\n"
        "5,2026-03-01,488900,3077000\n6,2026-03-01,114.5,27.5\n7,2026-03-01,114.9,27.8\n8,2026-03-01,nan,inf\n"
    )
    fields = {"id": "id", "reported": "reported", "point": {"lon": "lon", "lat": "lat"}}
    found = read(written(tmp_path, text), mapping(fields, sentinel_points=[[114.5, 27.5]]))
    assert found.column("lon") == [None] * 6 + [114.9, None]
    assert found.reasons == {"null-island": 1, "unparseable-point": 3, "out-of-range-point": 1, "sentinel-point": 1}


def test_a_latitude_beyond_the_pole_was_a_longitude(tmp_path: Path) -> None:
    text = "id,reported,lon,lat\n1,2026-03-01,27.8,114.9\n2,2026-03-01,127.8,114.9\n"
    fields = {"id": "id", "reported": "reported", "point": {"lon": "lon", "lat": "lat"}}
    found = read(written(tmp_path, text), mapping(fields))
    assert (found.column("lon"), found.column("lat")) == ([114.9, None], [27.8, None])
    assert found.reasons == {"swapped-point": 1, "out-of-range-point": 1}


def test_metres_become_degrees(tmp_path: Path) -> None:
    text = "id,reported,e,n\n1,2026-03-01,2683920,1245604\n"
    fields = {"id": "id", "reported": "reported", "point": {"lon": "e", "lat": "n"}}
    found = read(written(tmp_path, text), mapping(fields, crs="epsg:2056"))
    assert found.column("lon") + found.column("lat") == pytest.approx([8.54949, 47.35598], abs=2e-4)
