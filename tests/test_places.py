from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Geometry

from pipelines.contract.areas import Area, AreaTree
from pipelines.places import AreaIndex

# a city of 4 × 4 whose west half is a county with four grids, and whose east half has only a township
TREE = AreaTree.of(
    [
        Area("city", "city", "市", "City", None, 2.0, 2.0),
        Area("west", "county", "西区", "West", "city"),
        Area("east", "county", "东区", "East", "city"),
        Area("e1", "township", "东一街道", "First Street", "east"),
        Area("w1", "township", "城北街道", "North", "west"),
        Area("w2", "township", "城南街道", "South", "west"),
        Area("g1", "grid", "一格", "Grid 1", "w1"),
        Area("g2", "grid", "二格", "Grid 2", "w1"),
        Area("g3", "grid", "一格", "Grid 1", "w2"),
        Area("g4", "grid", "四格", "Grid 4", "w2"),
    ]
)
SHAPES: dict[str, Geometry] = {
    "west": shapely.box(0, 0, 2, 4),
    "e1": shapely.box(2, 0, 4, 4),
    "g1": shapely.box(0, 2, 1, 4),
    "g2": shapely.box(1, 2, 2, 4),
    "g3": shapely.box(0, 0, 1, 2),
    "g4": shapely.box(1, 0, 2, 2),
}
INDEX = AreaIndex(TREE, SHAPES, {"North Office": "w1", "both": "g1"})
COORDINATE = st.one_of(st.floats(-1, 5), st.sampled_from([0.0, 1.0, 2.0, 4.0]))


def place(points: list[tuple[float | None, float | None]], names: list[str | None]) -> list[str]:
    lon, lat = (pa.array([point[axis] for point in points], pa.float64()) for axis in (0, 1))
    areas: list[str] = INDEX.place(lon, lat, pa.array(names, pa.string())).areas.to_pylist()
    return areas


@pytest.mark.parametrize(
    ("point", "name", "area"),
    [
        ((0.5, 3.0), None, "g1"),
        ((0.5, 3.0), "g4", "g1"),
        ((3.0, 3.0), "g4", "g4"),
        ((3.0, 3.0), "west", "e1"),
        ((9.0, 9.0), "二格", "g2"),
        ((None, None), " north  OFFICE ", "w1"),
        ((None, None), "Ｇ２", "g2"),
        ((None, 1.0), None, "city-unknown"),
        ((9.0, 9.0), "Atlantis", "city-unknown"),
        ((None, None), "市", "city"),
    ],
)
def test_the_finer_of_point_and_name_wins(
    point: tuple[float | None, float | None], name: str | None, area: str
) -> None:
    assert place([point], [name]) == [area]


def test_a_name_that_several_share_means_what_is_around_them() -> None:
    assert INDEX.find("一格") == "west"
    assert AreaIndex(TREE, {}, {"both": "g1", "BOTH": "e1"}).find("both") is None


def test_a_border_belongs_to_the_first_area_by_id() -> None:
    assert place([(1.0, 3.0), (1.0, 2.0), (2.0, 1.0), (0.5, 2.0)], [None] * 4) == ["g1", "g1", "g4", "g1"]


@settings(deadline=None)
@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=40))
def test_a_point_falls_where_a_naive_search_finds_it(points: list[tuple[float, float]]) -> None:
    finest_first = ["g1", "g2", "g3", "g4", "e1", "west"]
    expected = [
        next((area for area in finest_first if shapely.intersects(SHAPES[area], shapely.Point(point))), "city-unknown")
        for point in points
    ]
    assert place(list(points), [None] * len(points)) == expected


def test_which_points_and_names_led_nowhere_is_told() -> None:
    placed = INDEX.place(pa.array([9.0, 0.5, None]), pa.array([9.0, 3.0, None]), pa.array(["x", "x", "x"]))
    assert placed.outside.tolist() == [True, False, False]
    assert placed.unnamed.tolist() == [True, False, True]


def test_a_city_without_shapes_places_by_name_alone() -> None:
    index = AreaIndex(TREE, {})
    placed = index.place(pa.array([0.5, 0.5]), pa.array([3.0, 3.0]), pa.array(["g1", None]))
    assert placed.areas.to_pylist() == ["g1", "city-unknown"]


def test_many_points_are_placed_at_once() -> None:
    side = np.linspace(-1, 5, 300)
    lon, lat = np.array(list(itertools.product(side, side))).T
    placed = INDEX.place(pa.array(lon), pa.array(lat), pa.nulls(len(lon), pa.string()))
    assert len(placed.areas) == 90_000
    assert placed.areas.null_count == 0
