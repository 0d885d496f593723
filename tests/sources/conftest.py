from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("CITYBRAIN_SHARED", ROOT.parent / "shared")) / "data" / "311"
    if not folder.is_dir():
        pytest.skip(f"the real data sets are not at {folder} (set CITYBRAIN_SHARED)")
    return folder
