"""What all models of the configuration share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from .written import Written


class Shape(BaseModel):
    """A frozen part of the configuration that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


def _beside(value: Any) -> Any:  # noqa: ANN401
    return value.folder / value if isinstance(value, Written) else value


def _there(path: Path) -> Path:
    if not path.exists():
        raise ValueError(f"there is no such file: {path}")
    return path


File = Annotated[Path, BeforeValidator(_beside)]
"""A file named relative to the YAML file that names it; it need not exist yet."""

ShippedFile = Annotated[Path, BeforeValidator(_beside), AfterValidator(_there)]
"""Like `File`, and it must exist."""
