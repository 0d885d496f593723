"""The generated part of `docs/API.md`: every command, whose it is, where it leads."""

from __future__ import annotations

from pipelines.contract.commands import COMMANDS
from pipelines.contract.hands import BY_COMMAND
from pipelines.contract.lifecycle import TRANSITIONS
from pipelines.contract.reasons import REASONS

HEAD = ("command", "what it does", "capability", "roles", "reach", "from", "to", "coded reasons")


def rows() -> list[tuple[str, ...]]:
    """Return a row a command, in the order of capabilities."""
    return [_row(name) for name in BY_COMMAND if name in COMMANDS]


def _row(name: str) -> tuple[str, ...]:
    capability = BY_COMMAND[name]
    steps = [step for step in TRANSITIONS if step.command == name]
    after = sorted({step.next_state for step in steps if step.next_state != step.state})
    said = (COMMANDS[name].__doc__ or "").partition("\n")[0]
    return (
        f"`{name}`", said, capability.name, ", ".join(sorted(capability.roles)), capability.reach,
        ", ".join(step.state or "–" for step in steps), ", ".join(after) or "stays", ", ".join(REASONS.get(name, ())),
    )  # fmt: skip
