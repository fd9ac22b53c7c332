"""All that a briefing may see of the database, frozen and hashed before the first number is formatted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas

from resolution_monitor.brief.briefing import content_sha256
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period
from resolution_monitor.score.budget import PeriodScores


def records(frame: pandas.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by column name, every value a plain one."""
    # Column by column, since pandas' own way looks at each value three times: a briefing asks for 12,000 rows.
    columns = [_plain(frame[name]) for name in frame.columns]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: pandas.Series) -> list[Any]:
    if column.dtype != object:
        return list(column.tolist())
    return [value.item() if isinstance(value, np.generic) else value for value in column.array]


def known(value: Any) -> float | None:
    """None for what is missing, however a frame writes it."""
    return None if value is None or value != value else float(value)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """
    One period as known at one time.

    Attributes:
        as_of: The tick of its edition.
        scores: Of the period.
        previous: Of the period before; None when nothing is known of it.
        previous_values: The values behind `previous`; empty when there are none.
        values: One row per role, body and indicator, with its cell (store.score_rows.values_as_known).
        findings: One row per finding that stands on files of the period (ask.findings.findings).
        submissions: One row per file of the period: file_name, sha256, sender_id, state, document.
    """

    catalogue: Catalogue
    period: Period
    as_of: datetime
    scores: PeriodScores
    previous: PeriodScores | None
    previous_values: pandas.DataFrame
    values: pandas.DataFrame
    findings: pandas.DataFrame
    submissions: pandas.DataFrame

    @property
    def sha256(self) -> str:
        """Of what is said, not of when it was loaded: the same files give the same hash on any machine."""
        frames = {
            "bodies": self.scores.bodies,
            "nodes": self.scores.nodes,
            "previous": self.previous.nodes if self.previous else pandas.DataFrame(),
            "values": _named(self.values),
            "previous_values": _named(self.previous_values),
            "findings": self.findings.drop(columns=["submission_id"]),
            "submissions": self.submissions,
        }
        content = {name: frame.astype(str).to_dict("records") for name, frame in frames.items()}
        return content_sha256({"catalogue": self.catalogue.sha256, "period": self.period.name, **content})


def _named(values: pandas.DataFrame) -> pandas.DataFrame:
    """Values without the numbers a database gave them."""
    return values.drop(columns=["value_id", "submission_id"])
