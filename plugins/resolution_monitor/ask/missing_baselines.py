"""Which indicators no document gives a baseline of: the first due report's figure stands in."""

from pathlib import Path

import pandas

from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.score.month.first_figures import has_own_baseline

_COLUMNS = ("indicator_id", "resolution", "name", "unit", "kind", "frequency", "reported_by")


def missing_baselines(root: Path) -> tuple[pandas.DataFrame, int]:
    """
    One row per indicator without a baseline, by code; and how many indicators resolutions have.

    Raises:
        CatalogueError: With every problem of the catalogue.
    """
    catalogue = load_catalogue(root / "catalogue")
    rated = [one for one in catalogue.indicators.values() if one.resolution is not None]
    rows = [
        {
            "indicator_id": one.indicator_id,
            "resolution": catalogue.resolutions[str(one.resolution)].number,
            "name": one.name_vi,
            "unit": one.unit,
            "kind": one.kind,
            "frequency": one.frequency,
            "reported_by": one.lead or ", ".join(one.bodies),
        }
        for one in sorted(rated, key=lambda one: one.indicator_id)
        if has_own_baseline(one)
    ]
    return pandas.DataFrame(rows, columns=list(_COLUMNS)), len(rated)
