"""An indicator that reached its target at its deadline: its figures stand until a named person accepts others."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import NOW
from made_up_forms import add_form, changed, copied_catalogue, workbook
from unit.body_reports import opened
from unit.test_ledger import count
from unit.test_value_states import lay

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, accept, fill_period
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.template import write_template
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, ValueState
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store.catalogue_rows import save_catalogue
from resolution_monitor.terms import CellValue

# 100 % by the end of 2025, told every month by BTP.
ITEM, DIFFERS = "66.01", "closed-figure-differs"
# A figure that is the target itself, or moves far, goes in with a reason that repeats it.
REMARK = "Đã rà soát lại toàn bộ, kết quả đến cuối kỳ là {}"
FORM = """\
form: law_month
describes: Một số chỉ tiêu xây dựng pháp luật hằng tháng
sent_by: [BTC]
role: observation
bodies: lead
covers_every_body: false
title: mot so chi tieu xay dung phap luat
period: {kind: month}
columns:
  body: ^chi tieu
  unit: ^don vi tinh
  value: [{name: ước tháng báo cáo, header: ^uoc thang}]
units_in: row
lines: [{indicator_id: '66.01', name: ^diem nghen duoc thao go}]
dot_groups_thousands: true
"""
CELLS: list[list[CellValue]] = [
    ["MỘT SỐ CHỈ TIÊU XÂY DỰNG PHÁP LUẬT THÁNG 7 NĂM 2026"],
    ["Chỉ tiêu", "Đơn vị tính", "Ước tháng 7"],
    ["Điểm nghẽn được tháo gỡ", "%", 90.0],
]


def tell(inbox: Path, at: str, period: str, value: int | None) -> None:
    """A report of BTP laid into the inbox."""
    state = ValueState.NOT_APPLICABLE if value is None else ValueState.REPORTED
    figure = None if value is None else Decimal(value)
    entry = IndicatorEntry(ITEM, figure, state, explanation=REMARK.format(value))
    lay(inbox, BodyReport("BTP", parse_period(period), (entry,), (), (), ()), f"2026-{at}T10:00:00+07:00")


def read(context: Context, inbox: Path) -> None:
    collect(context, inbox)
    normalise(context, None)


def send(context: Context, inbox: Path, at: str, period: str, value: int | None) -> None:
    tell(inbox, at, period, value)
    read(context, inbox)


def closed_in_june(context: Context, inbox: Path) -> None:
    tell(inbox, "05-09", "2026-04", 90)
    send(context, inbox, "07-09", "2026-06", 100)
    for month in ("2026-04", "2026-05", "2026-06", "2026-10"):
        fill_period(context, parse_period(month))


def stands(context: Context) -> dict[str, Decimal | None]:
    """What stands of the indicator by month."""
    values = month_as_known(context.database, context.catalogue, parse_period("2026-10"), None).values
    some = values[(values["indicator_id"] == ITEM) & (values["agency_id"] == "BTP")]
    return {end.strftime("%m"): value for end, value in sorted(zip(some["period_end"], some["value"], strict=True))}


def score(context: Context) -> tuple[object, ...]:
    scores = score_resolutions(month_as_known(context.database, context.catalogue, parse_period("2026-10"), None))
    row = scores.assignments.set_index("item_id").loc[ITEM]
    return tuple(row[["status", "missed", "lag_days", "value", "progress_low"]])


def asked(context: Context) -> list[tuple[str, str]]:
    """Severity and words of what is asked of closed indicators."""
    found = standing_findings(context.database, None, with_notes=False)
    return [(row["severity"], row["text_vi"]) for row in found.to_dict("records") if row["check_code"] == DIFFERS]


def owed(context: Context, months: Sequence[str]) -> list[str]:
    """The months for which BTP owes it."""
    found = []
    for period in map(parse_period, months):
        fill_period(context, period)
        rows = standing(context.database, context.catalogue, [period], seen=Seen(NOW), agency_id="BTP")
        found += [period.name] * (ITEM in set(rows["item_id"]))
    return found


def test_what_was_accepted_of_a_closed_indicator_stands(context: Context, tmp_path: Path):
    """
    Lower, higher or no figure at all is asked, with both values, and changes neither what stands nor a score: for the
    month that closed it, for one after, and for one before that would have closed it sooner; whatever the remark.
    """
    closed_in_june(context, tmp_path)
    before, scored = stands(context), score(context)
    assert {"04": Decimal(90), "06": Decimal(100)} == before
    assert ("DONE_LATE", 0) == scored[:2]
    others = (("2026-07", 90), ("2026-06", 97), ("2026-07", None), ("2026-04", 100), ("2026-05", 100))
    for day, (period, value) in enumerate(others, start=11):
        tell(tmp_path, f"08-{day}", period, value)
    read(context, tmp_path)

    assert (before, scored) == (stands(context), score(context))
    told = asked(context)
    assert ["justify"] * len(others) == [severity for severity, _ in told]
    since = "chỉ tiêu đã đạt mục tiêu từ kỳ đến 30/06/2026"
    words = f"ghi 90, khác với số đã được chấp nhận là 100 (kỳ đến 30/06/2026); {since}"
    assert 1 == sum(words in text for _, text in told)


def test_the_same_figure_and_an_old_gap_go_in(context: Context, tmp_path: Path):
    """
    Told again as it stands it goes in, without being asked whether the target was copied; so does a gap from before.
    """
    closed_in_june(context, tmp_path)
    tell(tmp_path, "08-08", "2026-07", 100)
    send(context, tmp_path, "08-09", "2026-05", 95)

    assert ["04", "05", "06", "07"] == list(stands(context))
    assert [] == asked(context)


def test_files_of_one_run_are_held_against_each_other(context: Context, tmp_path: Path):
    """
    Whether files come one by one or all in one run, the later ones are asked, and the same stands.
    """
    for at, period, value in (("05-09", "2026-04", 90), ("07-09", "2026-06", 100), ("08-09", "2026-07", 90)):
        tell(tmp_path, at, period, value)
    read(context, tmp_path)
    fill_period(context, parse_period("2026-10"))

    assert {"04": Decimal(90), "06": Decimal(100)} == stands(context)
    assert 1 == len(asked(context))


def test_a_named_person_accepts(context: Context, tmp_path: Path):
    """
    Accepted by a named person the lower figure stands and counts, and the indicator is owed again from the month after;
    the decision withdrawn, it is closed as before.
    """
    closed_in_june(context, tmp_path)
    send(context, tmp_path, "08-11", "2026-07", 90)
    assert ["2026-06"] == owed(context, ["2026-06", "2026-07", "2026-08"])
    before = score(context)
    decision = {
        "submission_id": count(context, "submission"),
        "item_id": ITEM,
        "reason": "CV 7/BTP",
        "author": "N. V. A",
    }
    with pytest.raises(LedgerError, match="waits for a decision"):
        accept(context, **{**decision, "item_id": "66.02"})

    accept(context, **decision)
    assert {"04": Decimal(90), "06": Decimal(100), "07": Decimal(90)} == stands(context)
    assert [] == asked(context)
    later = replace(context, now=NOW.replace(minute=NOW.minute + 1))
    assert ["2026-06", "2026-08"] == owed(later, ["2026-06", "2026-07", "2026-08"])
    assert ("OVERDUE", 90) == (score(context)[0], score(context)[3])
    accept(context, **decision, withdraw=True)
    assert before == score(later)


def test_its_row_leaves_the_workbook(context: Context, tmp_path: Path):
    """
    The workbook of June has its row, that of July has not.
    """
    closed_in_june(context, tmp_path / "inbox")
    for month, expected in (("2026-06", True), ("2026-07", False)):
        path = write_template(context, "BTP", parse_period(month), tmp_path / f"{month}.xlsx")
        written = {
            row[0] for one in opened(path.read_bytes()).sheets for row in one.rows if row and one.name != "_meta"
        }

        assert expected is (ITEM in written), month


def test_a_form_of_another_sender_changes_nothing(context: Context, tmp_path: Path):
    """
    What a form says of a closed indicator is asked likewise, with its cell; the figure that stands again is taken.
    """
    root = copied_catalogue(tmp_path / "root")
    add_form(root, FORM)
    catalogue = load_catalogue(root / "catalogue")
    save_catalogue(context.database, catalogue, NOW)
    context = replace(context, settings=replace(context.settings, root=root), catalogue=catalogue)
    inbox = tmp_path / "inbox"
    closed_in_june(context, inbox)
    before = stands(context), score(context)
    (inbox / "BTC").mkdir()
    for name, value in (("lower.xlsx", 90.0), ("same.xlsx", 100.0)):
        (inbox / "BTC" / name).write_bytes(workbook(changed(CELLS, {(2, 2): value})))
        (inbox / "received.csv").open("a").write(f"BTC/{name},2026-08-0{len(name) - 2}T10:00:00+07:00\n")
        read(context, inbox)
        taken = {"lower.xlsx": before[0], "same.xlsx": {**before[0], "07": Decimal(100)}}

        assert taken[name] == stands(context)
        assert before[1] == score(context)
        assert 1 == len(asked(context))
    assert "Ô C3 của «66.01» ghi 90" in asked(context)[0][1]
