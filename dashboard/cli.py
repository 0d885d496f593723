"""`citybrain …`: every command, and one clear line when it cannot be done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from pipelines.errors import CitybrainError

from .commands import accounts, audit, bench, doctor, intake, query, serving, upkeep, webhooks
from .commands.site import sited

TRACE = "CITYBRAIN_TRACE"
app = typer.Typer(
    name="citybrain",
    help="The operations dashboard a city's command centre runs on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS: dict[str, Callable[..., None]] = {
    "demo": serving.demo,
    "serve": serving.serve,
    "import": intake.take_in,
    "replay": serving.replay,
    "query": query.query,
    "rebuild": upkeep.rebuild,
    "backup": upkeep.backup,
    "restore": upkeep.restore,
    "bench": bench.bench,
    "webhooks": webhooks.webhooks,
    "doctor": doctor.doctor,
}
GROUPS: dict[str, tuple[str, dict[str, Callable[..., None]]]] = {
    "accounts": (
        "Who may sign in, also while the node runs.",
        {
            "add": accounts.add,
            "list": accounts.listed,
            "disable": accounts.disable,
            "password": accounts.password,
            "forget-demo": accounts.forget_demo,
        },
    ),
    "keys": (
        "API keys of programs.",
        {"add": accounts.add_key, "list": accounts.list_keys, "revoke": accounts.revoke_key},
    ),
    "audit": (
        "Whether the record of who did what is whole, also while the node runs.",
        {"verify": audit.verify, "head": audit.head},
    ),
}
for _name, _command in COMMANDS.items():
    app.command(_name)(sited(_command))
for _name, (_help, _commands) in GROUPS.items():
    _group = typer.Typer(help=_help, no_args_is_help=True, rich_markup_mode=None)
    for _part, _command in _commands.items():
        _group.command(_part)(sited(_command))
    app.add_typer(_group, name=_name)


def main() -> None:
    """Run a command; say in one line what went wrong and exit with 2, or with 3 for a fault of our own."""
    try:
        app()
    except CitybrainError as error:
        _fail(str(error), 2)
    except Exception as error:
        if os.environ.get(TRACE):
            raise
        _fail(f"a fault of citybrain itself: {type(error).__name__}: {error} (set {TRACE}=1 to see where)", 3)


def _fail(message: str, code: int) -> None:
    sys.stderr.write(f"citybrain: {message}\n")
    sys.exit(code)
