"""All files that one body sends during the demonstration, with the faults planted in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.reporting.content import BodyReport, TaskState
from resolution_monitor.sample.arrivals import on_time, second_version, too_late
from resolution_monitor.sample.body_reports import (
    Draft,
    drafts_of,
    reached,
    values_of,
    with_last_values,
    without_closed,
)
from resolution_monitor.sample.conduct import Player, player_of
from resolution_monitor.sample.draws import chosen
from resolution_monitor.sample.fault_plan import fault_of, is_missing
from resolution_monitor.sample.faulty import Slip, corrected, doubled, off_total, possible_faults, unreadable
from resolution_monitor.sample.manifest import Fault, FaultKind, MadeFile
from resolution_monitor.sample.owed import Owed
from resolution_monitor.sample.spoil import cell_of, row_again, written_over

_SECOND_FILE = timedelta(minutes=7)
_MONTH = "month"


@dataclass(frozen=True, slots=True)
class Sent:
    """What one body sent, and what is wrong with it."""

    files: tuple[MadeFile, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one report is written: whose it is, what it says, and who else there is to mistake it for."""

    catalogue: Catalogue
    player: Player
    draft: Draft
    others: Sequence[str]

    @property
    def owed(self) -> Owed:
        return self.draft.owed

    @property
    def is_csv(self) -> bool:
        return self.owed.period.kind == "day"

    def file(self, report: BodyReport | None = None, *, suffix: str = "", at: datetime | None = None) -> MadeFile:
        """The file as the body sends it: the draft on time, unless told otherwise."""
        return MadeFile(
            path=f"{self.player.agency_id}/{self.file_name(suffix)}",
            agency_id=self.player.agency_id,
            sender_id=self.player.agency_id,
            period=self.owed.period.name,
            received_at=at or on_time(self.player, self.owed),
            content=self.content(report or self.draft.report),
        )

    def file_name(self, suffix: str) -> str:
        stem = "so-lieu-ngay" if self.is_csv else "bao-cao"
        due = f"-{self.owed.due_at:%m%d}" if self.owed.period.kind == "year" else ""
        return f"{stem}-{self.owed.period.name}{due}{suffix}.{'csv' if self.is_csv else 'xlsx'}"

    def content(self, report: BodyReport) -> bytes:
        if self.is_csv:
            return report_csv(report, self.catalogue.sha256)
        return template_workbook(
            self.catalogue,
            self.player.agency_id,
            self.owed.period,
            items=self.owed.items,
            last_values=self.draft.last_values,
            last_told=self.draft.last_told,
            due_at=self.owed.due_at,
            filled=report,
        )

    def fault(self, kind: FaultKind, file: MadeFile | None, slip: Slip | None = None, cell: str | None = None) -> Fault:
        return Fault(
            kind=kind,
            agency_id=self.player.agency_id,
            sender_id=file.sender_id if file else self.player.agency_id,
            period=self.owed.period.name,
            path=file.path if file else None,
            item_ids=self.owed.items,
            item_id=slip.place.item_id if slip else None,
            sheet=slip.place.sheet if slip else None,
            cell=cell,
            written=slip.written if slip else None,
            received_at=file.received_at if file else None,
        )


def files_of_body(catalogue: Catalogue, owed: Sequence[Owed], seed: int, others: Sequence[str]) -> Sent:
    """
    Write what one body sends.

    Args:
        owed: All of one body, by due time.
        others: Bodies in whose folder its files may land by mistake: they owe nothing but the report itself, so that a
            stray answers for nothing of theirs.
    """
    player = player_of(seed, owed[0].agency_id)
    files: list[MadeFile] = []
    faults: list[Fault] = []
    before: Draft | None = None
    closed: set[str] = set()
    copied: dict[str, Decimal] = {}
    for whole in drafts_of(catalogue, owed, player):
        draft = without_closed(whole, closed)
        is_month = draft.owed.period.kind == _MONTH
        if is_month:
            draft = with_last_values(draft, copied)
        possible = possible_faults(catalogue, draft, before if is_month else None)
        name = draft.owed.name
        hosts = [key for key in others if key != player.agency_id and not is_missing(player_of(seed, key), name)]
        desk = Desk(catalogue, player, draft, hosts)
        kind = fault_of(player, name, possible if desk.others else possible - {FaultKind.WRONG_SENDER})
        sent = _SENDERS[kind](desk, before) if kind else Sent((desk.file(),), ())
        files += sent.files
        faults += sent.faults
        if sent.files:
            told = before.report if kind is FaultKind.COPY and before else draft.report
            closed |= _closed_by(catalogue, told, sent.faults)
        if is_month:
            copied = values_of(before.report) if kind is FaultKind.COPY and before else {}
            before = draft if kind is None else None
    return Sent(tuple(files), tuple(faults))


def _closed_by(catalogue: Catalogue, report: BodyReport, faults: Sequence[Fault]) -> set[str]:
    """What a file closes: tasks that are done, targets that are reached; a row that waits says nothing."""
    waiting = {fault.item_id for fault in faults if fault.kind in (FaultKind.UNREADABLE, FaultKind.TOTAL)}
    done = {entry.task_id for entry in report.tasks if entry.state is TaskState.DONE}
    return (done | reached(catalogue, report)) - waiting


def _late(desk: Desk, before: Draft | None) -> Sent:
    file = desk.file(at=too_late(desk.player, desk.owed))
    return Sent((file,), (desk.fault(FaultKind.LATE, file),))


def _missing(desk: Desk, before: Draft | None) -> Sent:
    return Sent((), (desk.fault(FaultKind.MISSING, None),))


def _wrong_sender(desk: Desk, before: Draft | None) -> Sent:
    """It lies in its own folder, and a copy in that of somebody else."""
    own = desk.file()
    other = chosen(desk.player.draws(desk.owed.name, "other"), desk.others)
    path = f"{other}/{desk.file_name('-' + desk.player.agency_id)}"
    stray = replace(own, path=path, sender_id=other)
    return Sent((own, stray), (desk.fault(FaultKind.WRONG_SENDER, stray),))


def _duplicate_file(desk: Desk, before: Draft | None) -> Sent:
    own = desk.file()
    path = f"{desk.player.agency_id}/{desk.file_name('_ban-sao')}"
    again = replace(own, path=path, received_at=own.received_at + _SECOND_FILE)
    return Sent((own, again), (desk.fault(FaultKind.DUPLICATE_FILE, again),))


def _unreadable(desk: Desk, before: Draft | None) -> Sent:
    slip = unreadable(desk.player, desk.draft)
    file = desk.file()
    spoiled = written_over(file.content, slip.place, slip.written, is_csv=desk.is_csv)
    file = replace(file, content=spoiled.content)
    return Sent((file,), (desk.fault(FaultKind.UNREADABLE, file, slip, spoiled.cell),))


def _duplicate_row(desk: Desk, before: Draft | None) -> Sent:
    slip = doubled(desk.player, desk.catalogue, desk.draft)
    file = desk.file()
    spoiled = row_again(file.content, slip.place, slip.written, is_csv=desk.is_csv)
    file = replace(file, content=spoiled.content)
    return Sent((file,), (desk.fault(FaultKind.DUPLICATE_ROW, file, slip, spoiled.cell),))


def _correction(desk: Desk, before: Draft | None) -> Sent:
    """Two versions: the first on time, the second holds."""
    report, slip = corrected(desk.player, desk.catalogue, desk.draft)
    second = desk.file(report, suffix="-thay-the", at=second_version(desk.player, desk.owed))
    return Sent((desk.file(), second), (desk.fault(FaultKind.CORRECTION, second, slip),))


def _copy(desk: Desk, before: Draft | None) -> Sent:
    """The month before once more, under this month's name."""
    assert before is not None  # noqa: S101 - possible only then
    file = desk.file(replace(before.report, period=desk.owed.period))
    return Sent((file,), (desk.fault(FaultKind.COPY, file),))


def _total(desk: Desk, before: Draft | None) -> Sent:
    report, slip = off_total(desk.player, desk.catalogue, desk.draft)
    file = desk.file(report)
    cell = cell_of(file.content, slip.place, is_csv=desk.is_csv)
    return Sent((file,), (desk.fault(FaultKind.TOTAL, file, slip, cell),))


_SENDERS: dict[FaultKind, Callable[[Desk, Draft | None], Sent]] = {
    FaultKind.LATE: _late,
    FaultKind.MISSING: _missing,
    FaultKind.WRONG_SENDER: _wrong_sender,
    FaultKind.DUPLICATE_FILE: _duplicate_file,
    FaultKind.UNREADABLE: _unreadable,
    FaultKind.DUPLICATE_ROW: _duplicate_row,
    FaultKind.CORRECTION: _correction,
    FaultKind.COPY: _copy,
    FaultKind.TOTAL: _total,
}
