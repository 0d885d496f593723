"""The node a command works on: the one that runs on the data folder, else one opened for the moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.node import Node

from . import remote
from .remote import RemoteNode
from .site import Site


@contextmanager
def reached(site: Site) -> Iterator[Node | RemoteNode]:
    """Reach the city's node: its file is locked while it runs, so a running one is asked to do the work."""
    with remote.found(site.folder) as running:
        if running:
            yield running
            return
        with Node.open(site.config, site.folder) as node:
            yield node
