from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from dashboard.bench.figure import Figure, Size, percentile
from dashboard.bench.stalled import Screen
from dashboard.bench.traffic import Traffic
from dashboard.cli import app
from pipelines.config import load
from pipelines.contract.events import EVENT_SCHEMA
from pipelines.errors import CitybrainError
from pipelines.node import Node


def _bench(*names: str) -> dict[str, Any]:
    chosen = [word for name in names for word in ("--only", name)]
    result = CliRunner().invoke(app, ["bench", "--json", "--size", "small", *chosen], catch_exceptions=False)
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def test_a_small_bench_reports_every_figure_with_its_aim() -> None:
    report = _bench("import", "live")
    assert list(report["benches"]) == ["import", "live"]
    figures = report["benches"]["import"]["figures"] + report["benches"]["live"]["figures"]
    assert all(figure["value"] > 0 for figure in figures)
    assert [figure["aim"] for figure in figures if figure["name"] == "ratio"] == [4, 6]


@pytest.mark.timeout(120)
def test_a_stalled_display_is_right_again() -> None:
    figures = {figure["name"]: figure for figure in _bench("stalled")["benches"]["stalled"]["figures"]}
    assert figures["views that were wrong afterwards"]["value"] == 0


def test_a_bench_nobody_wrote_is_refused_with_the_nearest() -> None:
    with pytest.raises(CitybrainError, match="no bench 'latancy'; did you mean 'latency'"):
        _bench("latancy")


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure("x", 4.0, "×", aim=4), True),
        (Figure("x", 4.1, "×", aim=4), False),
        (Figure("x", 299, "×", aim=300, at_least=True), False),
        (Figure("x", 1, "s"), None),
    ],
)
def test_an_aim_is_a_most_unless_it_is_a_least(figure: Figure, met: bool | None) -> None:
    assert figure.plain()["met"] is met


def test_a_percentile_is_one_of_the_values() -> None:
    assert [percentile([3.0, 1.0, 2.0], part) for part in (0.0, 0.5, 0.99)] == [1.0, 2.0, 3.0]


def test_a_screen_takes_no_delta_that_does_not_follow() -> None:
    snapshot = {"type": "snapshot", "view": "v", "seq": 1, "key": "id", "rows": [{"id": "a", "n": 1}]}
    gap = {"type": "delta", "view": "v", "seq": 3, "set": [{"id": "a", "n": 3}], "drop": []}
    next_one = {"type": "delta", "view": "v", "seq": 2, "set": [{"id": "b", "n": 2}], "drop": ["a"]}
    screen = Screen()
    screen.take([json.dumps(frame) for frame in (snapshot, gap, next_one)])
    assert screen.rows["v"] == {"b": {"id": "b", "n": 2}}


def test_traffic_is_the_same_however_it_is_cut() -> None:
    with Node.open(load(pack="xinyu")) as node:
        traffic = Traffic(node)
        whole, halves = traffic.between(0, 1_000), [traffic.between(0, 400), traffic.between(400, 1_000)]
    assert whole.schema == EVENT_SCHEMA
    ids = [event_id for half in halves for event_id in half.column("id").to_pylist()]
    assert sorted(ids) == sorted(whole.column("id").to_pylist())


def test_a_small_size_takes_the_second_number() -> None:
    assert (Size(full=True).pick(5, 1), Size(full=False).pick(5, 1)) == (5, 1)
