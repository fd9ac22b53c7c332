"""Notes which periods have come due without an edition, after each edition and every night."""

import json
from collections.abc import Iterator

from resolution_monitor.period import Period, ReportCalendar, parse_period, period_of_run, shifted
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.files import write_file
from resolution_monitor.pipeline.gaps import note_of_gaps
from resolution_monitor.pipeline.score import is_of_resolutions
from resolution_monitor.store import catalogue_versions, edition_rows


def note_gaps(context: Context) -> dict[str, list[str]]:
    """
    Report -> names of its missing periods, the newest first; written down for the forms.

    Raises:
        StorageError: The state folder cannot be written.
    """
    reported = set(map(parse_period, catalogue_versions.periods_reported(context.database)))
    made = {(row["report"], row["period_end"]) for row in edition_rows.editions_made(context.database)}
    missing = {
        report: [one.name for one in _due(context, calendar, reported) if (report, one.end) not in made]
        for report, calendar in context.catalogue.calendars.items()
    }
    write_file(note_of_gaps(context.settings), json.dumps(missing, indent=1).encode())
    return missing


def _due(context: Context, calendar: ReportCalendar, reported: set[Period]) -> Iterator[Period]:
    """
    Periods whose tick has come, the newest first, back to the first that was reported.

    Of the resolutions every period counts: where nobody reported, that is what the page says.
    """
    of_kind = {one for one in reported if one.kind == calendar.period_kind}
    period = period_of_run(calendar, context.now)
    while of_kind and period >= min(of_kind):
        if period in of_kind or is_of_resolutions(calendar.report):
            yield period
        period = shifted(period, -1)
