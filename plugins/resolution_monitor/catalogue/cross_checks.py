"""What no schema sees: entries held against each other, each problem one sentence that says what to do."""

from collections.abc import Iterator

from resolution_monitor.catalogue.check_bodies import problems_of_bodies
from resolution_monitor.catalogue.check_calendars import problems_of_calendars
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
        *_of_forms(catalogue),
        *problems_of_calendars(catalogue),
        *problems_of_rules(catalogue),
    ]


def _of_forms(catalogue: Catalogue) -> Iterator[str]:
    for form in catalogue.forms.values():
        file = f"catalogue/forms/{form.form}.yaml"
        stated = [form.indicator_id] if form.indicator_id else [line.indicator_id for line in form.lines]
        for indicator_id in stated:
            indicator = catalogue.indicators.get(indicator_id)
            if indicator is None:
                yield f"{file}: indicator {indicator_id!r} is unknown; add it to indicators.yaml"
            elif form.bodies not in indicator.bodies:
                yield f"{file}: {indicator_id!r} is not measured for {form.bodies!r}; correct one"
        for sender in form.sent_by:
            if sender not in catalogue.bodies:
                yield f"{file}: sender {sender!r} is unknown; correct sent_by"
