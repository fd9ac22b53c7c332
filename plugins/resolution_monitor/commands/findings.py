"""./monitor findings: what is wrong with the files received, cell by cell."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from resolution_monitor.commands.opened import opened_context
from resolution_monitor.commands.options import Output
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import parse_period
from resolution_monitor.wording import VIETNAMESE


def findings(
    period: Annotated[str | None, typer.Option(help="Only files of this period, and files of none.")] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Also what is only told so that nothing is lost.")] = False,
    language: Annotated[
        str, typer.Option(help="Language of the texts, where catalogue/checks.<xx>.yaml has it; else Vietnamese.")
    ] = VIETNAMESE,
    output: Output = Format.TABLE,
) -> None:
    """
    List what is wrong with the files received.

    Each line says where, what stands there, and what its sender does about it.

    A finding never stops a run. `block` keeps a row or file out until it is mended; `warn` needs a look.
    """
    from resolution_monitor.ask.findings import COLUMNS, in_words, standing_findings
    from resolution_monitor.ask.submissions import files_received

    asked = parse_period(period) if period else None
    with opened_context(asked) as context:
        files = files_received(context.database, asked)
        found = standing_findings(context.database, asked, with_notes=notes)
        frame = in_words(found, context.catalogue, language)
    told = f"{len(frame)} findings on {files} files{f' of {period}' if period else ''}"
    if output is Format.TABLE:
        _write_list(frame.to_dict("records"), told)
    else:
        other = [] if language == VIETNAMESE else ["text", "action"]
        write(frame[[*COLUMNS, *other]], output, Console(width=None), if_empty=told)


def _write_list(rows: list[dict[Any, Any]], told: str) -> None:
    console = Console(highlight=False)
    for row in rows:
        place = "!".join(part for part in (row["sheet"], row["cell"]) if part)
        console.print(f"{row['severity']:<8}{row['file_name']} {place}".rstrip(), style="bold", markup=False)
        console.print(Padding(Text(f"{row['text']}\n→ {row['action']}"), (0, 0, 0, 6)))
    console.print(told, markup=False)
