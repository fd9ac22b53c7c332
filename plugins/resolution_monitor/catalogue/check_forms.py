"""What no schema sees in a form: its indicators, senders, units and periods held against the rest of the catalogue."""

from collections.abc import Iterator

from resolution_monitor.catalogue.entries import Catalogue, Form, Indicator
from resolution_monitor.catalogue.names import fold


def problems_of_forms(catalogue: Catalogue) -> Iterator[str]:
    """Each contradiction of a form as one sentence."""
    for form in catalogue.forms.values():
        file = f"catalogue/forms/{form.form}.yaml"
        for problem in (*_of_indicators(catalogue, form), *_of_columns(form)):
            yield f"{file}: {problem}"
        for sender in form.sent_by:
            if sender not in catalogue.bodies:
                yield f"{file}: sender {sender!r} is unknown; correct sent_by"


def _of_indicators(catalogue: Catalogue, form: Form) -> Iterator[str]:
    for indicator_id in form.indicator_ids:
        indicator = catalogue.indicators.get(indicator_id)
        if indicator is None:
            yield f"indicator {indicator_id!r} is unknown; add it to indicators.yaml"
        else:
            yield from _of_indicator(form, indicator)
    known = {line.unit for line in form.lines if line.indicator_id in catalogue.indicators}
    if form.units_in != "row" and len({"%" if unit.startswith("%") else unit for unit in known}) > 1:
        yield f"its lines count in {', '.join(sorted(known))}; write units_in: row, or split the form"


def _of_indicator(form: Form, indicator: Indicator) -> Iterator[str]:
    indicator_id = indicator.indicator_id
    if form.bodies == "lead":
        if indicator.lead is None:
            yield f"{indicator_id!r} has no lead; write whose the rows are in bodies"
    elif form.bodies not in indicator.bodies:
        yield f"{indicator_id!r} is not measured for {form.bodies!r}; correct one"
    if form.period.kind != indicator.frequency:
        yield (
            f"its period is a {form.period.kind}, but {indicator_id!r} is measured by {indicator.frequency} and "
            "no score would ever read it; correct period.kind, or state the indicator in a form of its own"
        )


def _of_columns(form: Form) -> Iterator[str]:
    if form.units_in == "row" and "unit" not in form.columns:
        yield "units_in: row needs columns.unit; add the pattern of its heading"
    patterns = {**form.columns, "title": form.title, "value": form.values[0].header}
    for role, words in form.printed.items():
        if role not in patterns or not patterns[role].search(fold(words)):
            yield f"printed.{role} {words!r} is not what its own pattern finds; write the words as the form prints them"
    shifts = [column.shift for column in form.values]
    if len(shifts) != len(set(shifts)):
        yield "two columns of figures state the same period, and one would take the other's place; remove one"
