"""A check is silent on healthy marts and names what is wrong with sick ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.contract.events import from_table
from pipelines.warehouse import Warehouse, names, statement
from tests.examples import events_of
from tests.metrics.small_city import city, tell

SICK = {
    "areas_known": "update cases set area_id = 'atlantis' where case_id = 'test:1'",
    "cases_unique": "insert into cases from cases where case_id = 'test:1'",
    "cases_without_report": "update cases set reported_at = null where case_id = 'test:1'",
    "closed_before_reported": "update cases set closed_at = reported_at - interval 1 hour where case_id = 'test:1'",
    "deadlines_kept": "update cases set extensions = 1, original_due_at = null where case_id = 'test:1'",
    "log_ids_unique": "insert into log from log where seq = 1",
    "marts_behind_log": "update positions set position = 3",
    "open_cases_match_cases": "delete from open_cases where case_id = 'test:0'",
    "sources_not_mixed": "update cases set simulated = true where case_id = 'test:1'",
    "states_known": "update cases set is_open = true where case_id = 'test:1'",
}


@pytest.fixture
def healthy() -> Iterator[Warehouse]:
    opened = city()
    tell(opened, from_table(events_of(6)))
    opened.write("update cases set area_id = 'g111'")
    opened.write("update open_cases set area_id = 'g111'")
    opened.write("update grid_days set area_id = 'g111'")
    yield opened
    opened.close()


def test_every_check_has_a_sickness_it_finds() -> None:
    assert set(SICK) == set(names("checks"))


@pytest.mark.parametrize("name", names("checks"))
def test_a_check_is_silent_until_something_is_wrong(healthy: Warehouse, name: str) -> None:
    assert healthy.rows(statement(f"checks/{name}")).num_rows == 0
    healthy.write(SICK[name])
    assert healthy.rows(statement(f"checks/{name}")).num_rows == 1
