"""What the city promises: time for each stage, and the working time it counts in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from ..contract.calendar import WorkingCalendar
from ..contract.sla import DueSoonRule, Limit, Unit
from ..errors import ConfigError
from .shape import Shape, ShippedFile
from .written import read

Minutes = Annotated[int, Field(gt=0)]
Stage = Literal["reported", "verifying", "filed", "dispatched", "handling", "rework", "handled", "reopen_requested"]
TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"


def _span(text: str) -> str:
    if re.fullmatch(f"{TIME}-{TIME}", text) and text[:5] < text[6:]:
        return text
    raise ValueError("expected a span of one day, such as 08:30-12:00")


Hours = Annotated[str, AfterValidator(_span)]


class DueSoon(Shape):
    """When an open case counts as due soon: whichever comes first."""

    share: float = Field(0.25, description="share of its time that is left", gt=0, lt=1)
    minutes: Minutes = Field(120, description="minutes that are left")

    @property
    def rule(self) -> DueSoonRule:
        """The rule the contract decides by."""
        return DueSoonRule(self.share, timedelta(minutes=self.minutes))


class StageLimit(Shape):
    """A stage of the handling that has a limit of its own, such as fencing off a burst main."""

    stage: str = Field(description="its name in events, such as `fence`", pattern=r"^[a-z_]+$")
    name_zh: str = Field(description="what it is called in Chinese")
    name_en: str = Field(description="what it is called in English")
    amount: float = Field(description="how much time it has from the filing", gt=0)
    unit: Literal["紧急工作时", "工作时", "工作日", "自然日"] = Field(description="what that time is counted in")

    @property
    def limit(self) -> Limit:
        """The limit the contract counts with."""
        return Limit(self.amount, Unit(self.unit))


class Sla(Shape):
    """How long things may take."""

    stage_minutes: dict[Stage, Minutes] = Field(
        default_factory=dict,
        description="minutes a case may stay in a state; working time, except at a centre and for urgent cases",
    )
    case_hours: float = Field(
        72, description="hours of a case whose category has no limit: whole days are working days", gt=0
    )
    natural_days: tuple[str, ...] = Field((), description="groups of categories whose days run on over holidays")
    staged: dict[str, tuple[StageLimit, ...]] = Field(
        default_factory=dict, description="by category: stages of the handling with limits of their own"
    )
    due_soon: DueSoon = Field(DueSoon(), description="when a case turns amber")


class Effect(Shape):
    """How much each part of the effect 问效 weighs; parts that have no data yet weigh nothing."""

    fixed: float = Field(0.35, description="stayed fixed: no repeat within 50 m and 30 days", ge=0)
    rechecked: float = Field(0.25, description="passed its random recheck", ge=0)
    satisfied: float = Field(0.2, description="satisfied among those who rated", ge=0)
    kept: float = Field(0.1, description="not reopened", ge=0)
    on_time: float = Field(0.1, description="closed by its original deadline", ge=0)


class Calendar(Shape):
    """Working time."""

    holidays: ShippedFile | None = Field(None, description="YAML with the days off and the working weekends")
    work_hours: tuple[Hours, ...] = Field(
        ("00:00-23:59",), description="spans of a working day, local time: 08:30-12:00"
    )

    def working(self, zone: ZoneInfo) -> WorkingCalendar:
        """Read the days off and return the working calendar; raise `ConfigError` naming file and value."""
        data = read(self.holidays).values if self.holidays else {}
        try:
            return WorkingCalendar.of(data, zone, self.work_hours)
        except ConfigError as error:
            raise ConfigError(f"{self.holidays or 'config'}: {error}") from error
