"""What a report may see of a period of the database, kept as text among the examples that previews are made of."""

from pathlib import Path

from resolution_monitor.brief.kept import as_text
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.errors import NothingToReportError, SettingsError
from resolution_monitor.period import Period
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.example_edition import ENDING, examples_folder
from resolution_monitor.pipeline.files import write_file
from resolution_monitor.pipeline.snapshots import snapshot_of
from resolution_monitor.store import score_rows


def keep_example(context: Context, report_name: str, period: Period, name: str) -> Path:
    """
    Read what a report may see of a period and keep it for previews, of this report and of all that need the same.

    Raises:
        NothingToReportError: The period was never scored.
        SettingsError: What bodies really reported does not belong into a checkout.
    """
    needs = kind_of(report_name).needs
    run = score_rows.latest_run(context.database, report_name, period)
    if run is None:
        raise NothingToReportError(f"period {period.name} was not scored; run ./monitor run --period {period.name}")
    snapshot = snapshot_of(context, needs, report_name, period, run)
    if isinstance(snapshot, ResolutionSnapshot) and not snapshot.is_demonstration:
        raise SettingsError(f"period {period.name} holds real reports; keep an example of a demonstration instead")
    file = examples_folder(context.settings, needs.name) / f"{name}{ENDING}"
    write_file(file, as_text(snapshot).encode())
    return file
