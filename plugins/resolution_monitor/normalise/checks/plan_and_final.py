"""Holds the plan of a period against its result: a body must have both or it is told."""

from dataclasses import dataclass
from typing import Any

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.period import Period
from resolution_monitor.terms import Finding, Role, Severity
from resolution_monitor.wording import shortest

_CHECKS = {Role.TARGET: "plan-without-final", Role.OBSERVATION: "final-without-plan"}


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding on the submission whose cell it names."""

    submission_id: int
    finding: Finding


def check_pairs(catalogue: Catalogue, period: Period, values: pandas.DataFrame) -> list[PlacedFinding]:
    """
    One finding for every value whose counterpart is missing.

    Nothing is said of an indicator that has only plans, or only results, so far: there the workbook is missing, and
    that is told once, for the whole period.
    """
    held = values.assign(holder=[successor_on(catalogue, agency_id, period.end) for agency_id in values["agency_id"]])
    findings = []
    for _, part in held.groupby("indicator_id"):
        roles = {role: set(part.loc[part["role"] == role.value, "holder"]) for role in _CHECKS}
        if all(roles.values()):
            both = roles[Role.TARGET] & roles[Role.OBSERVATION]
            lonely = part[~part["holder"].isin(both)]
            findings += [_placed(catalogue, row) for row in lonely.to_dict("records")]
    return findings


def _placed(catalogue: Catalogue, row: dict[Any, Any]) -> PlacedFinding:
    unit = catalogue.indicators[row["indicator_id"]].unit
    finding = Finding(
        check=_CHECKS[Role(row["role"])],
        severity=Severity.WARN,
        sheet=row["sheet"],
        cell=row["cell"],
        value=" ".join(row["printed_name"].split()),
        details=(
            ("amount", f"{shortest(row['value'])} {unit}"),
            ("number", str(row["value"])),
            ("number_cell", row["cell"]),
            ("role", row["role"]),
        ),
    )
    return PlacedFinding(submission_id=int(row["submission_id"]), finding=finding)
