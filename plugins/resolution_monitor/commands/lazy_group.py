"""The command line as one group whose commands are loaded when they are called."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from resolution_monitor.commands.table import COMMANDS, Command

_PACKAGE = "resolution_monitor.commands"


class LazyGroup(TyperGroup):
    """Lists what the table says; only the command that is called is imported."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # Names for --help and for "Did you mean"; whoever calls one gets the command itself.
        self.commands = {
            name: TyperCommand(name, short_help=one.summary, hidden=one.is_hidden) for name, one in COMMANDS.items()
        }

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | TyperGroup | None:
        return loaded(cmd_name, COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

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
    return typer.main.get_command(alone)
