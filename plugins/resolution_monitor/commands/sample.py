"""./monitor sample: a demonstration of every body's reports, with faults planted and written down."""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from resolution_monitor.period import parse_period
from resolution_monitor.settings import from_environment


def sample(
    first: Annotated[str, typer.Option("--from", help="First month, such as 2026-05.")],
    last: Annotated[str, typer.Option("--to", help="Last month, such as 2026-10.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed writes the same bytes.")] = 1,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write into. Default: sample/SEED of the state folder.")
    ] = None,
) -> None:
    """
    Write made-up reports of every body, for a demonstration.

    inbox/ holds one folder a body and received.csv, when each file arrived; manifest.json names every planted fault.

    Everything in it is made up, and marked DỮ LIỆU MINH HỌA.
    """
    from resolution_monitor.pipeline.sample import write_sample

    settings = from_environment(os.environ)
    folder = (out or settings.home / "sample" / str(seed)).absolute()
    manifest = write_sample(settings, parse_period(first), parse_period(last), seed=seed, folder=folder)
    faults = Counter(fault.kind.value for fault in manifest.faults)
    console = Console(highlight=False)
    console.print(f"{len(manifest.files)} files of {len(manifest.conducts)} bodies: {folder / 'inbox'}", soft_wrap=True)
    console.print(f"{faults.total()} planted faults: {folder / 'manifest.json'}", soft_wrap=True)
    for kind, count in sorted(faults.items()):
        console.print(f"  {count:>4}  {kind.replace('_', ' ')}")
