"""Written coordinates to WGS84: EPSG codes, and the two shifted systems of Chinese map services."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
from pyproj import Transformer
from pyproj.exceptions import CRSError

from ..errors import MappingError

Numbers = npt.NDArray[np.float64]

WGS84 = "EPSG:4326"
_RADIUS = 6378245.0
_FLATTENING = 0.00669342162296594323
_ROUNDS = 5


def to_wgs84(x: Numbers, y: Numbers, crs: str) -> tuple[Numbers, Numbers]:
    """Convert x (longitude, easting) and y (latitude, northing) to WGS84 longitude and latitude."""
    if crs == WGS84:
        return x, y
    if crs == "GCJ-02":
        return _unshifted(x, y)
    if crs == "BD-09":
        return _unshifted(*_from_baidu(x, y))
    lon, lat = _transformer(crs).transform(x, y)
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def from_wgs84(lon: Numbers, lat: Numbers, crs: str) -> tuple[Numbers, Numbers]:
    """Write WGS84 points in another system; the inverse of `to_wgs84`."""
    if crs == WGS84:
        return lon, lat
    if crs == "GCJ-02":
        return _shifted(lon, lat)
    if crs == "BD-09":
        return _to_baidu(*_shifted(lon, lat))
    x, y = _transformer(crs).transform(lon, lat, direction="INVERSE")
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


@functools.lru_cache(maxsize=64)
def _transformer(crs: str) -> Transformer:
    try:
        return Transformer.from_crs(crs, WGS84, always_xy=True)
    except CRSError:
        raise MappingError(f"crs: {crs!r} is not a known coordinate system; look its number up at epsg.io") from None


def _wave(x: Numbers, by: Numbers) -> Numbers:
    """Sum what both axes of the shift have in common and the waves along one of them."""
    common = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    along = 20 * np.sin(np.pi * by) + 40 * np.sin(np.pi * by / 3)
    result: Numbers = (common + along) * 2 / 3
    return result


def _shift(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + _wave(x, y)
    north += (160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + _wave(x, x)
    east += (150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30)) * 2 / 3
    angle = np.radians(lat)
    magic = 1 - _FLATTENING * np.sin(angle) ** 2
    meridian = _RADIUS * (1 - _FLATTENING) / (magic * np.sqrt(magic))
    parallel = _RADIUS / np.sqrt(magic) * np.cos(angle)
    return np.degrees(east / parallel), np.degrees(north / meridian)


def _shifted(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    east, north = _shift(lon, lat)
    return lon + east, lat + north


def _unshifted(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    """Invert the shift by rounds of correction; the rest is below a millimetre."""
    x, y = lon.copy(), lat.copy()
    for _ in range(_ROUNDS):
        east, north = _shifted(x, y)
        x, y = x - (east - lon), y - (north - lat)
    return x, y


_BAIDU = np.pi * 3000.0 / 180.0


def _to_baidu(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    length = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU)
    return length * np.cos(angle) + 0.0065, length * np.sin(angle) + 0.006


def _from_baidu(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    x, y = lon - 0.0065, lat - 0.006
    for _ in range(_ROUNDS):
        east, north = _to_baidu(x, y)
        x, y = x - (east - lon), y - (north - lat)
    return x, y
