"""Open311 GeoReport v2, as a server: one noun a file, `doors` puts them together."""

from __future__ import annotations

from .doors import router

__all__ = ["router"]
