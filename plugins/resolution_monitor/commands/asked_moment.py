"""The state of knowledge that a command is asked about: a time, that of the edition made last, or that of a run."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from resolution_monitor import pipeline
from resolution_monitor.commands.moments import moment_of
from resolution_monitor.period import Period

if TYPE_CHECKING:
    from resolution_monitor.ask.runs import RunState


@dataclass(frozen=True, slots=True)
class AskedState:
    """
    What the options say.

    Attributes:
        known_at: As written; None sees everything.
        as_briefed: As the newest edition knew.
        run: As this scoring run knew.
    """

    known_at: str | None
    as_briefed: bool
    run: int | None

    def __post_init__(self) -> None:
        self.moment()  # before anything is opened

    def moment(self) -> datetime | None:
        """
        The last instant of the time that is written; None where none is.

        Raises:
            typer.BadParameter: More than one of the three is given, or the time cannot be read.
        """
        if (self.known_at is not None) + self.as_briefed + (self.run is not None) > 1:
            raise typer.BadParameter("give one of --known-at, --as-briefed and --run")
        return moment_of(self.known_at)

    def of(
        self, context: "pipeline.Context", period: Period, *, under_catalogue_of_then: bool = True
    ) -> "tuple[pipeline.Context, datetime | None]":
        """
        The context with the catalogue to go by, and until when was known what counts; None sees everything.

        Args:
            under_catalogue_of_then: At a time goes by the catalogue of that time; a run always by its own.

        Raises:
            typer.BadParameter: As `moment`.
            NothingToReportError: There is no such edition or run.
        """
        moment, run = self.moment(), self._run(context, period)
        if run is not None:
            return replace(context, catalogue=pipeline.catalogue_of_run(context, run.catalogue_sha256)), run.known_at
        if not under_catalogue_of_then:
            return context, moment
        return replace(context, catalogue=pipeline.catalogue_as_known(context, moment)), moment

    def _run(self, context: "pipeline.Context", period: Period) -> "RunState | None":
        from resolution_monitor.ask.runs import briefed_run, numbered_run

        if self.as_briefed:
            return briefed_run(context.database, period)
        return None if self.run is None else numbered_run(context.database, period, self.run)
