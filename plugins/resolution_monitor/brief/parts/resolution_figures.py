"""Figures of reports on resolutions: counts of assignments and of reports, with the cells and files behind each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.figures import Figure, FigureBook, Origin, Source
from resolution_monitor.brief.parts.limit_words import limit_words, setting_words
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot, Standing
from resolution_monitor.brief.snapshot import records
from resolution_monitor.catalogue.by_language import names
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.rules.limits import limits_on
from resolution_monitor.score.rules.situation import Status

Row = dict[str, Any]

# The four states of a page and what has not begun; missing data is a state of its own and never green.
STATE_OF: dict[str, str] = {
    Status.RED.value: "red",
    Status.OVERDUE.value: "red",
    Status.AMBER.value: "amber",
    Status.GREEN.value: "green",
    Status.DONE.value: "green",
    Status.DONE_LATE.value: "green",
    Status.ON_TARGET.value: "green",
    Status.NO_DATA.value: "no_data",
    Status.UNRATED.value: "no_data",
    Status.NOT_STARTED.value: "not_started",
}
STATES = ("red", "amber", "green", "no_data", "not_started")
# State -> a status whose mark stands for it.
MARKS = {"red": "RED", "amber": "AMBER", "green": "GREEN", "no_data": "NO_DATA"}


# Of what is closed, or cannot be judged at all, no deadline passes; what is overdue is told as that.
CLOSED = (Status.DONE.value, Status.DONE_LATE.value, Status.ON_TARGET.value)
NOT_OPEN = (*CLOSED, Status.UNRATED.value, Status.OVERDUE.value)


class ResolutionFigures:
    """Looks rows up in a snapshot and makes figures of them, each made once."""

    def __init__(self, report: Report, snapshot: ResolutionSnapshot) -> None:
        self.limits = limits_on(snapshot.catalogue, snapshot.period.end)
        limits = limit_words(self.limits, report.language)
        settings = setting_words(report.settings, report.language)
        self.words: Mapping[str, str] = {**settings, **limits, **_days_in_words(snapshot, report.language)}
        report = report.given(self.words)
        self.report = report
        self.snapshot = snapshot
        self.say = report.messages.say
        self.counted = report.messages.counted
        self.listed = report.messages.listed
        self.word = report.messages.word
        self.language = report.language
        self.names = names(snapshot.catalogue, report.language)
        self.book = FigureBook(language=report.language)
        self.as_at = snapshot.period.end
        self.assignments = _assignments(snapshot.now, self.as_at)
        self.assignments_before = _assignments(snapshot.before, snapshot.before.period.end if snapshot.before else None)
        self.has_before = snapshot.before is not None
        self.files = records(snapshot.submissions.sort_values(["sender_id", "file_name", "sha256"]))
        self._file_of = {row["submission_id"]: row for row in self.files}
        self._obstacles = records(snapshot.obstacles)

    def at(self, key: str) -> None:
        """Name the place in which the figures made next are printed."""
        self.book.place = self.say(key)

    @property
    def demonstration(self) -> str:
        """The words that mark made-up data; empty where no file behind the snapshot is made up."""
        return self.word("mark", "demonstration") if self.snapshot.is_demonstration else ""

    def name(self, agency_id: str | None) -> str:
        return self.names.body(agency_id)

    def item(self, item_id: str) -> str:
        """The name of a task or an indicator."""
        return self.names.item(item_id)

    def nodes(self, kind: NodeKind, standing: Standing | None = None) -> dict[str, Row]:
        """node_id -> row, of now or of another standing."""
        frame = (standing or self.snapshot.now).scores.nodes
        return {row["node_id"]: row for row in records(frame[frame["node_kind"] == kind.value])}

    def obstacles_of(self, agency_id: str, item_id: str) -> list[Row]:
        """Unresolved ones that a body names for a task."""
        return [
            row
            for row in self._obstacles
            if row["agency_id"] == agency_id and row["task_id"] == item_id and not row["is_resolved"]
        ]

    def sources(self, rows: Iterable[Mapping[str, Any]]) -> tuple[Source, ...]:
        """The cells rows were read from; a row that nothing was received for has none."""
        found = ((self._file_of.get(row["submission_id"]), row) for row in rows)
        return tuple(
            Source(_path(file), row["sheet"] or "", row["cell"] or "", file["sha256"]) for file, row in found if file
        )

    def file_sources(self, agency_ids: Iterable[str]) -> tuple[Source, ...]:
        """The files of the period that these bodies sent."""
        senders, name = set(agency_ids), self.snapshot.period.name
        chosen = (row for row in self.files if row["sender_id"] in senders and name in row["periods"])
        return tuple(Source(_path(row), "", "", row["sha256"]) for row in chosen)

    def count(self, rows: Sequence[Row], rule: str, about: str) -> Figure:
        """How many rows there are; `rule` is the key of a message."""
        return self.book.count(len(rows), Origin(self.say(rule), about, self.sources(rows)))

    def things(self, assignments: Iterable[Row]) -> dict[str, set[str]]:
        """Tasks and indicators that assignments are about: a task given to many is one."""
        found: dict[str, set[str]] = {"task": set(), "indicator": set()}
        for assignment in assignments:
            found[assignment["item_kind"]].add(assignment["parent_task"] or assignment["item_id"])
        return found

    def things_in_words(self, assignments: Sequence[Row]) -> str:
        """ "8 nhiệm vụ và 2 chỉ tiêu", without the one of which there is none."""
        parts = []
        for kind, found in self.things(assignments).items():
            own = [assignment for assignment in assignments if assignment["item_kind"] == kind]
            if found:
                origin = Origin(self.say(f"rule_{kind}s"), self.say("about_assignments"), self.sources(own))
                parts.append(self.counted(f"count_{kind}s", len(found), count=self.book.count(len(found), origin)))
        return self.listed(parts)

    def change(self, now: Sequence[Row], before: Sequence[Row], about: str) -> Figure:
        """How many more or fewer than in the edition before."""
        difference = len(now) - len(before) if self.has_before else None
        return self.book.change(difference, Origin(self.say("rule_change"), about, self.sources([*now, *before])))


def _assignments(standing: Standing | None, as_at: date | None) -> list[Row]:
    """
    The assignments, with the days by which each is overdue counted to the one day of the document.

    Each was scored as at the end of its own last period; a page that prints these days side by side has one day.
    """
    rows = records(standing.scores.assignments) if standing else []
    for row in rows:
        if as_at is not None and row["status"] == Status.OVERDUE.value and isinstance(row["due_on"], date):
            row["overdue_days"] = float((as_at - row["due_on"]).days)
    return rows


def _days_in_words(snapshot: ResolutionSnapshot, language: str) -> dict[str, str]:
    """The day to which days are counted, and up to when the edition knows what came."""
    closing = snapshot.known_at.astimezone(TIME_ZONE)
    return {
        "as_at": wording.day(snapshot.period.end, language),
        "as_at_short": wording.day_of_month(snapshot.period.end, language),
        "closing_moment": f"{closing:%H:%M}",
        "closing_day": wording.day(closing.date(), language),
    }


def _path(file: Mapping[str, Any]) -> str:
    return f"{file['sender_id']}/{file['file_name']}"


def state_of(assignment: Mapping[str, Any]) -> str:
    return STATE_OF[assignment["status"]]


def in_state(assignments: Iterable[Row], state: str) -> list[Row]:
    return [assignment for assignment in assignments if state_of(assignment) == state]


def is_overdue(assignment: Mapping[str, Any]) -> bool:
    """Past a deadline that somebody verified; an assumed one never counts."""
    return (
        assignment["status"] == Status.OVERDUE.value
        and not assignment["is_due_assumed"]
        and assignment["overdue_days"] > 0
    )


def is_passed_since(assignment: Mapping[str, Any], as_at: date) -> bool:
    """Open at its last report, and past a verified deadline since then: what became of it is not known."""
    due_on = assignment["due_on"]
    if assignment["is_due_assumed"] or not isinstance(due_on, date) or assignment["status"] in NOT_OPEN:
        return False
    return bool(assignment["as_at"] <= due_on < as_at)


def of_resolution(assignments: Iterable[Row], code: str) -> list[Row]:
    return [assignment for assignment in assignments if assignment["resolution"] == code]
