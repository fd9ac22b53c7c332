"""Figures of reports on resolutions: counts of assignments and of reports, with the cells and files behind each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from resolution_monitor.brief.figures import Figure, FigureBook, Origin, Source
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot, Standing
from resolution_monitor.brief.snapshot import records
from resolution_monitor.catalogue.by_language import names
from resolution_monitor.score.month.frames import NodeKind
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


class ResolutionFigures:
    """Looks rows up in a snapshot and makes figures of them, each made once."""

    def __init__(self, report: Report, snapshot: ResolutionSnapshot) -> None:
        self.report = report
        self.snapshot = snapshot
        self.say = report.messages.say
        self.counted = report.messages.counted
        self.listed = report.messages.listed
        self.word = report.messages.word
        self.language = report.language
        self.names = names(snapshot.catalogue, report.language)
        self.book = FigureBook(language=report.language)
        self.assignments = _assignments(snapshot.now)
        self.assignments_before = _assignments(snapshot.before)
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

    def change(self, now: Sequence[Row], before: Sequence[Row], about: str) -> Figure:
        """How many more or fewer than in the edition before."""
        difference = len(now) - len(before) if self.has_before else None
        return self.book.change(difference, Origin(self.say("rule_change"), about, self.sources([*now, *before])))


def _assignments(standing: Standing | None) -> list[Row]:
    return records(standing.scores.assignments) if standing else []


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


def of_resolution(assignments: Iterable[Row], code: str) -> list[Row]:
    return [assignment for assignment in assignments if assignment["resolution"] == code]
