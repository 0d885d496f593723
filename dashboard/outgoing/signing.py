"""Signatures after Standard Webhooks: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final

from pipelines.errors import ConfigError

PREFIX: Final = "whsec_"
SHORTEST: Final = 24


def new_secret() -> str:
    """Make a key nobody can guess."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str, name: str) -> bytes:
    """Return the bytes of a written key; raise `ConfigError` for one that is none or too short."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ConfigError(f"{name} holds no signing key: expected {PREFIX} and base64") from None
    if len(key) < SHORTEST:
        raise ConfigError(f"{name} holds a signing key of {len(key)} bytes: expected {SHORTEST} or more")
    return key


def message_id(event_id: str) -> str:
    """Name the message that tells of an event: the same whenever it is sent."""
    return "msg_" + hashlib.sha256(event_id.encode()).hexdigest()[:32]


def headers(key: bytes, message: str, moment: datetime, body: bytes) -> dict[str, str]:
    """Return what a receiver checks."""
    stamp = str(int(moment.timestamp()))
    signed = hmac.new(key, f"{message}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }
