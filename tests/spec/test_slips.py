"""Slips of the keyboard, the unit and the row: what is asked about, and what honest figures never are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from unit.body_reports import INDICATORS, REASON, good_workbook, opened, understood, with_cells

from resolution_monitor.catalogue.entries import Catalogue, Revision
from resolution_monitor.normalise.checks.figures import check_figure
from resolution_monitor.normalise.checks.peers import check_peers
from resolution_monitor.normalise.checks.slips import came_to_target, check_exchanged, check_likely, check_targets
from resolution_monitor.normalise.notes import Notes
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.normalise.report_tables import ReportTable
from resolution_monitor.period import Period, parse_period
from resolution_monitor.reporting.content import IndicatorEntry, ValueState
from resolution_monitor.sample.body_reports import drafts_of
from resolution_monitor.sample.conduct import player_of
from resolution_monitor.sample.owed import owed_between
from resolution_monitor.terms import CellValue, Sheet

HONEST_BODIES = ("BCT", "BYT", "BTC", "BKHCN", "T79-UBND")
EMPTY = ReportTable(INDICATORS, Sheet(INDICATORS, False, ((),), ()), {"indicator_id": 0, "value": 1}, 0)


def told(
    catalogue: Catalogue,
    item: str,
    value: str,
    last: str | None,
    period: str = "2026-10",
    parts: tuple[str, str] | None = None,
) -> list[str]:
    """The checks that one figure raises beside the one before it."""
    numerator, denominator = map(Decimal, parts) if parts else (None, None)
    state = ValueState.ZERO if Decimal(value) == 0 else ValueState.REPORTED
    entry = IndicatorEntry(item, Decimal(value), state, numerator, denominator)
    notes = Notes(catalogue.checks)
    indicator, before = catalogue.indicators[item], None if last is None else Decimal(last)
    cells = RowCells(EMPTY, 0, notes)
    check_figure(cells, entry, indicator)
    check_likely(cells, entry, indicator, before, parse_period(period))
    return [finding.check for finding in notes.findings]


@pytest.mark.parametrize(
    ("item", "value", "last", "period", "expected"),
    [
        ("72.08", "8.95", "81.3", "2026-10", "figure-leaps"),  # a digit moved: 9 times less
        ("72.08", "76.2", "81.3", "2026-10", None),
        ("72.08", "100", "76.2", "2026-10", "share-moves-far"),  # 23.8 points in a month
        ("72.08", "85", "76.2", "2026-10", None),
        ("72.07", "89.5", "100", "2026-10", "share-moves-far"),  # back by 10.5
        ("72.04", "0.62", "30", "2026-10", "figure-leaps"),
        ("72.04", "0.42", "30", "2026-10", "share-looks-small"),
        ("72.04", "0.813", None, "2026-10", "share-looks-small"),  # first report; the target is 95
        ("68.11", "0.62", None, "2026-10", "share-looks-small"),  # ... or 30
        ("79.03", "0.37", None, "2026", "share-looks-small"),  # ... or 60 % of GDP at most
        ("71.05", "0.9", None, "2026", None),  # ... of 10 % at most it may be
        ("57.05", "0.4", None, "2026", None),  # ... of 3 % it may be
        ("57.03", "0.6", None, "2026", None),  # of 2 % of GDP
        ("57.03", "4.3", "0.43", "2026", "figure-leaps"),
        ("72.05", "0.1", None, "2026", None),  # what begins at nothing may be small
        ("72.06", "942", "94.2", "2026-10", "share-over-hundred"),  # "% dân số"
        ("57.01", "183", "18.3", "2026-Q3", "share-over-hundred"),  # "% GDP"
        ("72.04", "106", "89", "2026-10", "percent-out-of-range"),
        ("71.17", "240", None, "2026", "growth-over-hundred"),
        ("71.17", "3", "15", "2026", None),  # growth may leap
        ("72.04", "95", "80", "2026-10", "target-as-value"),
        ("72.04", "95", "92", "2026-10", None),
        ("57.10", "75", None, "2026", "far-beyond-target"),  # 8 % are aimed at
        ("57.10", "22", None, "2026", None),
        ("68.06", "35", None, "2026-Q3", "target-as-value"),  # the baseline is 30
        ("68.14", "0", "2735", "2026-10", "total-falls"),
        ("68.14", "2600", "2735", "2026-10", "total-falls"),
        ("68.14", "274", "2735", "2026-10", "figure-leaps"),  # a digit is missing: no remark alone settles it
        ("68.14", "27351", "2735", "2026-10", "figure-leaps"),
        ("68.14", "3", "1", "2026-10", None),  # so few may be three times as many
        ("70.02", "10.77", "106.4", "2026-10", "figure-leaps"),
        ("57.21", "5.9", None, "2026-10", "figure-leaps"),  # the baseline is 59
        ("D01", "0", "4", "2026-10-31", None),  # counts of days fall to nothing
        ("D01", "51", "4", "2026-10-31", None),
    ],
)
def test_one_figure(catalogue: Catalogue, item: str, value: str, last: str | None, period: str, expected: str | None):
    """
    A figure far from its past, its baseline or its target waits; what can be so is not asked about.
    """
    assert ([expected] if expected else []) == told(catalogue, item, value, last, period)


@pytest.mark.parametrize(
    ("value", "parts", "expected"),
    [
        ("85", ("85", "100"), None),
        ("0.85", ("85", "100"), "share-looks-small"),
        ("58", ("85", "100"), "ratio-not-met"),
        ("85", ("850", "100"), "part-exceeds-whole"),
    ],
)
def test_parts_of_a_ratio(catalogue: Catalogue, value: str, parts: tuple[str, str], expected: str | None):
    """
    A ratio that its own parts contradict waits.
    """
    assert ([expected] if expected else []) == told(catalogue, "72.04", value, None, parts=parts)


def test_parts_beside_any_share(catalogue: Catalogue):
    """
    Where a share that is no ratio comes with its parts, they are held against it too.
    """
    assert [] == told(catalogue, "72.06", "94.5", None, parts=("945", "1000"))
    assert ["ratio-not-met"] == told(catalogue, "72.06", "94.5", None, parts=("925", "1000"))


@pytest.mark.parametrize(
    ("value", "last", "others", "expected"),
    [
        # eight others from 90 to 97: median 93.5, spread 2 · 1.4826 = 2.97
        ("8.95", None, 8, "share-far-from-peers"),  # 84.6 away, beyond 30 and 6 · 2.97
        ("62", None, 8, "share-far-from-peers"),
        ("66", None, 8, None),
        ("0.91", None, 8, "share-looks-small"),
        ("62", "61", 8, None),  # it stood there before
        ("72", "93", 8, "share-far-from-peers"),  # it came there by 21 points
        ("75", "93", 8, None),
        ("8.95", None, 7, None),  # too few to tell
    ],
)
def test_a_share_beside_those_of_others(
    catalogue: Catalogue, value: str, last: str | None, others: int, expected: str | None
):
    """
    A share far from what the others said before waits, also at the first report; who was far before is left alone.
    """
    notes, peers = Notes(catalogue.checks), [Decimal(90 + place) for place in range(others)]
    entry = IndicatorEntry("72.04", Decimal(value), ValueState.REPORTED)
    before = None if last is None else Decimal(last)
    check_peers(RowCells(EMPTY, 0, notes), entry, catalogue.indicators["72.04"], before, peers)

    assert ([expected] if expected else []) == [finding.check for finding in notes.findings]


def test_counts_and_growth_are_not_held_against_others(catalogue: Catalogue):
    """
    A count grows with the body, and growth leaps.
    """
    for item in ("68.14", "71.17"):
        notes = Notes(catalogue.checks)
        entry = IndicatorEntry(item, Decimal(2), ValueState.REPORTED)
        check_peers(RowCells(EMPTY, 0, notes), entry, catalogue.indicators[item], None, [Decimal(95)] * 9)

        assert [] == notes.findings, item


def test_rows_pasted_one_down():
    """
    Two shares that stand where the row above stood are asked about; each names the row it looks like.
    """
    cells: dict[str, CellValue] = {"F7": 89.0, "F8": 97.0, "F9": 91.0, "G7": 89.1, "G8": 89.4, "G9": 97.0}
    reading = understood(with_cells(opened(good_workbook()), INDICATORS, **cells))

    assert {("rows-exchanged", "G8"), ("rows-exchanged", "G9")} == {(f.check, f.cell) for f in reading.findings}


def test_a_revised_target_as_value_is_asked_about(catalogue: Catalogue):
    """
    90 after 75 is asked about once a document says 90 instead of 95.
    """
    one = catalogue.indicators["72.04"]
    revision = Revision(date(2026, 9, 15), (replace(one.targets[0], value=Decimal(90)),), "x", "x", is_approved=False)
    changed = replace(catalogue, indicators={"72.04": replace(one, revisions=(revision,))})

    assert ([], ["target-as-value"]) == (told(catalogue, "72.04", "90", "75"), told(changed, "72.04", "90", "75"))


Row = tuple[str, str | None, str]  # indicator, last value, value


def told_together(catalogue: Catalogue, *rows: Row) -> list[tuple[str, str]]:
    """Indicator and check of what several rows of one report raise together."""
    notes, period = Notes(catalogue.checks), parse_period("2026-10")
    lasts = {item: None if last is None else Decimal(last) for item, last, _ in rows}
    held = {
        item: (RowCells(EMPTY, 0, notes), IndicatorEntry(item, Decimal(value), ValueState.REPORTED))
        for item, _, value in rows
    }
    check_exchanged(held, lasts, catalogue.indicators, period)
    check_targets(held, lasts, catalogue.indicators, period)
    return [(dict(finding.details)["item"], finding.check) for finding in notes.findings]


def test_counts_pasted_one_down(catalogue: Catalogue):
    """
    So are counts, of whatever unit: 1010 after 400 stands where 1000 stood, 410 after 106 where 400 stood.
    """
    rows = ("68.01", "1000", "1010"), ("68.14", "400", "1010"), ("70.02", "106", "410")

    assert [("68.14", "rows-exchanged"), ("70.02", "rows-exchanged")] == told_together(catalogue, *rows)
    assert [] == told_together(catalogue, ("68.01", "1000", "1010"), ("68.14", "400", "430"), ("70.02", "106", "107"))
    # So few are like many others.
    assert [] == told_together(catalogue, ("68.01", "5", "7"), ("68.14", "3", "5"), ("70.02", "2", "3"))


def test_targets_pasted_at_the_first_report(catalogue: Catalogue):
    """
    Two figures that are their very targets are asked about at the first report too; the whole is not, which many reach.
    """
    both = told_together(catalogue, ("57.11", None, "50"), ("57.12", None, "80"), ("72.04", None, "90"))

    assert [("57.11", "target-as-value"), ("57.12", "target-as-value")] == both
    assert [] == told_together(catalogue, ("72.07", None, "100"), ("72.08", None, "100"), ("57.11", None, "50"))


def test_a_share_worked_out_of_its_parts_is_no_pasted_target(catalogue: Catalogue):
    """
    The whole, reached at last by two shares with their counts, is an honest end; without counts it may be a column.
    """
    whole = IndicatorEntry("72.07", Decimal(100), ValueState.REPORTED, Decimal(2000), Decimal(2000))
    before, period = Decimal("90.5"), parse_period("2026-10")
    indicator = catalogue.indicators["72.07"]

    assert not came_to_target(whole, before, indicator, period)
    assert came_to_target(replace(whole, numerator=None, denominator=None), before, indicator, period)


# Name of the finding -> a report with a slip of scale, its cells and the figure that a reason must repeat.
SCALE_ERRORS: dict[str, tuple[str, str, dict[str, CellValue], str]] = {
    "figure-leaps": ("BYT", "2026-10", {"F7": 81.3, "G7": 8.95}, "8,95"),
    "ratio-not-met": ("BYT", "2026-10", {"G7": 9.15, "I7": 915.0, "J7": 1000.0}, "9,15"),
    "share-over-hundred": ("BKHCN", "2026-10", {"G7": 942.0}, "942"),
    "growth-over-hundred": ("BGDĐT", "2026", {"G17": 240.0}, "240"),
}


@pytest.mark.parametrize("check", SCALE_ERRORS)
def test_ten_letters_never_justify_a_slip_of_scale(check: str):
    """
    A remark that happens to stand there settles nothing; one that repeats the figure does.
    """
    agency_id, period, cells, figure = SCALE_ERRORS[check]
    reason = f"K{next(iter(cells))[1:]}"
    for remark, expected in ((REASON, check), (f"{REASON}, đúng là {figure}", "justified")):
        changed = with_cells(opened(good_workbook(agency_id, period)), INDICATORS, **cells, **{reason: remark})
        found = understood(changed, agency_id).findings

        assert {expected} == {one.check for one in found if dict(one.details).get("fill") == reason}, remark


def test_targets_pasted_over_values():
    """
    Two figures that came to their very targets at once are asked about; one alone may well have done so.
    """
    cells: dict[str, CellValue] = {"F7": 93.0, "G7": 95.0, "F8": 97.0, "G8": 100.0}
    both = understood(with_cells(opened(good_workbook()), INDICATORS, **cells))
    one = understood(with_cells(opened(good_workbook()), INDICATORS, **cells | {"G8": 98.0}))

    assert {("target-as-value", "G7"), ("target-as-value", "G8")} == {(f.check, f.cell) for f in both.findings}
    assert () == one.findings


@pytest.mark.parametrize("figure", ["0,419", "0.419"])
def test_a_reason_repeats_the_figure(figure: str):
    """
    A slip of scale goes in with a reason that repeats the figure as Vietnamese text writes it.
    """
    cells: dict[str, CellValue] = {"F7": 41.5, "G7": 0.419, "K7": f"{REASON}, đúng là {figure}%"}
    reading = understood(with_cells(opened(good_workbook()), INDICATORS, **cells))

    assert ["justified" if figure == "0,419" else "share-looks-small"] == [one.check for one in reading.findings]


def test_honest_figures_are_never_asked_about(catalogue: Catalogue):
    """
    Eight months of the demonstration's honest figures raises nothing, whatever their period.
    """
    pairs = list(_pairs(catalogue))
    raised = [(pair, found) for *pair, found in pairs if found]

    assert len(pairs) > 200
    assert [] == raised


def _pairs(catalogue: Catalogue) -> Iterator[tuple[str, str, str, str | None, list[str]]]:
    owed = owed_between(catalogue, parse_period("2026-03"), parse_period("2026-10"))
    for agency_id in HONEST_BODIES:
        last: dict[tuple[str, str], str] = {}
        for draft in drafts_of(catalogue, owed[agency_id], player_of(1, agency_id)):
            period: Period = draft.owed.period
            for entry in draft.report.indicators:
                key = period.kind, entry.indicator_id
                value, before = str(entry.value), last.get(key)
                yield agency_id, *key, value, told(catalogue, entry.indicator_id, value, before, period.name)
                last[key] = value
