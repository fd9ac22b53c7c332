"""Which thresholds and weights were in force on a day, of those that catalogue/rule_settings.yaml dates.

Source: docs/method.md, clause 7.
"""

from dataclasses import fields
from datetime import date

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import CatalogueError
from resolution_monitor.method.limits import Limits


def limits_on(catalogue: Catalogue, day: date) -> Limits:
    """
    What was in force on a day: of each setting the newest that had begun. A change is never applied backwards.

    Raises:
        CatalogueError: A setting has no value on that day, or bears a name that no rule reads.
    """
    known = {part.name for part in fields(Limits)}
    unknown = sorted({one.setting for one in catalogue.rule_settings} - known)
    if unknown:
        raise CatalogueError(f"catalogue/rule_settings.yaml: no rule reads {', '.join(unknown)}; correct the name")
    begun = sorted((one for one in catalogue.rule_settings if one.since <= day), key=lambda one: one.since)
    values = {one.setting: one.value for one in begun}
    lacking = sorted(known - values.keys())
    if lacking:
        raise CatalogueError(
            f"catalogue/rule_settings.yaml: no value on {day} of {', '.join(lacking)}; add one that begins earlier"
        )
    return Limits(**values)
