from __future__ import annotations

from dashboard.bench import analysis
from dashboard.bench.figure import Size


def test_the_bench_asks_every_kind_and_a_view_beside() -> None:
    found = analysis.run(Size(full=False))
    assert len(found.figures) > 30
    assert all(figure.value > 0 for figure in found.figures)
    assert {
        figure.aim for figure in found.figures if figure.name.endswith("p95") and "headline" not in figure.name
    } == {100}
