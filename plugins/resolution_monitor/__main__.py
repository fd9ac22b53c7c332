"""The command line: ./monitor COMMAND. Errors of ours end in one sentence and their exit code."""

import errno
import gc
import logging
import os
import signal
import sys
import traceback
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from resolution_monitor import __version__
from resolution_monitor.commands.lazy_group import LazyGroup
from resolution_monitor.commands.table import COMMANDS
from resolution_monitor.errors import (
    EXIT_CODES,
    NO_ROOM,
    ConnectionLostError,
    ResolutionMonitorError,
    StorageError,
    storage_error,
)
from resolution_monitor.personal import masked
from resolution_monitor.settings import PROJECT_ROOT, from_environment

_STOPPED = "monitor: stopped; run again to finish, nothing was lost"
_ONCE_MORE = "monitor: the database ended under this command, which begins once more"
_OBJECTS_BETWEEN_COLLECTIONS = 50_000
_EXIT_CODES = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())

app = typer.Typer(
    cls=LazyGroup,
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Follow the Politburo's strategic resolutions: collect reports, score them, render briefings.\n\n"
    "State lies in var/demo unless RESOLUTION_MONITOR_HOME names another folder; DATABASE_URL names a PostgreSQL "
    f"server in place of the embedded one.\n\n\b\nExit codes:\n{_EXIT_CODES}",
)


class _EndedError(BaseException):
    """Somebody asked us to end; no error that anybody may catch."""


def _say_version(is_asked: bool) -> None:
    if is_asked:
        print(f"Resolution Monitor {__version__}")
        raise typer.Exit


@app.callback()
def monitor(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """What stands before every command: where several state folders could be meant, which one it is."""
    default = COMMANDS[context.invoked_subcommand].state if context.invoked_subcommand in COMMANDS else ""
    if default and not os.environ.get("RESOLUTION_MONITOR_HOME"):
        say_which_state(default)


def say_which_state(default: str) -> None:
    """One line where both var/live and var/demo are there, so that nobody reads the one for the other."""
    if os.environ.get("DEMO") == "1" and default == "live":
        default = "demo"
    other = {"live": "demo", "demo": "live"}[default]
    if (PROJECT_ROOT / "var" / other).is_dir():
        print(f"state: var/{default}, not var/{other}; RESOLUTION_MONITOR_HOME names one for all", file=sys.stderr)


def main() -> int:
    # Events go to whoever listens (a run's progress, Airflow's log); with nobody there they are not for the terminal.
    logging.getLogger("resolution_monitor").addHandler(logging.NullHandler())
    # What imports leave is no garbage; looking through it again and again is a twentieth of a start.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    ended = _listen()
    try:
        code = _run()
    except _EndedError:
        code = 0
    if ended:
        print(_STOPPED, file=sys.stderr)
    return 128 + ended[0] if ended else code


def _run() -> int:
    try:
        _call()
    except ResolutionMonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has enough
        return 0
    except OSError as error:
        if error.errno not in {*NO_ROOM, errno.EROFS}:
            return _bug()
        print(f"monitor: {storage_error(Path(error.filename or 'the disk'), error)}", file=sys.stderr)
        return StorageError.exit_code
    except Exception:
        return _bug()
    return 0


def _call() -> None:
    """The command; once more where its database ended under it, it may be repeated, and it has printed nothing yet."""
    asks_completion = any(word.endswith("-completion") for word in sys.argv[1:2])
    called = partial(app, prog_name="monitor" if asks_completion else "./monitor", complete_var="_MONITOR_COMPLETE")
    try:
        called()
    except ConnectionLostError:
        command = COMMANDS.get(next((word for word in sys.argv[1:] if not word.startswith("-")), ""))
        if command is None or not command.is_repeated:
            raise
        print(_ONCE_MORE, file=sys.stderr)
        called()


def _bug() -> int:
    print(f"monitor: a bug of ours; please report it with {_note_crash()}", file=sys.stderr)
    return 1


def _listen() -> list[int]:
    """
    On `kill` and when the terminal closes, leave as from the keyboard: whatever was begun is ended, the server too.

    Returns:
        The signals that came, filled in as they come.
    """
    came: list[int] = []
    process = os.getpid()

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN if os.getpid() == process else signal.SIG_DFL)
        if os.getpid() != process:  # a child that was forked; what is to be ended is ours
            os.kill(os.getpid(), number)
        came.append(number)
        raise _EndedError

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # not started with nohup
            signal.signal(number, end)
    return came


def _note_crash() -> str:
    """Keep the traceback for the report; the name of its file, or the traceback itself when it cannot be kept."""
    try:
        folder = from_environment(os.environ).logs_folder
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}.log"
        file.write_text(masked(traceback.format_exc()), encoding="utf-8")
    except (OSError, ResolutionMonitorError):
        return traceback.format_exc()
    return str(file)


if __name__ == "__main__":
    sys.exit(main())
