"""`citybrain demo`: a city with a past and a present, simulated or replayed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .config.service import LiveDemo, ReplayDemo
from .config.simulation import SimulatorSource
from .errors import ConfigError
from .feed import Feed
from .recorded import played, split
from .sources.simulator import Simulation

if TYPE_CHECKING:
    from .node import Node
    from .recorded import Progress


def begin(node: Node, progress: Progress) -> None:
    """Make the past where there is none yet, then let the present flow from where the log ends."""
    demo = node.config.demo
    if isinstance(demo, ReplayDemo):
        _replay(node, demo, progress)
    elif isinstance(demo, LiveDemo):
        _simulate(node, demo, progress)
    else:
        raise ConfigError("the configuration has no `demo`; name a city pack that has one, such as xinyu or boston")


def _replay(node: Node, demo: ReplayDemo, progress: Progress) -> None:
    files = [node.config.resolve(file) for file in demo.files]
    events, issues = node.recorder.ordered(files, demo.source, node.wall_clock, progress)
    begins = _local(node, demo.replay_from) or events.column("happened_at")[0].as_py()
    past, present = split(events, begins)
    if not node.log.end():
        node.append(past)
    node.quarantine(issues, demo.source)
    node.set_clock(max(begins, node.last_happened() or begins), demo.speed)
    node.play(Feed(demo.source, played(present), node.city_clock, node.wall_clock))


def _simulate(node: Node, demo: LiveDemo, progress: Progress) -> None:
    source = node.config.sources[demo.live]
    if not isinstance(source, SimulatorSource):
        raise ConfigError(f"demo.live: source {demo.live!r} is of kind {source.kind!r}, expected a simulator")
    now = node.now()
    begun = node.warehouse.scalar("select min(happened_at) from log")
    origin = _midnight(node, begun or now - timedelta(days=demo.history_days))
    simulation = Simulation.of(node.config, demo.live, source, node.geography, origin)
    if begun is None:
        for done, events in enumerate(simulation.events(origin, now), 1):
            node.append(events)
            progress("history", done, demo.history_days + 1)
    goes_on = node.last_happened() or now
    node.set_clock(goes_on, source.speed, "simulation")
    node.play(Feed(demo.live, simulation.events(goes_on, None), node.city_clock, node.wall_clock))


def _local(node: Node, moment: datetime | None) -> datetime | None:
    """Read a moment without an offset as the city's local time."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=node.config.city.zone)


def _midnight(node: Node, moment: datetime) -> datetime:
    return moment.astimezone(node.config.city.zone).replace(hour=0, minute=0, second=0, microsecond=0)
