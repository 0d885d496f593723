from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .imported import FAMILY, FILES, Imported, read

HOURS = "date_diff('microsecond', reported, closed) / 3.6e9"


@pytest.fixture(scope="module", params=sorted(FILES))
def real(request: pytest.FixtureRequest, shared: Path) -> Iterator[Imported]:
    found = read(request.param, shared)
    yield found
    found.connection.close()


def test_every_row_is_accepted_or_rejected_with_its_reason(real: Imported) -> None:
    rejected = real.one("select count(distinct row) from issues where outcome = 'rejected'")
    assert real.read == real.truth["rows"] == real.cases.num_rows + rejected
    assert real.one("select count(distinct row) from cases") == real.cases.num_rows
    assert real.one("select count(*) from issues where outcome = 'rejected' and raw is null") == 0


def test_months_are_counted_by_the_local_clock(real: Imported) -> None:
    months = dict(real.ask("select strftime(reported, '%Y-%m'), count(*) from written group by 1"))
    rejected = real.truth["rows"] - real.cases.num_rows
    assert sum(months.values()) + rejected == real.truth["rows"]
    if rejected:
        months[next(iter(months))] += rejected
        assert len(months) == 1
    assert months == real.truth["rows_per_month"]


def test_the_first_and_last_report_are_the_files(real: Imported) -> None:
    first, last = real.ask("select min(reported)::varchar, max(reported)::varchar from written")[0]
    assert (first, last) == (real.truth["created_min"], real.truth["created_max"])


@pytest.mark.parametrize("what", ["cat", "agency", "dist", "status"])
def test_words_are_counted_as_the_file_has_them(real: Imported, what: str) -> None:
    if real.truth["mapping"][what] is None:
        assert real.one(f"select count({FAMILY[what]}) from cases") == 0
        return
    found = real.counts(what)
    listed = {"cat": "category_top10", "agency": "agency_top10", "dist": "district_counts", "status": "status_counts"}
    distinct = {"cat": "category_distinct", "agency": "agency_distinct", "dist": "district_distinct"}
    assert {name: found.get(name) for name, _ in real.truth[listed[what]]} == dict(real.truth[listed[what]])
    if what in distinct:
        assert len(found) == real.truth[distinct[what]]


def test_close_times_are_all_accounted_for(real: Imported) -> None:
    truth = real.truth
    if truth["mapping"]["closed"] is None:
        assert real.one("select count(closed_at) from cases") == 0
        return
    first, last = real.ask("select min(closed)::varchar, max(closed)::varchar from written")[0]
    assert (first, last) == (truth["closed_min"], truth["closed_max"])
    assert real.one("select count(*) from written where closed is null") == truth["open_count_closed_time_missing"]
    assert real.one("select count(*) from written where closed < reported") == truth["closed_before_created"]
    assert real.one("select count(*) from written where closed = reported") == truth["closed_equals_created"]
    assert real.counted("closed-without-time") == truth["status_closed_but_no_closed_time"]
    odd = "select count(*) from written where status <> 'Closed' and closed is not null"
    assert real.one(odd) == truth["status_not_closed_but_closed_time"]


def test_no_duration_is_negative_and_the_medians_agree(real: Imported) -> None:
    truth = real.truth
    assert real.one("select count(*) from cases where closed_at < reported_at") == 0
    if truth["mapping"]["closed"] is None:
        return
    fair = "from written where closed >= reported"
    found = real.ask(f"select median({HOURS}), quantile_cont({HOURS}, 0.9) {fair}")[0]
    assert found == pytest.approx((truth["median_hours_to_close_nonneg"], truth["p90_hours_to_close_nonneg"]))
    assert real.one(f"select median({HOURS}) from written") == pytest.approx(truth["median_hours_to_close_all"])


def test_points_are_kept_or_their_loss_is_explained(real: Imported) -> None:
    explained = sum(real.counted(reason) for reason in ("sentinel-point", "null-island", "unparseable-point"))
    missing = real.one("select count(*) from cases where lon is null or lat is null") - explained
    lost = sum(not (row.get("Longitude") or "") for row in real.rejects())
    assert missing + lost == real.truth["coords_missing"]
    assert real.counted("null-island") == real.truth["coords_zero"]
    assert real.counted("out-of-range-point") == 0
    assert [count for *_, count in real.truth["coords_top_repeated"]] == _most_repeated(real)


def _most_repeated(real: Imported) -> list[int]:
    """Count the three points that came most often, the sentinel among them."""
    points = "select count(*) as n from cases where lon is not null group by lon, lat"
    found = [n for (n,) in real.ask(f"{points} order by n desc limit 3")]
    return sorted([*found, real.counted("sentinel-point")], reverse=True)[:3]


def test_repeated_rows_are_told_apart(real: Imported) -> None:
    truth = real.truth
    assert real.counted("missing-id") == truth.get("id_blank", 0)
    repeated = real.counted("duplicate-row") + real.counted("conflicting-id")
    assert repeated == truth.get("id_duplicate_extra_rows", 0)
    numbered = real.one(r"select count(*) from cases where regexp_matches(id, '^[0-9a-f]{16}\.([2-9]|\d\d+)$')")
    # a row may repeat one that was itself rejected for its id
    among_rejects = real.one("select count(*) - count(distinct raw) from issues where reason = 'conflicting-id'")
    assert numbered + real.counted("duplicate-row") + among_rejects == truth["exact_duplicate_extra_rows"]
    assert real.one("select count(distinct id) from cases") == real.cases.num_rows


def test_the_sets_oddities_are_exactly_these(real: Imported) -> None:
    found = dict(real.ask("select reason, count(*) from issues group by 1"))
    assert found == ODDITIES[str(real.truth["dataset"]).removeprefix("dev/")]


ODDITIES = {
    "boston_2015": {"sentinel-point": 17_070, "closed-before-reported": 197, "ambiguous-local-time": 1},
    "la_2017": {"closed-before-reported": 12},
    "nyc_day_2021": {"sentinel-date": 285, "close-time-while-open": 350, "closed-without-time": 4},
    "zurich_zwn": {},
    "ukpolice_2018-10": {"missing-id": 81_910, "conflicting-id": 358, "duplicate-row": 11},
}
