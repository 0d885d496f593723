"""A city that stands still: 新余 on a Friday afternoon, the same to the row whenever it is made.

``python -m tests.e2e.frozen FOLDER [PORT]`` makes it once and serves it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dashboard import app
from dashboard.commands import door
from pipelines.config import Config, load
from pipelines.config.simulation import SimulatorSource
from pipelines.contract.pulse import Pulse
from pipelines.contract.time import FrozenClock
from pipelines.node import Node
from pipelines.sources.simulator import Simulation

AT = datetime.fromisoformat("2026-11-20T14:32:05+08:00")
DAYS = 90


@dataclass
class Standing:
    """A feed that was heard just now, and says no more."""

    source: str

    def start(self, _submit: object) -> None:
        """Have nothing to say."""

    def stop(self) -> None:
        """Have nothing to stop."""

    def pulse(self) -> Pulse:
        """Beat at the moment the city stands at."""
        return Pulse("live", self.source, AT - timedelta(seconds=3))


def make(config: Config, folder: Path, days: int = DAYS) -> Node:
    """Open the city in a folder, with its history made where there is none."""
    node = Node.open(config, folder, FrozenClock(AT))
    assert config.demo is not None
    name = config.demo.live  # type: ignore[union-attr]
    source = config.sources[name]
    assert isinstance(source, SimulatorSource)
    if not node.log.end():
        origin = (AT - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
        for events in Simulation.of(config, name, source, node.geography, origin).events(origin, AT):
            node.append(events)
    node.play(Standing(name))  # type: ignore[arg-type]
    return node


def unguarded(config: Config) -> Config:
    """Return a configuration whose city is looked at without signing in."""
    return config.model_copy(update={"sign_in": None})


def main(folder: Path, port: int = 8060, days: int = DAYS) -> None:
    """Serve the city until interrupted."""
    folder.mkdir(parents=True, exist_ok=True)
    url, token = f"http://127.0.0.1:{port}", door.new_token()
    with make(unguarded(load(None)), folder, days) as node, door.opened(folder, url, token):
        node.start()
        app.serve(node, "127.0.0.1", port, lambda at: sys.stdout.write(f"{at}/pocket\n") and sys.stdout.flush(), token)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:]))
