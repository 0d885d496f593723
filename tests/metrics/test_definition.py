from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import ConfigError, QueryError
from pipelines.metrics.definition import FOLDER, catalogue, find, load

GOOD = (FOLDER / "closure_rate.yaml").read_text(encoding="utf-8")


def test_every_metric_stands_beside_one_that_exists() -> None:
    assert len(catalogue()) >= 20
    assert {name for metric in catalogue().values() for name in metric.beside} <= set(catalogue())


def test_an_alias_finds_its_metric() -> None:
    assert find("reported_today") is find("reported")


def test_rates_volume_and_throughput_are_placed_by_the_times_the_domain_says() -> None:
    periods = {name: find(name).period for name in ("on_time_closure_rate", "reported", "median_handling_time")}
    assert periods == {
        "on_time_closure_rate": "deadline_at", "reported": "reported_at", "median_handling_time": "closed_at",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("numerator:", "numerater:", "'numerator'"),
        ("good: up", "good: higher", "'higher'"),
        ("period: deadline_at", "period: dead_line", "'dead_line'"),
        ("kind: ratio", "kind: ration", "did you mean 'ratio'"),
        ("kind: ratio\n", "", "kind is missing"),
        ("version: 1", "version: new", "version is 'new'"),
        ("is_dropped", "", "exclusions.dropped.where"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_the_key_and_the_value(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    file = tmp_path / "closing.yaml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file)
    assert "closing.yaml:" in str(refused.value)
    assert complaint in str(refused.value)


def test_a_metric_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        find("closure_rate").minimum = 1  # type: ignore[misc]


def test_an_unknown_metric_is_answered_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="'on_time_closure' does not exist; did you mean 'on_time_closure_rate'"):
        find("on_time_closure")
