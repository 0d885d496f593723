from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipelines.config import mapping
from pipelines.config.mapping import TabularMapping
from pipelines.config.shape import Shape
from pipelines.sources.issues import Reason

PAGE = (Path(__file__).parents[2] / "docs" / "SOURCES.md").read_text(encoding="utf-8")
MODELS = [value for value in vars(mapping).values() if isinstance(value, type) and issubclass(value, Shape)]
KEYS = sorted({(model.__name__, key) for model in MODELS for key in model.model_fields})


@pytest.mark.parametrize(("model", "key"), KEYS)
def test_every_key_of_a_mapping_is_on_the_page_as_described(model: str, key: str) -> None:
    told = getattr(mapping, model).model_fields[key].description
    assert f"| `{key}` | {told} |" in PAGE


@pytest.mark.parametrize("reason", list(Reason), ids=str)
def test_every_reason_is_on_the_page(reason: Reason) -> None:
    assert f"| `{reason.value}` | {reason.what} |" in PAGE


def test_every_date_keyword_is_on_the_page() -> None:
    assert [word for word in mapping.KEYWORDS if f"`{word}`" not in PAGE] == []


def test_the_pages_example_is_a_mapping() -> None:
    example = yaml.safe_load(PAGE.split("```yaml")[1].split("```")[0])
    assert TabularMapping.model_validate(example["sources"]["hotline"]).crs == "GCJ-02"
