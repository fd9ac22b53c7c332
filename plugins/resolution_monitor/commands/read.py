"""./monitor read: what the reader sees in a file, for whoever writes a form."""

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from rich.console import Console

from resolution_monitor.commands.output import Format
from resolution_monitor.errors import FILE_REFUSED, InboxError
from resolution_monitor.settings import from_environment

_LONGEST_SHOWN = 60
_MOST_SECONDS = 60


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx, .xls, .ods), CSV or JSON file.")],
    output: Annotated[Format, typer.Option("--format", help="How to write it: table or json.")] = Format.TABLE,
) -> None:
    """
    Show what the reader sees in a file.

    Sheets, cells by address with the raw and the understood value, merges, hidden parts, formulas without a value,
    repaired text with its confidence, and which form the file is, or why it is none. Needs no database.

    A file that is refused is told with its code, and the exit code is 63.
    """
    from resolution_monitor.ask.file_reading import reading_of_file

    with _no_longer_than(_MOST_SECONDS, file):
        seen = reading_of_file(from_environment(os.environ), file)
    console = Console(highlight=False, soft_wrap=True)
    if output is Format.JSON:
        console.file.write(json.dumps(seen, ensure_ascii=False, indent=1) + "\n")
    else:
        _write(seen, console)
    if "refused" in seen:
        raise typer.Exit(FILE_REFUSED)


@contextlib.contextmanager
def _no_longer_than(seconds: int, file: Path) -> Iterator[None]:
    """What a stranger put into a file must not hold up whoever looks at it; its reader has a limit of its own."""

    def give_up(signal_number: int, frame: FrameType | None) -> None:
        raise InboxError(f"{file} takes longer than {seconds} s to understand; copy its tables into a new workbook")

    former = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


def _write(seen: dict[str, Any], console: Console) -> None:
    def line(text: str) -> None:
        console.print(text, markup=False)

    if "refused" in seen:
        line(f"{seen['file']}: refused ({seen['refused']})\n  {seen['text']}\n  → {seen['action']}")
        return
    line(f"{seen['file']}: {seen['kind']} {seen['encoding'] or ''}".rstrip())
    for told in seen["told"]:
        line(f"  {told['check']}: {told['text']}")
    for form in seen["forms"]:
        periods = ", ".join(f"{one['column']}: {one['period']}" for one in form.get("figures", ()))
        place = f" on sheet {form['sheet']}, {periods}" if "sheet" in form else ""
        line(f"form {form['form']}: {'fits' + place if form['fits'] else 'does not fit'}")
        for why in (*form.get("why_not", ()), *form.get("warnings", ())):
            line(f"  {why}")
    for sheet in seen["sheets"]:
        _write_sheet(sheet, line)


def _write_sheet(sheet: dict[str, Any], line: Any) -> None:
    line(f"sheet {sheet['name']}: {sheet['rows']} rows, {sheet['columns']} columns{', hidden' * sheet['is_hidden']}")
    for name in ("hidden_rows", "hidden_columns", "merges", "errors", "formulas_without_value"):
        if sheet[name]:
            line(f"  {name}: {', '.join(sheet[name])}")
    for cell in sheet["cells"]:
        meant = " ".join(str(cell[name]) for name in ("understood", "unit", "why_not") if name in cell)
        if "original" in cell:
            meant += f" (was {cell['original']}, confidence {cell['confidence']})"
        shown = " ".join(str(cell["raw"]).split())[:_LONGEST_SHOWN]
        line(f"  {cell['cell']:<7}{cell['kind']:<8}{shown} = {meant[: 2 * _LONGEST_SHOWN]}")
