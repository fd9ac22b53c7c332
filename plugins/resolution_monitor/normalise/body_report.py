"""A body's report, whatever file it came in, becomes its content, the places it was read from, and findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import fold
from resolution_monitor.collect.inbox import OPERATOR
from resolution_monitor.errors import PeriodError
from resolution_monitor.normalise.checks.answers import check_copied, check_stale
from resolution_monitor.normalise.known_before import (
    Before,
    CasesBefore,
    ClosedBefore,
    Owed,
    PeersBefore,
    ProvenBefore,
)
from resolution_monitor.normalise.notes import WAITING, Notes
from resolution_monitor.normalise.report_cells import BodyNames
from resolution_monitor.normalise.report_entries import Places, RowReader
from resolution_monitor.normalise.report_tables import (
    ReportTable,
    looks_like_report,
    metas_of,
    tables_of,
)
from resolution_monitor.normalise.sections import split_sections, true_names, unparted_line
from resolution_monitor.normalise.values import text_of
from resolution_monitor.normalise.whole_report import (
    codes_of,
    has_lost_letters,
    meant_period,
    tell_left_out,
    tell_no_meta,
    tell_unseen,
)
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import TEMPLATE_VERSION, BodyReport
from resolution_monitor.reporting.period_words import period_words
from resolution_monitor.terms import Finding, SubmissionState, Workbook, cell_address
from resolution_monitor.wording import day as written_day

_TITLE_ROWS = 4
_TRUE = {"co", "true", "1"}


@dataclass(frozen=True, slots=True)
class ReportReading:
    """
    What one submission of a body says.

    Attributes:
        report: None when the file is refused as a whole; rows that wait are left out.
        places: Where each entry of the report was read.
        period: None when the file does not name one.
    """

    report: BodyReport | None
    places: Places
    findings: tuple[Finding, ...]
    period: Period | None
    is_demonstration: bool = False
    document: None = field(default=None)

    @property
    def periods(self) -> tuple[Period, ...]:
        return () if self.period is None else (self.period,)

    @property
    def state(self) -> SubmissionState:
        """Rejected as a whole or without one good row beside bad ones, accepted in part with some, else accepted."""
        blocked = any(finding.severity in WAITING for finding in self.findings)
        if self.report is None or (blocked and not self.places):
            return SubmissionState.REJECTED
        return SubmissionState.ACCEPTED_IN_PART if blocked else SubmissionState.ACCEPTED


def is_body_report(workbook: Workbook) -> bool:
    """Whether a file is meant as a body's report; else it may be one of the forms."""
    sectioned = split_sections(workbook)
    return bool(metas_of(sectioned)) or looks_like_report(sectioned) or unparted_line(workbook) is not None


def understand_report(
    workbook: Workbook,
    catalogue: Catalogue,
    sender_id: str,
    *,
    received_at: datetime,
    owed: Owed,
    before: Before = lambda agency_id, period: None,
    asked: Period | None = None,
    closed: ClosedBefore = lambda agency_id, period: {},
    peers: PeersBefore = lambda agency_id, period: {},
    cases: CasesBefore = lambda agency_id, period, item: (),
    proven: ProvenBefore = lambda agency_id, period, entry: (),
    accepted: Mapping[str, str] | None = None,
) -> ReportReading:
    """
    Read one file of a body; what speaks for another body than its sender is refused.

    Args:
        received_at: Nothing in it can have been done later.
        owed: What is closed included.
        asked: The period that it is to be for; None takes the one that it names.
        accepted: Items of which a named person accepted what the file says of them, with the person's words.
    """
    whole, workbook = workbook, split_sections(workbook)
    true = true_names(whole, workbook)
    notes = Notes(catalogue.checks, true, accepted)
    meta = _meta_of(whole, workbook, notes)
    if meta is None:
        return _refused(notes, None, is_demonstration=any(map(_is_demonstration, metas_of(workbook))))
    tables = tables_of(workbook, notes)
    period = _period(meta, notes, _owes_of(tables, sender_id, owed))
    if not _is_from(sender_id, meta, catalogue, notes) or period is None:
        return _refused(notes, period, is_demonstration=_is_demonstration(meta))
    catalogue = catalogue.at(period.end)
    mine, latest_day = owed(period).get(sender_id), received_at.astimezone(TIME_ZONE).date()
    if (
        not _is_owed(mine, period, notes)
        or not _is_for(period, asked, latest_day, notes)
        or _is_retitled(tables, catalogue, sender_id, period, notes)
    ):
        return _refused(notes, period, is_demonstration=_is_demonstration(meta))
    tell_unseen(workbook, tables, notes)
    names, known = BodyNames(catalogue, period), before(sender_id, period)
    past = (known or {}, closed(sender_id, period), peers(sender_id, period), partial(cases, sender_id, period))
    reader = RowReader(
        catalogue, notes, names, sender_id, period, mine or {}, received_at, *past, partial(proven, sender_id, period)
    )
    return _read_whole(tables, reader, meta, received_at, true)


def _read_whole(
    tables: Mapping[str, ReportTable],
    reader: RowReader,
    meta: Mapping[str, str],
    received_at: datetime,
    true: Mapping[str, str],
) -> ReportReading:
    """Every row, and what is to be told of the report once all are read."""
    catalogue, notes = reader.catalogue, reader.notes
    report = _read(tables, reader, meta)
    tell_left_out(catalogue, tables, reader, _due(reader, meta, received_at))
    check_copied(notes, report, reader.before)
    check_stale(notes, meta.get("catalogue_sha256", ""), catalogue.sha256)
    places = {key: (true.get(sheet, sheet), cell) for key, (sheet, cell) in reader.places.items()}
    return ReportReading(report, places, tuple(notes.findings), reader.period, report.is_demonstration)


def _meta_of(whole: Workbook, workbook: Workbook, notes: Notes) -> Mapping[str, str] | None:
    """What the one report of a file says of itself; None, and told, where letters are lost or there is none, or two."""
    if has_lost_letters(whole, notes):
        return None
    metas = metas_of(workbook)
    if len(metas) != 1:
        tell_no_meta(whole, len(metas), notes)
        return None
    return metas[0]


def _refused(notes: Notes, period: Period | None, *, is_demonstration: bool) -> ReportReading:
    return ReportReading(None, {}, tuple(notes.findings), period, is_demonstration)


def _is_demonstration(meta: Mapping[str, str]) -> bool:
    return fold(meta.get("is_demonstration", "")).split(" ")[0] in _TRUE  # "Có", or with the mark behind it


def _owes_of(tables: Mapping[str, ReportTable], sender_id: str, owed: Owed) -> Callable[[Period], bool]:
    """Whether a sender owes for a period what its tables answer."""

    def owes(period: Period) -> bool:
        written = set().union(*codes_of(tables).values())
        return bool(written & (owed(period).get(sender_id) or {}).keys())

    return owes


def _period(meta: Mapping[str, str], notes: Notes, owes: Callable[[Period], bool]) -> Period | None:
    if meta.get("template_version") != TEMPLATE_VERSION:
        notes.add("template-outdated", value=meta.get("template_version") or "(không ghi)", expected=TEMPLATE_VERSION)
    try:
        return meant_period(meta["period"], owes)
    except PeriodError:
        notes.add("report-period-unknown", value=meta["period"] or "(trống)")
        return None


def _is_owed(mine: Mapping[str, datetime] | None, period: Period, notes: Notes) -> bool:
    if mine is None:
        notes.add("report-not-owed", value=period_words(period))
    return mine is not None


def _due(reader: RowReader, meta: Mapping[str, str], received_at: datetime) -> list[str]:
    """Items asked for by now: opened, and not closed by what was reported, or as the file itself says."""
    over = {item for item, one in reader.closed.items() if not one.is_owed}
    over |= set(meta.get(layout.CLOSED_KEY, "").split(", "))
    return [item for item, opens_at in reader.owed.items() if opens_at <= received_at and item not in over]


def _is_for(period: Period, asked: Period | None, latest_day: date, notes: Notes) -> bool:
    """Whether the file is for the period that was asked for, and that period has begun."""
    if asked is not None and asked != period:
        notes.add("period-differs", value=period_words(period), expected=period_words(asked))
    elif period.start > latest_day:
        notes.add("report-too-early", value=period_words(period), begins=written_day(period.start))
    else:
        return True
    return False


def _is_from(sender_id: str, meta: Mapping[str, str], catalogue: Catalogue, notes: Notes) -> bool:
    """Whether the file speaks for the body whose folder it came in."""
    speaker = catalogue.bodies.get(meta["agency_id"])
    name = speaker.name_vi if speaker else meta["agency_id"] or "(không ghi)"
    if sender_id == OPERATOR:
        notes.add("report-without-sender", value=name)
    elif sender_id not in catalogue.bodies:
        notes.add("unknown-sender", value=sender_id)
    elif meta["agency_id"] != sender_id:
        form, sender = f"Báo cáo của {name}", catalogue.bodies[sender_id].name_vi
        notes.add("wrong-sender", value=meta["agency_id"], form=form, expected=name, sender=sender)
    else:
        return True
    return False


def _is_retitled(
    tables: Mapping[str, ReportTable], catalogue: Catalogue, agency_id: str, period: Period, notes: Notes
) -> bool:
    """Whether the lines above a table name another body or period than the file itself: then nobody knows which."""
    body = catalogue.bodies[agency_id]
    expected = {
        layout.BODY_LINE: f"{body.name_vi} ({agency_id})",
        layout.PERIOD_LINE: period_words(period),
    }
    is_retitled = False
    for table in tables.values():
        for row, cells in enumerate(table.sheet.rows[:_TITLE_ROWS]):
            label, colon, told = text_of(cells[0] if cells else None).partition(":")
            if colon and label in expected and fold(told) != fold(expected[label]):
                is_retitled = True
                place = {"sheet": table.sheet.name, "cell": cell_address(row, 0)}
                notes.add("title-differs", **place, value=told.strip() or "(trống)", expected=expected[label])
    return is_retitled


def _read(tables: Mapping[str, ReportTable], reader: RowReader, meta: Mapping[str, str]) -> BodyReport:
    return BodyReport(
        agency_id=reader.agency_id,
        period=reader.period,
        indicators=tuple(reader.indicators(tables[layout.INDICATORS])) if layout.INDICATORS in tables else (),
        tasks=tuple(reader.tasks(tables[layout.TASKS])) if layout.TASKS in tables else (),
        obstacles=tuple(reader.obstacles(tables[layout.OBSTACLES])) if layout.OBSTACLES in tables else (),
        requests=tuple(reader.requests(tables[layout.REQUESTS])) if layout.REQUESTS in tables else (),
        template_version=meta.get("template_version", ""),
        is_demonstration=_is_demonstration(meta),
    )
