"""One file a screen: its layout. `SCREENS` names them all by their path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dash.development.base_component import Component

from dashboard.components.context import ScreenContext

from . import analyst, desk, effect, grids, pocket, safety_creation, tablet, wall

SCREENS: Final[dict[str, Callable[[ScreenContext], Component]]] = {
    "wall": wall.layout,
    "desk": desk.layout,
    "tablet": tablet.layout,
    "pocket": pocket.layout,
    "analyst": analyst.layout,
    "themes/safety-creation": safety_creation.layout,
    "themes/grids": grids.layout,
    "themes/effect": effect.layout,
}
