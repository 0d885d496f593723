"""Where something may be posted to: looked up once, and only what was looked at is connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from pipelines.errors import CitybrainError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class TargetRefused(CitybrainError):
    """Nothing is posted to this address."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address with the machine it means: names may change between the look and the call."""

    url: str
    host: str
    """the Host header"""
    name: str
    """whom the certificate must name"""


def look_up(name: str, port: int) -> list[str]:
    """Return the addresses of a name."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TargetRefused(f"{name!r} is not found: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def target(url: str, *, private: bool, resolve: Resolve = look_up) -> Target:
    """Return where to connect; raise `TargetRefused` for what is not https or lies where it must not."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise TargetRefused(f"{url[:200]!r} is no address: {error}") from error
    name = parts.hostname or ""
    if parts.scheme not in ("https", "http") or not name or "@" in parts.netloc:
        raise TargetRefused(f"{url[:200]!r}: expected https and a name, without a password")
    found = [_address(text) for text in resolve(name, port)]
    if not found:
        raise TargetRefused(f"{name!r} has no address")
    for address in found:
        if refused := _objection(address, parts.scheme, private=private):
            raise TargetRefused(f"{name!r} is {address}: {refused}")
    machine = f"[{found[0]}]" if found[0].version == 6 else str(found[0])
    pinned = urlunsplit((parts.scheme, f"{machine}:{port}", parts.path or "/", parts.query, ""))
    return Target(pinned, parts.netloc, name)


def _address(text: str) -> Address:
    """Return the address that is really meant, whatever it is wrapped in."""
    address = ipaddress.ip_address(text.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address


def _objection(address: Address, scheme: str, *, private: bool) -> str | None:
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return "nothing is ever posted there"
    if not address.is_global and not private:
        return "a private address, which `private_addresses` does not allow"
    if scheme == "http" and not address.is_loopback:
        return "only https, but on this machine"
    return None
