"""An entry of catalogue/forms becomes a Form; its indicators say whose its figures are and what they count in."""

import re
from collections.abc import Mapping
from typing import Any

from resolution_monitor.catalogue.form_entries import Form, FormLine, FormPeriod, ValueColumn
from resolution_monitor.catalogue.resolution_entries import Indicator
from resolution_monitor.period import YEAR
from resolution_monitor.terms import Role

Entry = Mapping[str, Any]
Indicators = Mapping[str, Indicator]

# What every form meant before forms could say it: the year that its title names.
_YEAR_IN_TITLE = {"kind": YEAR}
_NAME_OF_ONLY_COLUMN = "số liệu"


def form(entry: Entry, indicators: Indicators, nation_id: str) -> Form:
    """A form of the catalogue; an indicator that is not known is told by the cross-checks."""
    columns = dict(entry["columns"])
    values = columns.pop("value")
    lines = tuple(_line(line, entry["bodies"], indicators, nation_id) for line in entry.get("lines", ()))
    return Form(
        form=entry["form"],
        describes=entry["describes"],
        sent_by=tuple(entry["sent_by"]),
        role=Role(entry["role"]),
        indicator_id=entry.get("indicator_id"),
        unit=lines[0].unit if lines else _unit(indicators, entry["indicator_id"]),
        lines=lines,
        bodies=entry["bodies"],
        covers_every_body=entry["covers_every_body"],
        title=re.compile(entry["title"]),
        period=_period(entry.get("period", _YEAR_IN_TITLE)),
        columns={role: re.compile(pattern) for role, pattern in columns.items()},
        values=tuple(map(_value, values)) if isinstance(values, list) else (_only_value(values),),
        units_in=entry.get("units_in", "above"),
        total=re.compile(entry["total"]) if "total" in entry else None,
        adds_up=entry.get("adds_up", True),
        body_sections=tuple(entry.get("body_sections", ())),
        dot_groups_thousands=entry["dot_groups_thousands"],
        printed=dict(entry.get("printed", {})),
    )


def _line(entry: Entry, bodies: str, indicators: Indicators, nation_id: str) -> FormLine:
    indicator = indicators.get(entry["indicator_id"])
    lead = (indicator.lead if indicator else None) or ""
    return FormLine(
        indicator_id=entry["indicator_id"],
        agency_id=lead if bodies == "lead" else nation_id,
        unit=_unit(indicators, entry["indicator_id"]),
        name=re.compile(entry["name"]),
        may_be_absent=entry.get("may_be_absent", False),
        parts_follow=entry.get("parts_follow", False),
    )


def _unit(indicators: Indicators, indicator_id: str) -> str:
    return indicators[indicator_id].unit if indicator_id in indicators else ""


def _period(entry: Entry) -> FormPeriod:
    return FormPeriod(kind=entry["kind"], named_in=entry.get("named_in", "title"))


def _only_value(pattern: str) -> ValueColumn:
    return ValueColumn(name=_NAME_OF_ONLY_COLUMN, header=re.compile(pattern))


def _value(entry: Entry) -> ValueColumn:
    return ValueColumn(
        name=entry["name"],
        header=re.compile(entry["header"]),
        shift=entry.get("shift", 0),
        is_since_january=entry.get("counts_from") == "january",
        may_be_absent=entry.get("may_be_absent", False),
    )
