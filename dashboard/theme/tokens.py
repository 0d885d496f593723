"""tokens.json → `assets/css/00-tokens.css`: every colour, size and duration the screens may use.

Numbers stay numbers; a screen multiplies them by its own unit `--u`: 1 px on a desk, a share of the
width on a wall.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

STYLESHEET = Path(__file__).parents[2] / "assets" / "css" / "00-tokens.css"
PROFILES = {
    "wall": "wall",
    "desk": "desk",
    "tablet": "tablet",
    "pocket": "phone",
    "analyst": "desk",
    "safety-creation": "desk",
    "grids": "desk",
    "effect": "desk",
}
_SHARED = ("radius", "stroke", "touch")


@cache
def tokens() -> dict[str, Any]:
    """Return the parsed tokens.json."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("tokens.json").read_text(encoding="utf-8"))
    return loaded


def stylesheet() -> str:
    """Return the whole text of `00-tokens.css`."""
    blocks = [_block(":root", _shared())]
    blocks += [_block(f':root[data-screen="{screen}"]', _profile(kind)) for screen, kind in PROFILES.items()]
    blocks += [_block(f':root[data-theme="{name}"]', _leaves(theme)) for name, theme in tokens()["themes"].items()]
    return "/* Made from dashboard/theme/tokens.json by `python -m dashboard.theme.tokens`. */\n" + "\n".join(blocks)


def write(path: Path = STYLESHEET) -> None:
    """Write the stylesheet beside the other assets."""
    path.write_text(stylesheet(), encoding="utf-8")


def _block(selector: str, properties: Iterator[tuple[str, Any]]) -> str:
    lines = "".join(f"  --{name}: {value};\n" for name, value in properties)
    return f"{selector} {{\n{lines}}}\n"


def _shared() -> Iterator[tuple[str, Any]]:
    scale, motion = tokens()["typeScale"], tokens()["motion"]
    for group, values in (("family", scale["family"]), ("line", scale["lineHeight"])):
        yield from _leaves(values, group)
    yield from _leaves(scale["feature"]["weights"], "weight")
    for group in _SHARED:
        yield from _leaves(tokens()[group], group)
    for name, value in _leaves({k: v for k, v in motion.items() if k not in ("rules", "easing", "mapFly")}, "motion"):
        yield name, f"{value}ms"
    yield from _leaves(motion["mapFly"], "fly")
    yield from _leaves(motion["easing"], "easing")


def _profile(kind: str) -> Iterator[tuple[str, Any]]:
    spacing = tokens()["spacing"]
    yield from _leaves({k: v for k, v in tokens()["typeScale"][kind].items() if isinstance(v, int)}, "type")
    yield from _leaves(spacing["wall" if kind == "wall" else "desk"], "space")
    yield "gutter", spacing["gutter"][kind]


def _leaves(tree: Mapping[str, Any] | list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    pairs = enumerate(tree) if isinstance(tree, list) else tree.items()
    for index, (key, value) in enumerate(pairs):
        name = "-".join(filter(None, (prefix, _kebab(str(key), index))))
        if isinstance(value, (dict, list)):
            yield from _leaves(value, name)
        else:
            yield name, value


def _kebab(key: str, index: int) -> str:
    if not key.isascii():
        return str(index)
    return re.sub(r"(?<=[a-z])([A-Z])", r"-\1", key).lower()


if __name__ == "__main__":
    write()
