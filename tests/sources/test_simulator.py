from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.config import Config, load
from pipelines.config.simulation import SimulatorSource
from pipelines.contract.events import EVENT_SCHEMA, from_table
from pipelines.contract.lifecycle import next_state
from pipelines.errors import ConfigError
from pipelines.geography import Geography
from pipelines.places import AreaIndex
from pipelines.sources.simulator import Simulation

ORIGIN = datetime(2026, 3, 1, 16, tzinfo=UTC)
LAW_HOURS = 24 * 4
MONTH = timedelta(days=30)


@lru_cache(maxsize=1)
def xinyu() -> tuple[Config, Geography]:
    config = load(pack="xinyu")
    return config, Geography.load(config)


def simulation(origin: datetime = ORIGIN, **changes: object) -> Simulation:
    config, geography = xinyu()
    source = config.sources["live"]
    assert isinstance(source, SimulatorSource)
    return Simulation.of(config, "live", source.model_copy(update=changes), geography, origin)


def stream(of: Simulation, start: datetime, end: datetime) -> pa.Table:
    return pa.concat_tables([EVENT_SCHEMA.empty_table(), *of.events(start, end)])


@lru_cache(maxsize=1)
def month() -> pa.Table:
    return stream(simulation(), ORIGIN, ORIGIN + MONTH)


@lru_cache(maxsize=1)
def small() -> Simulation:
    """A quiet city, that starts in the middle of a day."""
    return simulation(ORIGIN + timedelta(hours=9, minutes=30), cases_per_day=40.0)


def ask(sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'Asia/Shanghai'")
        connection.register("events", month())
        return connection.sql(sql).fetchall()


@settings(max_examples=12, deadline=None)
@given(cuts=st.lists(st.integers(0, LAW_HOURS * 3600), min_size=3, max_size=3, unique=True).map(sorted))
def test_windows_join_to_one_stream(cuts: list[int]) -> None:
    a, b, c = (small().origin + timedelta(seconds=cut) for cut in cuts)
    parts = pa.concat_tables([stream(small(), a, b), stream(small(), b, c)])
    assert parts.equals(stream(small(), a, c))


def test_windows_join_after_the_longest_case() -> None:
    far = small().origin + timedelta(days=80)
    whole = stream(small(), small().origin, far + timedelta(days=2))
    late = whole.filter(pc.greater_equal(whole.column("happened_at"), pa.scalar(far)))
    assert late.equals(stream(small(), far, far + timedelta(days=2)))


def test_the_same_seed_makes_the_same_city_and_another_does_not() -> None:
    day = (ORIGIN, ORIGIN + timedelta(days=1))
    first, again, other = (stream(simulation(seed=seed), *day) for seed in (7, 7, 8))
    assert first.equals(again)
    assert not first.equals(other)


def test_an_endless_stream_begins_like_a_bounded_one() -> None:
    start = ORIGIN + timedelta(days=3, hours=5)
    first = next(simulation().events(start, None))
    assert first.equals(next(simulation().events(start, start + timedelta(days=9))))


def test_every_event_is_simulated_named_once_and_in_order() -> None:
    events = month()
    assert events.schema.equals(EVENT_SCHEMA)
    assert pc.all(events.column("simulated")).as_py()
    assert pc.count_distinct(events.column("id")).as_py() == events.num_rows
    happened = events.column("happened_at").to_numpy()
    assert (np.diff(happened) >= np.timedelta64(0)).all()
    assert happened[0] >= np.datetime64(ORIGIN.replace(tzinfo=None))


def test_every_step_of_a_case_is_legal() -> None:
    states: dict[str, str] = {}
    steps = month().select(["case_id", "kind"]).filter(pc.is_valid(month().column("case_id")))
    for case, kind in zip(*(column.to_pylist() for column in steps.columns), strict=True):
        states[case] = next_state(states.get(case), kind)
    assert {"evaluated", "rejected", "handling", "suspended"} <= set(states.values())


def test_every_event_is_one_of_the_contract() -> None:
    kinds = month().group_by("kind").aggregate([("id", "min")]).column("id_min")
    sample = month().filter(pc.is_in(month().column("id"), kinds.combine_chunks()))
    assert len(from_table(sample)) == len(kinds) >= 19


def test_a_grid_s_own_collector_reports_and_a_post_of_the_unit_handles() -> None:
    config, _ = xinyu()
    assert config.staff is not None
    with config.staff.file.open(encoding="utf-8", newline="") as lines:
        homes = {row["staff_id"]: row["grid"] for row in csv.DictReader(lines) if row["role"] == "gridworker"}
    manned = set(homes.values())
    unit: dict[str, str] = {}
    seen = {"collector": 0, "post": 0}
    columns = ["case_id", "kind", "area_id", "channel", "unit_id", "actor"]
    for case, kind, area, channel, to_unit, actor in zip(
        *(month().column(c).to_pylist() for c in columns), strict=True
    ):
        if kind == "case-reported":
            assert (homes.get(actor) == area) == (channel == "grid" and area in manned), case
            seen["collector"] += actor is not None
        elif kind == "case-dispatched":
            unit[case] = to_unit
        elif kind in {"case-signed", "case-handled"} and case in unit:
            assert actor.rpartition("-")[0] == unit[case], case
            seen["post"] += 1
    assert min(seen.values()) > 10_000


def test_a_city_that_begins_at_noon_has_no_case_without_its_report() -> None:
    events = stream(small(), small().origin, small().origin + timedelta(days=3))
    cases = events.filter(pc.is_valid(events.column("case_id")))
    reported = cases.filter(pc.equal(cases.column("kind"), "case-reported")).column("case_id")
    assert set(cases.column("case_id").to_pylist()) == set(reported.to_pylist())


def test_points_lie_in_their_grid() -> None:
    _, geography = xinyu()
    reports = month().filter(pc.equal(month().column("kind"), "case-reported"))
    ids, lon, lat = (reports.column(name).to_pylist() for name in ("area_id", "lon", "lat"))
    inside = shapely.intersects_xy(np.array([geography.shapes[a] for a in ids]), lon, lat)
    placed = AreaIndex(geography.tree, geography.shapes).containing(np.array(lon), np.array(lat))
    assert inside.all()
    assert len(placed) == reports.num_rows > 30_000


@pytest.mark.parametrize(
    ("share", "least", "most"),
    [
        ("count(*) filter (kind = 'case-reported') / 30", 1_150, 1_350),
        ("count(*) filter (kind = 'case-rejected') / count(*) filter (kind = 'case-reported')", 0.025, 0.035),
        ("count(*) filter (kind = 'case-returned') / count(*) filter (kind = 'case-filed')", 0.025, 0.035),
        ("count(*) filter (kind = 'check-failed') / count(*) filter (kind = 'check-passed')", 0.02, 0.03),
        ("count(*) filter (kind = 'case-reopened') / count(*) filter (kind = 'case-closed')", 0.004, 0.008),
        ("count(*) filter (kind = 'recheck-drawn') / count(*) filter (kind = 'case-closed')", 0.007, 0.013),
        ("count(*) filter (kind = 'recheck-passed') / count(*) filter (kind = 'recheck-drawn')", 0.9, 0.97),
        ("count(*) filter (kind = 'rejection-appealed') / count(*) filter (kind = 'case-rejected')", 0.11, 0.19),
        ("count(*) filter (kind = 'appeal-upheld') / count(*) filter (kind = 'rejection-appealed')", 0.15, 0.35),
        ("count(*) filter (rating >= 4) / count(rating)", 0.965, 0.975),
        ("count(*) filter (kind = 'grid-visited') / 30 / 842", 0.92, 0.94),
    ],
)
def test_turns_are_taken_as_often_as_configured(share: str, least: float, most: float) -> None:
    ((value,),) = ask(f"select {share} from events")
    assert isinstance(value, float)
    assert least <= value <= most


LIVES = """
with lives as (
    select
        min(happened_at) filter (kind = 'case-reported') as reported_at,
        max(happened_at) filter (kind in ('case-closed', 'case-rejected')) as ended_at,
        max(due_at) as due_at,
        bool_or(kind = 'case-rejected') as rejected
    from events where case_id is not null group by case_id
)
"""


def test_promises_are_kept_as_often_as_in_life() -> None:
    ((on_time,),) = ask(f"{LIVES} select avg((coalesce(ended_at, '2100-01-01') <= due_at)::int) from lives "
                        "where not rejected and due_at < '2026-03-29'")  # fmt: skip
    ((median,),) = ask(f"{LIVES} select median(epoch(ended_at - reported_at)) / 3600 from lives where not rejected")
    assert isinstance(on_time, float)
    assert isinstance(median, float)
    assert 0.935 <= on_time <= 0.96
    assert 2.5 <= median <= 6


@pytest.mark.parametrize("hour", [2, 9, 12, 15, 18, 22])
def test_as_many_cases_are_open_as_a_city_can_handle(hour: int) -> None:
    ((standing, overdue),) = ask(f"""
        {LIVES}
        select count(*) / 20, count(*) filter (due_at < now) / 20
        from lives, range(timestamptz '2026-03-08 {hour:02}:00', '2026-03-28 {hour:02}:00', interval 1 day) as days(now)
        where reported_at <= now and coalesce(ended_at, '2100-01-01') > now
    """)
    assert isinstance(standing, float)
    assert isinstance(overdue, float)
    assert 180 <= standing <= 450
    assert 15 <= overdue <= 55


def test_people_report_by_day_and_where_they_live() -> None:
    ((noon, night),) = ask("select count(*) filter (hour(happened_at) = 10), count(*) filter (hour(happened_at) = 3) "
                           "from events where kind = 'case-reported'")  # fmt: skip
    ((urban,),) = ask("select avg((left(area_id, 6) = '360502')::int) from events where kind = 'case-reported'")
    assert noon > 15 * night  # type: ignore[operator]
    assert urban == pytest.approx(927_950 / 1_202_499, abs=0.02)


def test_a_handful_of_grids_is_silent() -> None:
    ((walked, silent),) = ask("""
        with walks as (
            select area_id, count(distinct happened_at::date) as days
            from events
            where kind = 'grid-visited'
            group by area_id
        )
        select count(*), count(*) filter (days < 10) from walks
    """)
    assert 836 <= walked <= 842  # type: ignore[operator]
    assert 842 - walked + silent <= 12  # type: ignore[operator]


def test_every_village_is_in_a_batch_from_the_first_hour() -> None:
    first = stream(simulation(), ORIGIN, ORIGIN + timedelta(seconds=1))
    steps = first.filter(pc.equal(first.column("kind"), "safety-stage-reached"))
    batches = {entry["values"]: entry["counts"] for entry in pc.value_counts(steps.column("batch")).to_pylist()}
    assert batches == {"巩固": 213, "新创": 156, "培育": 142}
    assert pc.count_distinct(steps.column("area_id")).as_py() == 511


def test_a_year_starts_its_safety_creation_anew() -> None:
    new_year = datetime(2026, 12, 31, 16, tzinfo=UTC)
    events = stream(simulation(cases_per_day=1.0), new_year, new_year + timedelta(days=1))
    steps = events.filter(pc.equal(events.column("kind"), "safety-stage-reached"))
    assert pc.unique(steps.column("year")).to_pylist() == [2027]
    assert pc.count_distinct(steps.column("area_id")).as_py() == 511


def test_a_breach_is_put_right_within_its_days() -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    events = stream(simulation(start, cases_per_day=1.0), start, start + timedelta(days=200))
    at = {
        kind: events.filter(pc.equal(events.column("kind"), kind)) for kind in ("safety-breached", "safety-rectified")
    }
    open_now = at["safety-breached"].num_rows - at["safety-rectified"].num_rows
    assert at["safety-breached"].num_rows > 25
    assert 0 <= open_now <= 15


def test_a_simulator_without_units_says_so() -> None:
    config, geography = xinyu()
    source = config.sources["live"]
    assert isinstance(source, SimulatorSource)
    with pytest.raises(ConfigError, match="needs `categories` and `units`"):
        Simulation.of(config.model_copy(update={"units": None}), "live", source, geography, ORIGIN)


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigError, match="no column 'wieght'; it has code"):
        simulation(category_weight="wieght")


@pytest.mark.parametrize(
    "line", ["hours_over: [1, 2000]", "time_used: [0.0, 1.5]", "handled: [1.0, 2.0]", "weekday: [1.0]"]
)
def test_a_profile_that_is_no_life_is_refused(line: str, tmp_path: Path) -> None:
    profile = tmp_path / "life.yaml"
    profile.write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"(?s)life\.yaml.*{line.partition(':')[0]}"):
        simulation(profile=profile)


def test_windows_join_across_clock_changes() -> None:
    zone = ZoneInfo("America/New_York")
    for origin in (datetime(2026, 3, 7, 12, tzinfo=UTC), datetime(2026, 10, 31, 12, tzinfo=UTC)):
        plain = simulation(origin, cases_per_day=40.0)
        city = replace(plain, zone=zone, safety=replace(plain.safety, zone=zone))
        cuts = [origin + timedelta(hours=hours) for hours in (0, 17, 18, 40, 41, 48)]
        parts = pa.concat_tables([stream(city, *window) for window in pairwise(cuts)])
        assert parts.equals(stream(city, cuts[0], cuts[-1]))
