"""What a display costs: a thousand sockets, beside a plain broadcast of the same bytes and beside polling."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import sleep

import httpx2

from . import scratch
from .child import Child
from .crowd import VIEWS
from .figure import Figure, Outcome, Size

EVERY = 1.0
CASES_A_BATCH = 4
SETTLE = 2.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a server spent in a span of time, and what its displays heard in it."""

    cpu: float
    messages: int
    displays: int


def run(size: Size) -> Outcome:
    """Measure the three servers one after another, the same traffic in each."""
    displays, pollers, seconds = size.pick(1_000, 20), size.pick(30, 2), size.pick(15, 2)
    alone, crowd, rounds = _sockets(displays, seconds)
    plain = _plain(displays, rounds)
    idle, polled = _polling(pollers, seconds)
    ours, theirs = crowd.cpu / crowd.messages, plain.cpu / plain.messages
    added = (crowd.cpu - alone.cpu) / (crowd.messages - alone.messages)
    a_socket = (crowd.cpu - alone.cpu) / (displays - 1) / seconds
    a_poller = (polled.cpu - idle.cpu) / pollers / seconds
    return Outcome(
        [
            Figure("ratio to a plain broadcast", added / theirs, "×", aim=1.5),
            Figure("ratio to a plain broadcast, the node's own work included", ours / theirs, "×"),
            Figure("polling to a socket, a display", a_poller / a_socket, "×", aim=300, at_least=True),
            Figure("a message", added * 1e6, "µs"),
            Figure("a message, the node's own work included", ours * 1e6, "µs"),
            Figure("a message of the plain broadcast", theirs * 1e6, "µs"),
            Figure("a display, by socket", a_socket * 1e3, "ms/s"),
            Figure("a display, by polling", a_poller * 1e3, "ms/s"),
        ],
        {
            "displays": displays, "pollers": pollers, "seconds": seconds,
            "messages": crowd.messages, "plain_messages": plain.messages,
            "bytes_a_message": sum(map(_bytes, rounds)) / max(1, sum(map(len, rounds))),
        },
    )  # fmt: skip


def _sockets(displays: int, seconds: int) -> tuple[Cost, Cost, list[list[str]]]:
    """Return the cost with one display and with all, and what each of them heard, second by second."""
    with scratch.folder() as folder, Child("city_server", str(folder)) as city, Child("crowd") as crowd:
        url, area = f"ws://127.0.0.1:{city.ready['port']}/stream", city.ready["area"]
        crowd.ask("join", url=url, displays=1, area=area, views=VIEWS)
        alone = _span(city, crowd, 1, seconds)
        crowd.ask("join", url=url, displays=displays - 1, area=area, views=VIEWS)
        sleep(SETTLE)
        crowd.ask("texts")
        together = _span(city, crowd, displays, seconds)
        texts = crowd.ask("texts")
    a_round = max(1, len(texts) // seconds)
    return alone, together, [texts[start : start + a_round] for start in range(0, len(texts), a_round)]


def _span(city: Child, crowd: Child, displays: int, seconds: int) -> Cost:
    sleep(SETTLE)
    before, heard = city.usage().cpu, crowd.ask("messages")
    city.ask("feed", cases=CASES_A_BATCH, every=EVERY, seconds=seconds)
    city.ask("fed")
    sleep(EVERY)
    return Cost(city.usage().cpu - before, crowd.ask("messages") - heard, displays)


def _plain(displays: int, rounds: list[list[str]]) -> Cost:
    with Child("plain_server") as plain, Child("crowd") as crowd:
        crowd.ask("join", url=f"ws://127.0.0.1:{plain.ready['port']}/stream", displays=displays)
        sleep(SETTLE)
        before = plain.usage().cpu
        plain.ask("send", rounds=rounds, every=EVERY)
        sleep(SETTLE)
        return Cost(plain.usage().cpu - before, crowd.ask("messages"), displays)


def _polling(pollers: int, seconds: int) -> tuple[Cost, Cost]:
    with scratch.folder() as folder, Child("polled_server", str(folder)) as server:
        url = f"http://127.0.0.1:{server.ready['port']}"
        asyncio.run(_poll(url, 1, 1))
        return _polled(server, url, 0, seconds), _polled(server, url, pollers, seconds)


def _polled(server: Child, url: str, pollers: int, seconds: int) -> Cost:
    before = server.usage().cpu
    server.ask("feed", cases=CASES_A_BATCH, every=EVERY, seconds=seconds)
    answers = asyncio.run(_poll(url, pollers, seconds))
    server.ask("fed")
    sleep(EVERY)
    return Cost(server.usage().cpu - before, answers, pollers)


async def _poll(url: str, pollers: int, seconds: int) -> int:
    """Ask as a browser's Interval does, each poller at its own part of the second."""
    async with httpx2.AsyncClient(base_url=url, timeout=60) as client:
        await client.get("/_dash-layout")  # the first answer of a Dash server only wakes it
        counts = await asyncio.gather(*(_ask(client, n / max(1, pollers), seconds) for n in range(pollers)))
    return sum(counts)


async def _ask(client: httpx2.AsyncClient, later: float, seconds: int) -> int:
    loop = asyncio.get_running_loop()
    begun = loop.time() + later
    for second in range(seconds):
        await asyncio.sleep(max(0.0, begun + second - loop.time()))
        answer = await client.post("/_dash-update-component", json=_interval(second))
        answer.raise_for_status()
    return seconds


def _interval(second: int) -> dict[str, object]:
    outputs = [{"id": view, "property": "children"} for view in VIEWS]
    return {
        "output": ".." + "...".join(f"{view}.children" for view in VIEWS) + "..",
        "outputs": outputs,
        "inputs": [{"id": "clock", "property": "n_intervals", "value": second}],
        "changedPropIds": ["clock.n_intervals"],
        "state": [],
    }


def _bytes(texts: list[str]) -> int:
    return sum(len(text.encode()) for text in texts)
