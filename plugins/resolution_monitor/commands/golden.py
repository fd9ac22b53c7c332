"""./monitor golden: worked cases of the method against the rules that production uses."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def golden(
    folder: Annotated[Path, typer.Argument(help="Folder with CSV tables of worked cases, such as tests/spec/golden.")],
) -> None:
    """
    Run worked cases through the rules and list what differs.

    Each line says case, column, expected, got. Ends with 1 if anything differs by more than its tolerance: 1e-3 for
    lag_days, 1e-4 for scores, 1e-6 for other numbers; text must be exact.
    """
    from resolution_monitor.pipeline.golden import run_golden

    console = Console(highlight=False, markup=False, soft_wrap=True)
    results = run_golden(folder)
    for result in results:
        if result.table is None:
            console.print(f"{result.file_name}: no table of worked cases, left out")
            continue
        for one in result.differences:
            console.print(f"{one.case}  {one.column}  expected {one.expected}  got {one.got}")
        cases = len({one.case for one in result.differences})
        console.print(f"{result.table}: {result.rows} rows, {cases} differ ({result.file_name})")
    if any(result.differences for result in results):
        raise typer.Exit(1)
