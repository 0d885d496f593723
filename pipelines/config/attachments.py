"""What may be attached to a case, and where it is kept."""

from __future__ import annotations

from pydantic import Field

from .shape import File, Shape


class Attachments(Shape):
    """Photos and sound that belong to cases."""

    folder: File | None = Field(
        None,
        description="where they are kept; null: `attachments` in the data folder. "
        "Where several nodes share a log, a folder that all of them reach",
    )
    most_megabytes: float = Field(12, description="the largest file that is taken", gt=0, le=200)
    most_pixels: int = Field(50_000_000, description="the largest picture that is opened", ge=10_000, le=150_000_000)
    longest_side: int = Field(4096, description="pictures are kept no larger than this, in pixels", ge=480, le=16_000)
