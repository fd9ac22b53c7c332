"""The command line as one group whose commands are loaded when they are called."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from resolution_monitor.commands.table import COMMANDS, Command

_PACKAGE = "resolution_monitor.commands"
# Options of all commands that name a body or a period.
_CODES = frozenset({"agency", "period", "first", "last"})


class LazyGroup(TyperGroup):
    """Lists what the table says; only the command that is called is imported."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._names_only = False
        # Names for --help and for "Did you mean"; whoever calls one gets the command itself.
        self.commands = {
            name: TyperCommand(name, short_help=one.summary, hidden=one.is_hidden) for name, one in COMMANDS.items()
        }

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if self._names_only:
            return self.commands.get(cmd_name)
        return loaded(cmd_name, COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Names and sentences of the table; loading every command would take a second at each press of the key."""
        self._names_only = True
        try:
            return list(super().shell_complete(ctx, incomplete))
        finally:
            self._names_only = False

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Whole sentences, folded; Typer's own way would load every command and cut its sentence."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.summary) for name, one in COMMANDS.items() if not one.is_hidden])


def loaded(name: str, command: Command) -> Any:
    """The command itself: a function, or a group of them."""
    found = getattr(import_module(f"{_PACKAGE}.{command.module}"), command.function)
    if isinstance(found, typer.Typer):
        return typer.main.get_command(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name=name, hidden=command.is_hidden, **command.settings)(found)
    made = typer.main.get_command(alone)
    for parameter in made.params:
        if parameter.name in _CODES:
            parameter.callback = _in_capitals
    return made


def _in_capitals(context: Any, parameter: Any, value: Any) -> Any:
    """Codes of bodies and periods hold capitals alone, so byt is BYT and 2026-q4 is 2026-Q4."""
    if isinstance(value, str):
        return value.strip().upper()
    return [_in_capitals(context, parameter, one) for one in value] if isinstance(value, list | tuple) else value
