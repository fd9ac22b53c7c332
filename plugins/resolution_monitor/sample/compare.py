"""Holds what was found against what was planted: for each kind of fault what was found, missed, or found in vain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas

from resolution_monitor.ledger.items import REPORT_ID
from resolution_monitor.period import parse_period
from resolution_monitor.sample.expected import EXPECTED, AnswerKind
from resolution_monitor.sample.manifest import Fault, FaultKind, Manifest

FINDING_COLUMNS = ("check_code", "sender_id", "file_name", "sheet", "cell", "raw_value")
STATE_COLUMNS = ("agency_id", "period", "item_id", "state", "due_at")
VALUE_COLUMNS = ("agency_id", "period", "item_id", "value")
# Where a finding stands, or an obligation: what must agree for one to answer the other.
Spot = tuple[str | None, ...]
# Chains in which a body owes the report as a whole, too.
_WITH_REPORT = "month"


@dataclass(frozen=True, slots=True)
class Score:
    """
    How well one kind of fault was found.

    Attributes:
        true, false, missed: Spots found that were planted, found that were not, planted that were not found.
        false_spots, missed_spots: Which, in order.
    """

    kind: FaultKind
    planted: int
    true: int
    false_spots: tuple[Spot, ...]
    missed_spots: tuple[Spot, ...]

    @property
    def precision(self) -> float:
        """1 where nothing was found."""
        found = self.true + len(self.false_spots)
        return self.true / found if found else 1.0

    @property
    def recall(self) -> float:
        """1 where nothing was planted."""
        asked = self.true + len(self.missed_spots)
        return self.true / asked if asked else 1.0


def scores_of(
    manifest: Manifest,
    *,
    findings: pandas.DataFrame,
    states: pandas.DataFrame,
    values: pandas.DataFrame,
    as_of: datetime,
) -> list[Score]:
    """
    One score for each kind of fault.

    Args:
        findings: FINDING_COLUMNS, all that stand.
        states: STATE_COLUMNS, one row an obligation, at `as_of`.
        values: VALUE_COLUMNS, one row an item with the value that holds.
        as_of: A file that comes later is missing.
    """
    return [_score(kind, manifest, findings, states, values, as_of) for kind in FaultKind]


def _score(
    kind: FaultKind,
    manifest: Manifest,
    findings: pandas.DataFrame,
    states: pandas.DataFrame,
    values: pandas.DataFrame,
    as_of: datetime,
) -> Score:
    faults = [fault for fault in manifest.faults if fault.kind is kind]
    answer = EXPECTED[kind]
    if answer.kind is AnswerKind.FINDING:
        expected = {_finding_spot(fault) for fault in faults}
        found = _found(findings, kind)
    elif answer.kind is AnswerKind.STATE:
        expected = {spot for fault in manifest.faults for spot in _spots_in_state(fault, answer.code, as_of)}
        found = _in_state(manifest, states, answer.code)
    else:
        expected = {_value_spot(fault) for fault in faults}
        found = _holding(values) & expected
    return Score(
        kind=kind,
        planted=len(faults),
        true=len(expected & found),
        false_spots=_ordered(found - expected),
        missed_spots=_ordered(expected - found),
    )


def _ordered(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    return tuple(sorted(spots, key=lambda spot: tuple(part or "" for part in spot)))


def _finding_spot(fault: Fault) -> Spot:
    assert fault.path is not None  # noqa: S101 - only a report that never came has none
    return fault.sender_id, fault.path.split("/")[-1], fault.sheet, fault.cell


def _found(findings: pandas.DataFrame, kind: FaultKind) -> set[Spot]:
    """Where findings of this kind stand. A file that came twice is kept once: the finding names the second."""
    rows = findings[findings["check_code"] == EXPECTED[kind].code]
    named = rows["raw_value"] if kind is FaultKind.DUPLICATE_FILE else rows["file_name"]
    cells = rows[["sheet", "cell"]].astype(object).where(rows[["sheet", "cell"]].notna(), None)
    return set(zip(rows["sender_id"], named, cells["sheet"], cells["cell"], strict=True))


def _spots_in_state(fault: Fault, state: str, as_of: datetime) -> list[Spot]:
    """The obligations that a fault puts into a state."""
    never = fault.kind is FaultKind.MISSING
    late = fault.kind is FaultKind.LATE
    if late and fault.received_at is not None and fault.received_at > as_of:
        never, late = True, False
    whole = [REPORT_ID] if parse_period(fault.period).kind == _WITH_REPORT else []
    items = [*whole, *fault.item_ids]
    if (state == EXPECTED[FaultKind.MISSING].code and never) or (state == EXPECTED[FaultKind.LATE].code and late):
        return [(fault.agency_id, fault.period, item) for item in items]
    return _left_unanswered(fault, state)


# What keeps its row out, until it is mended or a reason is given: the item goes unanswered.
_KEPT_OUT = {FaultKind.UNREADABLE, FaultKind.TOTAL}


def _left_unanswered(fault: Fault, state: str) -> list[Spot]:
    """A row kept out answers for nothing, though the rest of its file does; a file of that row alone is refused."""
    is_alone = fault.item_ids == (fault.item_id,)
    if fault.kind in _KEPT_OUT and not is_alone and state == EXPECTED[FaultKind.MISSING].code:
        return [(fault.agency_id, fault.period, fault.item_id)]
    return []


def _in_state(manifest: Manifest, states: pandas.DataFrame, state: str) -> set[Spot]:
    """Obligations that the demonstration covers and that stand in this state."""
    told = {(file["agency_id"], file["period"]) for file in manifest.files}
    told |= {(fault.agency_id, fault.period) for fault in manifest.faults}
    rows = states[(states["state"] == state) & states["due_at"].between(manifest.begins_at, manifest.ends_at)]
    keys = zip(rows["agency_id"], rows["period"], rows["item_id"], strict=True)
    return {(agency, period, item) for agency, period, item in keys if (agency, period) in told}


def _value_spot(fault: Fault) -> Spot:
    return fault.agency_id, fault.period, fault.item_id, _plain(fault.written or "")


def _holding(values: pandas.DataFrame) -> set[Spot]:
    keys = zip(values["agency_id"], values["period"], values["item_id"], values["value"], strict=True)
    return {(agency, period, item, _plain(str(value))) for agency, period, item, value in keys}


def _plain(number: str) -> str:
    """The same number in the same letters, such as "59.7"."""
    return f"{float(number.replace(',', '.')):.9g}"


def score_table(scores: Iterable[Score]) -> list[str]:
    """The scores as lines of a Markdown table."""
    lines = [
        "| fault | answered by | planted | true | false | missed | precision | recall |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for score in scores:
        answer = EXPECTED[score.kind]
        lines.append(
            f"| {score.kind.value} | {answer.kind.value} {answer.code} | {score.planted} | {score.true} | "
            f"{len(score.false_spots)} | {len(score.missed_spots)} | {score.precision:.2f} | {score.recall:.2f} |"
        )
    return lines


def together(scores: Iterable[Iterable[Score]]) -> list[Score]:
    """The scores of several demonstrations added up."""
    by_kind: dict[FaultKind, list[Score]] = {}
    for one in scores:
        for score in one:
            by_kind.setdefault(score.kind, []).append(score)
    return [
        Score(
            kind=kind,
            planted=sum(score.planted for score in some),
            true=sum(score.true for score in some),
            false_spots=tuple(spot for score in some for spot in score.false_spots),
            missed_spots=tuple(spot for score in some for spot in score.missed_spots),
        )
        for kind, some in by_kind.items()
    ]
