"""Options that several commands have: one name, one help."""

from typing import Annotated

import typer

from resolution_monitor.commands.output import Format

Month = Annotated[str, typer.Option("--period", help="Month, such as 2026-10.")]
Output = Annotated[Format, typer.Option("--format", help="How to write it.")]
# As things were seen at a moment: by default now.
KnownAt = Annotated[
    str | None, typer.Option(help="As it was known at this time; Vietnamese time unless a zone is given. Default: now.")
]
# Of scores: what came later is left out.
RecordedUntil = Annotated[
    str | None,
    typer.Option(
        "--known-at", help="See only what was recorded up to this time; Vietnamese time unless a zone is given."
    ),
]
# The same under the rules and entries of then.
UnderCatalogueOf = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        help="See only what was recorded up to this time, under the catalogue of that time; Vietnamese time unless "
        "a zone is given.",
    ),
]
# The state of knowledge of a page or a run, to the microsecond.
AsBriefed = Annotated[bool, typer.Option("--as-briefed", help="As the edition of the period knew that was made last.")]
OfRun = Annotated[int | None, typer.Option("--run", help="As this scoring run of the period knew, by its number.")]
