from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.config import Config
from pipelines.config.wall import PANELS, scenes, shipped
from pipelines.errors import ConfigError

from .conftest import CITY

Site = Callable[..., Config]
LAYOUT = """
  screens: {wall: {layouts: {corner: {aspect: "%s", scenes: {overview: {
    columns: [400, 1fr], rows: [1, 2], areas: [%s], keep: [%s]}}}}}}
""".replace("\n  ", "\n")


def test_an_empty_configuration_has_every_shape_and_scene(site: Site) -> None:
    wall = site(CITY).screens.wall
    assert (wall.viewing.distance_m, wall.viewing.pitch_mm, wall.cabinet_px) == (8.0, 1.25, 0)
    assert {name: shape.aspect for name, shape in wall.shapes.items()} == {
        "wide": "32:9", "standard": "16:9", "panorama": "48:9", "classic": "4:3", "portrait": "9:16",
    }  # fmt: skip
    assert all(set(shape.scenes) == set(scenes()) for shape in wall.shapes.values())


def test_every_panel_stands_somewhere() -> None:
    arrangements = [scene for shape in shipped().values() for scene in shape.scenes.values()]
    assert {name for scene in arrangements for name in scene.keep} == set(PANELS)


def test_a_site_lays_out_a_wall_of_its_own(site: Site) -> None:
    wall = site(CITY + LAYOUT % ("5:4", "counts map, counts .", "map, counts")).screens.wall
    assert wall.shapes["corner"].scenes["overview"].areas == ("counts map", "counts .")
    assert len(wall.shapes) == 6


@pytest.mark.parametrize(
    ("aspect", "areas", "keep", "said"),
    [
        ("wide", "counts map, counts map", "map, counts", "width:height"),
        ("5:4", "counts map", "map, counts", "not 2 lines of 2 names"),
        ("5:4", "counts map, map counts", "map, counts", "not one rectangle"),
        ("5:4", "clock map, clock map", "map, clock", "'clock' is no panel"),
        ("5:4", "counts map, counts map", "map", "not in keep"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_with_why(site: Site, aspect: str, areas: str, keep: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        site(CITY + LAYOUT % (aspect, areas, keep))
