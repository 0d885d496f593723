"""What a city says of itself: `config.yaml` over a city pack, as frozen models.

`shape` holds what all models share, `city` the areas and lists, `deadlines` the promises and working time,
`mapping` and `simulation` the two kinds of source, `service` the running node, `site` the whole,
`written` reads YAML and remembers where each value stands, `nearest` words the errors, `load` puts it together.
"""

from __future__ import annotations

from .load import load, packs
from .site import Config

__all__ = ["Config", "load", "packs"]
