"""What a metric is: frozen models of the YAML files beside this one."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from ..config.nearest import explain
from ..config.shape import Shape
from ..config.written import Document, read
from ..errors import ConfigError, QueryError

FOLDER = Path(__file__).parent
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Predicate = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A SQL expression over one row of the fact relation."""

Period = Literal[
    "reported_at",
    "dispatched_at",
    "checked_at",
    "closed_at",
    "matured_at",
    "rated_at",
    "deadline_at",
    "due_at",
    "happened_at",
]

Group = Literal["volume", "closure", "time", "quality", "voice", "force"]
GROUPS: dict[str, tuple[str, str]] = {
    "volume": ("案件总量", "Volume"),
    "closure": ("结案效率", "Closure"),
    "time": ("处置时长", "Handling time"),
    "quality": ("办理质量", "Quality"),
    "voice": ("群众评价", "Public voice"),
    "force": ("网格与单位", "Grids and units"),
}


class Exclusion(Shape):
    """Rows that are left out of a metric, and counted apart."""

    where: Predicate = Field(description="which rows are left out")
    name_zh: str = Field(description="what they are, in Chinese")
    name_en: str = Field(description="what they are, in English")


class Metric(Shape):
    """What every metric says of itself."""

    name: Name
    aliases: tuple[Name, ...] = Field((), description="other names under which a screen shows it")
    name_zh: str = Field(description="its title in Chinese", min_length=1)
    name_en: str = Field(description="its title in English", min_length=1)
    what_zh: str = Field(description="what it tells, in Chinese", min_length=1)
    what_en: str = Field(description="what it tells, in English", min_length=1)
    formula_zh: str = Field(description="the formula in Chinese", min_length=1)
    formula: str = Field(description="the formula in English", min_length=1)
    kind: str
    fact: Literal["case_facts", "fixes", "acts"] = Field(
        "case_facts", description="the relation whose rows are counted"
    )
    period: Period | None = Field(None, description="the time that places a row in a period; none: it is as of now")
    population: Predicate = Field("true", description="which rows the metric is about")
    exclusions: dict[Name, Exclusion] = Field({}, description="rows left out and counted apart, first match first")
    group: Group = Field("volume", description="under which heading an analyst finds it")
    unit: Literal["cases", "grids", "percent", "hours", "points"] = Field(description="what the value is counted in")
    good: Literal["up", "down", "none"] = Field(description="the direction that is better")
    target: float | None = Field(None, description="the value aimed at")
    minimum: int = Field(10, description="rank only with at least so many rows behind the value", ge=1)
    beside: tuple[Name, ...] = Field((), description="metrics that are shown with this one")
    version: int = Field(description="grows with every change of what is counted", ge=1)
    source: str = Field(description="where the formula comes from", min_length=1)
    owner: str = Field(description="who answers for it", min_length=1)


class Ratio(Metric):
    """A share of what could have been: a numerator over a denominator, each a sum over rows."""

    kind: Literal["ratio"]
    numerator: Predicate = Field(description="what is good of a row: a condition or a number")
    denominator: Predicate = Field("true", description="what could be good of a row: a condition or a number")


class Stock(Shape):
    """From when until when a row was among those that are counted now, as far as is known now."""

    where: Predicate = Field("true", description="which rows ever were")
    since: Predicate = Field(description="from which moment")
    until: Predicate = Field("ended_at", description="until which moment; none: still")


class Count(Metric):
    """How many rows."""

    kind: Literal["count"]
    stock: Stock | None = Field(None, description="how the count of now is reckoned for an earlier moment")


class Distinct(Metric):
    """How many different values among the rows."""

    kind: Literal["distinct"]
    of: Predicate = Field(description="the value that is counted once")


class Mean(Metric):
    """The average over rows."""

    kind: Literal["mean"]
    amount: Predicate = Field(description="the number of a row")


class Quantile(Metric):
    """The value that a share of the rows does not exceed."""

    kind: Literal["quantile"]
    amount: Predicate = Field(description="the number of a row")
    share: float = Field(0.5, description="share of the rows, 0.5 the median", gt=0, lt=1)


class Score(Metric):
    """A composite: sums over rows, put together by an expression; rows are what it is out of."""

    kind: Literal["score"]
    parts: dict[Name, Predicate] = Field(description="conditions or numbers, summed over the rows", min_length=1)
    points: Predicate = Field(description="an expression over the parts and n, the number of rows")


AnyMetric = Ratio | Count | Distinct | Mean | Quantile | Score
KINDS: dict[str, type[AnyMetric]] = {
    "ratio": Ratio, "count": Count, "distinct": Distinct, "mean": Mean, "quantile": Quantile, "score": Score,
}  # fmt: skip


def load(file: Path) -> AnyMetric:
    """Read one metric; raise `ConfigError` naming file, key and bad value."""
    document = read(file)
    values = {"name": file.stem} | document.values
    model = _model(values.get("kind"), file, document)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise ConfigError(explain(error, model, document)) from error


@cache
def catalogue() -> dict[str, AnyMetric]:
    """Return every metric that citybrain defines, by name."""
    return {file.stem: load(file) for file in sorted(FOLDER.glob("*.yaml"))}


def find(name: str) -> AnyMetric:
    """Return one metric by its name or alias; raise `QueryError` with the nearest name if there is none."""
    known = catalogue()
    names = {alias: metric for metric in known.values() for alias in metric.aliases} | known
    if metric := names.get(name):
        return metric
    raise QueryError(f"metric {name!r} does not exist; {nearest(name, names)}")


def nearest(name: str, names: dict[str, Any]) -> str:
    """Point to the valid name that is most like a wrong one."""
    near = get_close_matches(name, names, 1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(names))}"


def _model(kind: Any, file: Path, document: Document) -> type[AnyMetric]:  # noqa: ANN401
    if isinstance(kind, str) and kind in KINDS:
        return KINDS[kind]
    place = document.mark(("kind",)) or file
    if kind is None:
        raise ConfigError(f"{place}: kind is missing; expected one of {', '.join(KINDS)}")
    raise ConfigError(f"{place}: kind is {kind!r}; {nearest(str(kind), dict(KINDS))}")
