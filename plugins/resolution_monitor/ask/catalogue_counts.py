"""How many entries of each kind the catalogue holds; asking is checking."""

from collections import Counter
from pathlib import Path

import pandas

from resolution_monitor.brief.reports import require_whole
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.catalogue.owners import tasks_without_owner, warnings_of
from resolution_monitor.score.screens.runs import require_every_screen


def catalogue_counts(root: Path) -> tuple[pandas.DataFrame, list[str]]:
    """
    One row per kind of entry of the catalogue below a checkout; and what is no error but has to be known.

    Raises:
        CatalogueError: With every problem of the catalogue, or every report that is only half there.
    """
    catalogue = load_catalogue(root / "catalogue")
    require_whole(catalogue.calendars, root / "report_templates")
    require_every_screen(catalogue.screening.screens)
    counts = _counts(catalogue)
    frame = pandas.DataFrame({"entity": list(counts), "count": list(counts.values())})
    return frame, warnings_of(catalogue)


def _counts(catalogue: Catalogue) -> dict[str, int]:
    today = [body for body in catalogue.bodies.values() if body.valid_to is None]
    groups = Counter(body.group for body in today)
    indicators = catalogue.indicators.values()
    tasks = catalogue.tasks.values()
    return {
        "blocks": len(catalogue.blocks),
        "central bodies": sum(body.parent is None for body in catalogue.reporting_bodies.values()),
        "provinces": groups["province"],
        "bodies of provinces": groups["province_body"],
        "bodies that report": len(catalogue.reporting_bodies),
        "bodies with a budget line only": sum(body.kind == "budget_unit" for body in today),
        "bodies that ended": len(catalogue.bodies) - len(today),
        "successions": len(catalogue.successions),
        "groups of bodies": len(catalogue.groups),
        "communes": len(catalogue.communes),
        "resolutions": len(catalogue.resolutions),
        "indicators of resolutions": sum(indicator.resolution is not None for indicator in indicators),
        "daily indicators": sum(indicator.frequency == "day" for indicator in indicators),
        "indicators of the budget": sum(
            indicator.resolution is None and indicator.frequency != "day" for indicator in indicators
        ),
        "targets": sum(len(indicator.targets) for indicator in indicators),
        "revisions of targets": sum(len(indicator.revisions) for indicator in indicators),
        "baselines": sum(indicator.baseline is not None for indicator in indicators),
        "tasks": sum(task.parent is None for task in tasks),
        "tasks given to members of groups": sum(task.parent is not None for task in tasks),
        "tasks that nobody owns": len(tasks_without_owner(catalogue)),
        "tasks with an assumed deadline": sum(task.is_due_assumed for task in tasks if task.parent is None),
        "forms": len(catalogue.forms),
        "checks": len(catalogue.checks),
        "reports": len(catalogue.calendars),
    }
