"""What no schema sees: entries held against each other, each problem one sentence that says what to do."""

from resolution_monitor.catalogue.check_bodies import problems_of_bodies
from resolution_monitor.catalogue.check_calendars import problems_of_calendars
from resolution_monitor.catalogue.check_forms import problems_of_forms
from resolution_monitor.catalogue.check_indicators import problems_of_indicators
from resolution_monitor.catalogue.check_rules import problems_of_rules
from resolution_monitor.catalogue.check_tasks import problems_of_tasks
from resolution_monitor.catalogue.entries import Catalogue


def problems_across(catalogue: Catalogue) -> list[str]:
    """Every contradiction of the catalogue: file, entry, what was found, what to do."""
    return [
        *problems_of_bodies(catalogue),
        *problems_of_indicators(catalogue),
        *problems_of_tasks(catalogue),
        *problems_of_forms(catalogue),
        *problems_of_calendars(catalogue),
        *problems_of_rules(catalogue),
    ]
