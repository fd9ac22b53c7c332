"""Budget year 2011, made from the sheets of 2013, on the whole road: exact, or ended in what its sender must mend."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import NOW
from end_to_end.test_real_data import walk
from other_years import Change, cells_of, hide_columns, hide_rows, of_year, put

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.scores import scores
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import open_context
from resolution_monitor.settings import Settings
from resolution_monitor.store import score_rows

YEAR = parse_period("2011")
PLAIN: tuple[Change, ...] = ()
HIDDEN = (hide_rows("M09+", 15, 16, 31), hide_columns("M09+", "C"), put("M09+", A10="TT", J8="ĐVT: tỷ đồng"))
NEW_HEADINGS = (
    put("M09+", C10="THU NSNN PHÁT SINH TRÊN ĐỊA BÀN"),
    put("M07+", A2="CHI NGÂN SÁCH TRUNG ƯƠNG THEO TỪNG BỘ, CƠ QUAN, QUYẾT TOÁN NĂM 2011"),
    put("M01+", C9="Thực hiện năm 2011"),
    put("M02+", C9="Thực hiện năm 2011"),
)


def laid(folder: Path, changes: Sequence[Change]) -> Path:
    """An inbox with plan and result of 2011; the result is changed."""
    inbox = folder / "inbox" / "BTC"
    inbox.mkdir(parents=True)
    (inbox / "Plan_2011.xlsx").write_bytes(of_year("Plan_2013", 2011))
    (inbox / "Final_2011.xlsx").write_bytes(of_year("Final_2013", 2011, *changes))
    return inbox.parent


@pytest.mark.parametrize(("changes", "thousands"), [(PLAIN, 1), (HIDDEN, 1000)])
def test_a_year_nobody_has_seen_is_exact(ready: Settings, tmp_path: Path, changes: Sequence[Change], thousands: int):
    """
    Every stored figure is that of its cell; every province has plan and result; a briefing is made.
    """
    inbox = laid(tmp_path, changes)

    outcome = walk(ready, inbox, "2011")

    with open_context(ready, NOW) as context:
        values = score_rows.values_as_known(context.database, YEAR)
        provinces = scores(context.database, context.catalogue, YEAR, "province", None)
    assert 126 + 90 + 6 == len(values)
    for row in values.to_dict("records"):
        held = cells_of(inbox / "BTC" / row["file_name"])[row["sheet"]][row["cell"]].value
        is_changed = row["indicator_id"] == "NS.01" and row["file_name"].startswith("Final")
        factor = thousands if is_changed else 1_000 if row["agency_id"] == "VN" else 1
        assert Decimal(repr(held)) * factor == row["value"], row
    assert 34 == provinces["attainment_raw_pct"].notna().sum()
    assert outcome["brief"]


def test_new_headings_end_in_findings(ready: Settings, tmp_path: Path):
    """
    A year whose result bears new headings on every sheet ends with its exit code, and with findings that name each.
    """
    inbox = laid(tmp_path, NEW_HEADINGS)

    with pytest.raises(NothingToReportError, match="110 planned and 0 final") as ended:
        walk(ready, inbox, "2011")

    with open_context(ready, NOW) as context:
        found = standing_findings(context.database, YEAR, with_notes=False)
    told = found[found["file_name"] == "Final_2011.xlsx"].set_index("sheet")[["check_code", "cell"]]
    assert 32 == ended.value.exit_code
    assert {
        "M09+": {"check_code": "unknown-header", "cell": "C10"},
        "M07+": {"check_code": "title-not-found", "cell": "A2"},
        "M01+": {"check_code": "unknown-header", "cell": "C9"},
        "M02+": {"check_code": "unknown-header", "cell": "C9"},
    } == told.to_dict("index")
