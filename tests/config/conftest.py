"""A small city in a folder, as text that a test may bend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.config import Config, load

CITY = 'city: {id: "1", name_zh: 城, name_en: Town, time_zone: Asia/Shanghai, center: [114.9, 27.8]}\n'


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Config]:
    """Load a configuration from text, with other files beside it."""

    def write(text: str, pack: str | None = None, **files: str) -> Config:
        for name, content in files.items():
            file = tmp_path / name.replace("__", "/").replace("_yaml", ".yaml").replace("_csv", ".csv")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
        return load(tmp_path / "config.yaml", pack=pack)

    return write
