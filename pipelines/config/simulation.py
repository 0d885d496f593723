"""A simulated source: how much happens in a city before its data is connected, and how it goes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .shape import Shape, ShippedFile

Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0)]
Reasons = Annotated[tuple[str, ...], Field(min_length=1)]


class CaseShares(Shape):
    """How many of a hundred cases take each turn, as shares."""

    rejected: Share = Field(0.03, description="not filed, for a coded reason")
    returned: Share = Field(0.03, description="sent back by the unit and dispatched anew")
    late: Share = Field(0.052, description="handled after the deadline")
    rework: Share = Field(0.025, description="failed its check once")
    suspended: Share = Field(0.008, description="put on hold until a date, where the limit is a day or more")
    extended: Share = Field(0.006, description="granted more time")
    urged: Share = Field(0.012, description="urged before its deadline; of late cases most are")
    reopened: Share = Field(0.006, description="opened again after it was closed")
    appealed: Share = Field(0.15, description="of those rejected, appealed against by the reporter")
    upheld: Share = Field(0.25, description="of those appeals, upheld")
    rechecked: Share = Field(0.01, description="drawn for a second look after it was closed")
    recheck_passed: Share = Field(0.94, description="of those drawn, found still fixed")
    urgent: Share = Field(0.04, description="of urgent priority")
    high: Share = Field(0.14, description="of high priority")
    rated: Share = Field(0.42, description="rated by the reporter")
    satisfied: Share = Field(0.97, description="of those rated, with 4 or 5")


class CaseReasons(Shape):
    """The words a step is explained with; one is drawn for each."""

    rejected: Reasons = Field(("not-ours",), description="why no case is opened")
    returned: Reasons = Field(("wrong-unit",), description="why a unit sends it back")
    suspended: Reasons = Field(("waits-for-conditions",), description="why it is put on hold")
    extended: Reasons = Field(("needs-more-time",), description="why more time is granted")
    rework: Reasons = Field(("not-fixed",), description="why a check failed")
    reopened: Reasons = Field(("came-back",), description="why it was opened again")
    appealed: Reasons = Field(("is_in_scope", "still_there"), description="why a reporter appeals")
    dismissed: Reasons = Field(("reviewed_and_stands",), description="why an appeal is dismissed")


class Patrols(Shape):
    """Which grids are walked every day."""

    file: ShippedFile | None = Field(None, description="CSV of grids; without one, every finest area is walked")
    id: str = Field("code", description="column with the code of the grid")
    where: dict[str, str] = Field(default_factory=dict, description="columns and the word each must hold")
    visited: Share = Field(0.937, description="share of them visited on a day")
    silent: int = Field(6, description="grids where nobody walks nor reports for a month", ge=0)


class SafetyCreation(Shape):
    """The yearly safety creation of villages; without batches there is none."""

    batches: dict[str, Annotated[int, Field(ge=0)]] = Field(
        default_factory=dict, description="number of villages in each batch, the most settled first"
    )
    red_lines: tuple[str, ...] = Field(("major-accident",), description="what no village may have", min_length=1)
    breaches_per_day: Weight = Field(0.27, description="red lines touched a day in the whole city")


class SimulatorSource(Shape):
    """A city before its data is connected: every row is marked as simulated."""

    kind: Literal["simulator"] = Field(description="a city before its data is connected")
    seed: int = Field(7, description="the same seed makes the same city", ge=0)
    speed: float = Field(1.0, description="how many times faster than life", gt=0)
    cases_per_day: float = Field(1250, description="cases reported on an average day", gt=0, le=1_000_000)
    profile: ShippedFile | None = Field(None, description="YAML with the hours, weekdays and handling times of life")
    category_weight: str | None = Field(None, description="column of `categories` with how often a category occurs")
    category_duty: str | None = Field(None, description="column of `categories` with the duty that handles it")
    unit_duty: str | None = Field(None, description="column of `units` with the duty a unit has")
    group_weights: dict[str, Weight] = Field(
        default_factory=dict, description="factors on the weights of categories, by how their code begins"
    )
    channels: dict[str, Weight] = Field(
        default_factory=lambda: {"grid": 1.0}, description="channels and how often each is used", min_length=1
    )
    collecting: tuple[str, ...] = Field(
        ("grid",), description="channels by which a grid's own `gridworker` reports, where `staff` tells who that is"
    )
    handling_hours: float = Field(
        3.8,
        description="working hours a case takes at most, unless it is late, where its limit is longer",
        gt=0,
        le=100,
    )
    sign_minutes: int = Field(30, description="minutes a unit has to sign", gt=0, le=1440)
    shares: CaseShares = Field(CaseShares(), description="how many cases take each turn")
    reasons: CaseReasons = Field(CaseReasons(), description="words for the turns")
    patrols: Patrols = Field(Patrols(), description="which grids are walked every day")
    safety: SafetyCreation = Field(SafetyCreation(), description="the yearly safety creation")
