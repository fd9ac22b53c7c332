"""All that a report on resolutions may see, frozen and hashed before the first number is formatted."""

from dataclasses import dataclass, field
from datetime import datetime

import pandas

from resolution_monitor.brief.briefing import content_sha256
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.score.month.frames import ResolutionScores

# Numbers that a database gave and another would give otherwise.
_GIVEN = ("finding_id", "task_report_id", "obstacle_id", "request_id", "observation_id")


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where everything stood at one edition, as known at its tick.

    Attributes:
        scores: Assignments and nodes of the trees.
        obligations: What was owed for the period, with state, due_at and received_at (ledger.states).
    """

    period: Period
    scores: ResolutionScores
    obligations: pandas.DataFrame


@dataclass(frozen=True, slots=True)
class ResolutionSnapshot:
    """
    One period as known at the tick of its edition.

    Attributes:
        as_of: The tick of its edition.
        known_at: When the newest row was recorded that its scores know: what the edition prints as its closing time.
        now: Of the period.
        before: Of the edition before; None when this is the first.
        reports: Monthly reports of the last periods, this one included: agency_id, period_name, period_end, state.
        obstacles: Those that stand: agency_id, number, task_id, kind, text, resolver, is_resolved, received_at,
            submission_id, sheet, cell.
        requests: Those that stand: agency_id, number, kind, task_id, text, decider, proposed_due_on, cost_of_delay,
            received_at, submission_id, sheet, cell.
        findings: As ask.findings gives them, with the received_at of their file.
        submissions: One row per file of the period or behind a row: submission_id, sender_id, file_name, sha256,
            state, periods, received_at, is_demonstration.
        daily: Values of daily indicators of this day and the day before: agency_id, indicator_id, period_end, value,
            numerator, denominator, submission_id, sheet, cell; empty but for a bulletin.
        questions: What the screens ask of this month, by place: agency_id, item_id, screen, question, false_share,
            false_alarm_rate, needs_verification, reply_until, reply; empty but for a month.
        first_figures: First figures told again after they became the baseline (ask.baselines); empty where none was.
    """

    catalogue: Catalogue
    period: Period
    as_of: datetime
    known_at: datetime
    now: Standing
    before: Standing | None
    reports: pandas.DataFrame
    obstacles: pandas.DataFrame
    requests: pandas.DataFrame
    findings: pandas.DataFrame
    submissions: pandas.DataFrame
    daily: pandas.DataFrame = field(default_factory=pandas.DataFrame)
    questions: pandas.DataFrame = field(default_factory=pandas.DataFrame)
    first_figures: pandas.DataFrame = field(default_factory=pandas.DataFrame)

    @property
    def is_demonstration(self) -> bool:
        """Whether any file behind it is made up."""
        return bool(self.submissions["is_demonstration"].astype(bool).any())

    @property
    def sha256(self) -> str:
        """Of what is said, not of when it was loaded: the same files give the same hash on any machine."""
        frames = {name: getattr(self, name) for name in _FRAMES}
        frames |= {} if self.first_figures.empty else {"first_figures": self.first_figures}
        for name, standing in (("now", self.now), ("before", self.before)):
            if standing:
                tables = {"assignments": standing.scores.assignments, "nodes": standing.scores.nodes}
                tables["obligations"] = standing.obligations
                frames |= {f"{name}_{part}": frame for part, frame in tables.items()}
        digests = dict(zip(self.submissions["submission_id"], self.submissions["sha256"], strict=True))
        content = {name: _plain(frame, digests) for name, frame in frames.items()}
        named = {"catalogue": self.catalogue.sha256, "period": self.period.name, "as_of": self.as_of.isoformat()}
        # As it is printed: rows of one run are recorded microseconds apart, on any machine otherwise.
        named["known_at"] = self.known_at.astimezone(TIME_ZONE).isoformat(timespec="minutes")
        return content_sha256({**named, **content})


_FRAMES = ("reports", "obstacles", "requests", "findings", "submissions", "daily", "questions")


def _plain(frame: pandas.DataFrame, digests: dict[object, str]) -> object:
    """Rows as text, without the numbers a database gave them: a file goes by its sha256."""
    kept = frame.drop(columns=[column for column in _GIVEN if column in frame])
    if "submission_id" in kept:
        kept = kept.assign(submission_id=kept["submission_id"].map(digests))
    return kept.astype(str).to_dict("records")
