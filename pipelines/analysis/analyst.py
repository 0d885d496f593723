"""Who answers an analyst: understands a question, has it answered within the limits, tells how long that took."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from time import perf_counter
from typing import Any

from ..config import Config
from ..contract.areas import AreaTree
from ..contract.asking import Asking
from ..contract.scope import CLEAR, Lens
from ..metrics import usual
from ..metrics.definition import GROUPS, AnyMetric, catalogue
from ..metrics.dimension import DIMENSIONS
from ..metrics.passport import PERIODS, Asked, passport
from ..warehouse import Warehouse
from . import answers, case_rows, export, trends
from .inquiry import Inquiry
from .members import Members, described
from .remembered import Remembered
from .running import Name, Running, lend_thread

Answer = dict[str, Any]
FACTS = {"case_facts": "cases", "fixes": "cases", "acts": "log"}
SINCE = {"cases": "min(reported_at)", "log": "min(happened_at)"}
SIZE = """\
select count(*) as rows, {since} as since
from {mart}
where area_id in (select area_id from area_within where ancestor_id in (select unnest($areas)))"""


class Analyst:
    """Answer questions over a node's marts."""

    def __init__(
        self,
        config: Config,
        warehouse: Warehouse,
        tree: AreaTree,
        now: Callable[[], datetime],
        position: Callable[[], int],
    ) -> None:
        self.running = Running(warehouse, config.analysis)
        self.lend_thread = lend_thread
        self._members = Members(warehouse, tree)
        self._remembered = Remembered(position)
        self._warehouse = warehouse
        self._whole = [tree.root.id]
        self._now = now
        self._zone = config.city.zone
        self._simulated = config.city.data == "simulated"

    def catalogue(self, areas: Sequence[str] = (), lens: Lens = CLEAR) -> Answer:
        """Return every metric and dimension there is to ask for, and how much there is to ask in some areas."""
        now = self._now()
        size = self._size("cases", areas or self._whole, lens)
        return {
            "metrics": [self._described(metric, now) for metric in catalogue().values()],
            "dimensions": [_dimension(name) for name in DIMENSIONS],
            "as_of": now.astimezone(self._zone),
            "rows_in_marts": size["rows"],
            "since": size["since"],
        }

    def members(self, dimension: str, area: str, text: str) -> list[Answer]:
        """Return the values of a dimension within an area."""
        return self._members.listed(dimension, area, text)

    def answer(self, asking: Asking, name: Name | None = None, lens: Lens = CLEAR) -> Answer:
        """Answer a question."""
        inquiry = self._read(asking)
        return self._timed(inquiry, name, lens, lambda asked: answers.answer(asked, inquiry, self._members))

    def trend(
        self, asking: Asking, step: str, window: int | None, name: Name | None = None, lens: Lens = CLEAR
    ) -> Answer:
        """Return the course of a question."""
        inquiry = Inquiry.read(asking, self._now(), self._zone, simulated=self._simulated, course=True)
        return self._timed(inquiry, name, lens, lambda asked: trends.trend(asked, inquiry, self._members, step, window))

    def rows(
        self, asking: Asking, part: str, offset: int, limit: int, name: Name | None = None, lens: Lens = CLEAR
    ) -> Answer:
        """Return cases behind a question."""
        inquiry = self._read(asking)
        return self._timed(
            inquiry, name, lens, lambda asked: case_rows.page(asked, inquiry, self._members, part, offset, limit)
        )

    def passport(self, asking: Asking, name: Name | None = None, lens: Lens = CLEAR) -> Answer:
        """Show how a question's value came about."""
        inquiry = self._read(asking)
        return self._timed(inquiry, name, lens, lambda asked: self._passport(asked, inquiry))

    def export(
        self, asking: Asking, form: str, language: str, name: Name | None = None, lens: Lens = CLEAR
    ) -> export.File:
        """Return an answer as a file, with its passport."""
        inquiry = self._read(asking)
        export.check(form, language)

        def work(asked: Asked) -> export.File:
            asked = self._remembered.over(asked, lens)
            answer = answers.answer(asked, inquiry, self._members)
            paper = self._passport(asked, inquiry)
            return export.file(inquiry, answer, paper, self._members, form, language, exercise=lens.exercise)

        return self.running.answer(name, work, lens)

    def _timed(self, inquiry: Inquiry, name: Name | None, lens: Lens, work: Callable[[Asked], Answer]) -> Answer:
        begun = perf_counter()
        found = self.running.answer(name, lambda asked: work(self._remembered.over(asked, lens)), lens)
        took = round(1000 * (perf_counter() - begun), 1)
        size = self._size(FACTS[inquiry.metric.fact], [inquiry.area], lens)
        return found | {"took_ms": took, "rows_read": size["rows"]}

    def _read(self, asking: Asking) -> Inquiry:
        return Inquiry.read(asking, self._now(), self._zone, simulated=self._simulated)

    def _passport(self, asked: Asked, inquiry: Inquiry) -> Answer:
        shown = passport(asked, inquiry.metric, period=inquiry.span, where=inquiry.where, **inquiry.place)
        metric = inquiry.metric.model_dump(mode="json")
        sql = inquiry.compiled().written(**inquiry.place)
        return asdict(shown) | {"metric": metric, "sql": sql, "question": answers.plain(inquiry)}

    def _described(self, metric: AnyMetric, now: datetime) -> Answer:
        names = ("name", "name_zh", "name_en", "what_zh", "what_en", "kind", "unit", "good", "target", "group")
        group, period = GROUPS[metric.group], PERIODS[metric.period]
        return {name: getattr(metric, name) for name in names} | {
            "group_zh": group[0],
            "group_en": group[1],
            "minimum": metric.minimum,
            "trend": metric.period is not None or getattr(metric, "stock", None) is not None,
            "version": metric.version,
            "period": metric.period,
            "period_zh": period[0],
            "period_en": period[1],
            "usual": usual.span(metric, now.astimezone(self._zone), self._zone),
        }

    def _size(self, mart: str, areas: Sequence[str], lens: Lens) -> Answer:
        """Tell how many rows areas have in a mart, and since when."""
        asked = self._remembered.over(self._warehouse.through(lens), lens)
        return asked.records(SIZE.format(since=SINCE[mart], mart=mart), areas=sorted(areas))[0]


def _dimension(name: str) -> Answer:
    about = described()[name]
    return {"name": name, "name_zh": about["name_zh"], "name_en": about["name_en"], "kind": about["kind"]}
