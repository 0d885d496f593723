"""Alerts as services write them, after the structure of the OASIS standard."""

from __future__ import annotations

XMLNS = "urn:oasis:names:tc:emergency:cap:1.2"
SENDER = "qxt@weather.example"
SENT = "2026-11-20T14:00:00+08:00"
POINT = "<circle>27.81719,114.91361 0.01</circle>"


def reference(identifier: str) -> str:
    return f"{SENDER},{identifier},{SENT}"


def info(language: str = "zh-CN", area: str = POINT, **changes: str) -> str:
    said = {
        "event": "暴雨", "urgency": "Immediate", "severity": "Severe", "certainty": "Likely",
        "expires": "2026-11-20T20:00:00+08:00", "headline": "暴雨橙色预警",
    } | changes  # fmt: skip
    order = ("event", "responseType", "urgency", "severity", "certainty", "onset", "expires", "headline")
    parts = "".join(f"<{name}>{said[name]}</{name}>" for name in order if name in said)
    return (
        f"<info><language>{language}</language><category>Met</category>{parts}"
        f"<area><areaDesc>{language} 城区</areaDesc>{area}</area></info>"
    )


def alert(identifier: str, *infos: str, **changes: str) -> bytes:
    said = {"sent": SENT, "status": "Actual", "msgType": "Alert", "scope": "Public"} | changes
    order = ("sent", "status", "msgType", "scope", "references")
    parts = "".join(f"<{name}>{said[name]}</{name}>" for name in order if name in said)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alert xmlns="{XMLNS}"><identifier>{identifier}</identifier>'
        f"<sender>{SENDER}</sender>{parts}{''.join(infos)}</alert>"
    ).encode()
