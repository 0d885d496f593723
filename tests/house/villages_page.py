"""The generated part of `docs/API.md` on safety creation: every command, whose it is, where it leads."""

from __future__ import annotations

from pipelines.contract.creation import BY_COMMAND, COMMANDS, LEGAL

HEAD = ("command", "what it does", "roles", "level", "from", "to")


def rows() -> list[tuple[str, ...]]:
    """Return a row a command, in the order of capabilities."""
    return [_row(name) for name in BY_COMMAND]


def _row(name: str) -> tuple[str, ...]:
    steps = {stage: after for (stage, command), after in LEGAL.items() if command == name}
    said = (COMMANDS[name].__doc__ or "").partition("\n")[0]
    roles = ", ".join(sorted(BY_COMMAND[name].roles))
    return f"`{name}`", said, roles, BY_COMMAND[name].level, ", ".join(steps), ", ".join(dict.fromkeys(steps.values()))
