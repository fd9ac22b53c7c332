"""A layout that arrives monthly is one YAML file: from the inbox to rows, ledger, scores and answers, without code."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, ROOT
from made_up_forms import (
    MONTHLY,
    MONTHLY_CELLS,
    QUARTERLY,
    QUARTERLY_CELLS,
    add_form,
    add_investment,
    changed,
    copied_catalogue,
    workbook,
)

from resolution_monitor.ask.changes import changes
from resolution_monitor.ask.explain import explain
from resolution_monitor.ask.file_reading import reading_of_file
from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, fill_period
from resolution_monitor.pipeline.check_file import check_file
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store.catalogue_rows import save_catalogue
from resolution_monitor.terms import CellValue

SEPTEMBER, OCTOBER = parse_period("2026-09"), parse_period("2026-10")
ROWS = (
    "select agency_id, indicator_id, period_kind, period_end, value, raw_text, sheet, cell, form from observation"
    " where not is_retraction order by period_end, indicator_id, agency_id"
)


@pytest.fixture
def monthly(context: Context, tmp_path: Path) -> Context:
    """The road of an installation whose catalogue is the shipped one and one YAML file."""
    return with_catalogue(context, copied_catalogue(tmp_path / "root"), MONTHLY)


def with_catalogue(context: Context, root: Path, form: str) -> Context:
    add_form(root, form)
    catalogue = load_catalogue(root / "catalogue")
    save_catalogue(context.database, catalogue, NOW)
    return replace(context, settings=replace(context.settings, root=root), catalogue=catalogue)


def lay(inbox: Path, name: str, cells: list[list[CellValue]], received_at: str, sheet_name: str = "Bieu 1") -> None:
    (inbox / "BTC").mkdir(parents=True, exist_ok=True)
    (inbox / "BTC" / name).write_bytes(workbook(cells, sheet_name))
    clock = inbox / "received.csv"
    told = clock.read_text() if clock.exists() else "path,received_at\n"
    clock.write_text(f"{told}BTC/{name},{received_at}\n")


def walk(context: Context, inbox: Path) -> dict[str, int]:
    collect(context, inbox)
    return normalise(context, OCTOBER)


def rows(context: Context) -> list[tuple[Any, ...]]:
    with context.database.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(ROWS).fetchall()]


def assignment(context: Context, indicator_id: str) -> dict[str, Any]:
    """The score line of an indicator."""
    scores = score_resolutions(month_as_known(context.database, context.catalogue, OCTOBER, None))
    (row,) = scores.assignments[scores.assignments["item_id"] == indicator_id].to_dict("records")
    return {str(name): value for name, value in row.items()}


def month(number: int, now: str, before: str, share: float = 41.9) -> list[list[CellValue]]:
    """The monthly layout of a month, with its share of high technology in exports."""
    heads: Mapping[tuple[int, int], CellValue] = {
        (1, 0): f"MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI THÁNG {number} NĂM 2026",
        (3, 2): f"Thực hiện {before}",
        (3, 3): f"Ước {now}",
        (5, 3): share,
    }
    return changed(MONTHLY_CELLS, heads)


def test_one_yaml_file_is_all_there_is_to_add(tmp_path: Path):
    """
    Beside the shipped catalogue there is one file more, and no other differs.
    """
    root = copied_catalogue(tmp_path)
    added = add_form(root, MONTHLY)
    files = {path.relative_to(root): path.read_bytes() for path in (root / "catalogue").rglob("*") if path.is_file()}
    shipped = {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / "catalogue").rglob("*") if path.is_file()}

    assert {added.relative_to(root): MONTHLY.encode()} == {name: files[name] for name in files.keys() - shipped.keys()}
    assert shipped == {name: files[name] for name in shipped}
    assert "economy_month" in load_catalogue(root / "catalogue").forms


def test_a_month_from_the_inbox_to_its_rows(monthly: Context, tmp_path: Path):
    """
    Each figure is a row of the body that answers for it, with period, unit of the indicator, sheet and cell.
    """
    lay(tmp_path / "inbox", "thang10.xlsx", MONTHLY_CELLS, "2026-11-06T09:00:00+07:00")
    counts = walk(monthly, tmp_path / "inbox")

    assert (1, 6, 0) == (counts["files"], counts["values"], counts["findings"])
    assert [
        ("BCT", "57.11", "month", date(2026, 9, 30), Decimal("41.5"), "41.5", "Bieu 1", "C6", "economy_month"),
        ("BTC", "68.01", "month", date(2026, 9, 30), Decimal("1.012"), "1012", "Bieu 1", "C7", "economy_month"),
        ("BTC", "72.06", "month", date(2026, 9, 30), Decimal("94.1"), "94.1", "Bieu 1", "C8", "economy_month"),
        ("BCT", "57.11", "month", date(2026, 10, 31), Decimal("41.9"), "41,9", "Bieu 1", "D6", "economy_month"),
        ("BTC", "68.01", "month", date(2026, 10, 31), Decimal("1.0205"), "1.020,5", "Bieu 1", "D7", "economy_month"),
        ("BTC", "72.06", "month", date(2026, 10, 31), Decimal("94.3"), "94.3", "Bieu 1", "D8", "economy_month"),
    ] == [(*row[:5], row[5].removesuffix(".0"), *row[6:]) for row in rows(monthly)]


def test_without_the_yaml_nothing_is_read(context: Context, tmp_path: Path):
    """
    The same file is no known form, and its sender is told so; once the YAML is there it is read where it lies.
    """
    lay(tmp_path / "inbox", "thang10.xlsx", MONTHLY_CELLS, "2026-11-06T09:00:00+07:00")
    walk(context, tmp_path / "inbox")
    before = rows(context), list(standing_findings(context.database, OCTOBER, with_notes=False)["check_code"])
    walk(with_catalogue(context, copied_catalogue(tmp_path / "root"), MONTHLY), tmp_path / "inbox")

    assert ([], ["no-known-form"]) == before
    assert 6 == len(rows(context))
    assert standing_findings(context.database, OCTOBER, with_notes=False).empty


def test_ledger_and_scores_take_the_figure(monthly: Context, tmp_path: Path):
    """
    57.11 of BCT is told in time and scored by the form's figure; the form is nobody's monthly report.
    """
    fill_period(monthly, OCTOBER)
    before = assignment(monthly, "57.11")
    lay(tmp_path / "inbox", "thang10.xlsx", MONTHLY_CELLS, "2026-11-06T09:00:00+07:00")
    walk(monthly, tmp_path / "inbox")
    states = {
        (agency_id, row["item_id"]): row["state"]
        for agency_id in ("BCT", "BTC")
        for row in standing(
            monthly.database, monthly.catalogue, [OCTOBER], seen=Seen(as_of=NOW), agency_id=agency_id
        ).to_dict("records")
    }
    scored = assignment(monthly, "57.11")

    assert ("received_on_time", "received_on_time") == (states["BCT", "57.11"], states["BTC", "68.01"])
    assert ("missing", "missing") == (states["BCT", "report"], states["BTC", "report"])
    assert (1, 0) == (before["missed"], scored["missed"])
    assert ("BCT", 41.9, OCTOBER.end) == (scored["agency_id"], scored["value"], scored["value_on"])


def test_a_corrected_version_takes_the_place_of_the_first(monthly: Context, tmp_path: Path):
    """
    A, then B: B's figure stands, and `changes` tells which gave way, with file and cell.
    """
    inbox = tmp_path / "inbox"
    lay(inbox, "a.xlsx", MONTHLY_CELLS, "2026-11-06T09:00:00+07:00")
    walk(monthly, inbox)
    first = assignment(monthly, "57.11")["value"]
    lay(inbox, "b.xlsx", changed(MONTHLY_CELLS, {(5, 3): 43.5}), "2026-11-08T09:00:00+07:00")
    walk(monthly, inbox)
    explained = explain(monthly.database, monthly.catalogue, OCTOBER, agency_id="BCT", item_id="57.11")
    (change,) = changes(monthly.database, monthly.catalogue, "BCT", OCTOBER).to_dict("records")

    assert (41.9, 43.5) == (first, assignment(monthly, "57.11")["value"])
    assert ("b.xlsx", "D6", "BTC") == tuple(explained["source"][name] for name in ("file_name", "cell", "sender_id"))
    assert ("57.11", "corrected") == (change["item_id"], change["change"])
    assert ("reported 41.9", "a.xlsx", "D6") == (change["old"], change["old_file"], change["old_cell"])
    assert ("reported 43.5", "b.xlsx", "D6") == (change["new"], change["new_file"], change["new_cell"])


def test_a_file_of_another_month_in_this_months_run(monthly: Context, tmp_path: Path):
    """
    September's file, read while October is run, is September's; what October's file says of September came later.
    """
    inbox = tmp_path / "inbox"
    lay(inbox, "thang9.xlsx", month(9, "tháng 9", "tháng 8", share=40.1), "2026-10-06T09:00:00+07:00")
    lay(inbox, "thang10.xlsx", MONTHLY_CELLS, "2026-11-06T09:00:00+07:00")
    walk(monthly, inbox)
    known = month_as_known(monthly.database, monthly.catalogue, OCTOBER, None).values
    share = known[known["indicator_id"] == "57.11"].set_index("period_end")

    assert {date(2026, 9, 30): 41.5, date(2026, 10, 31): 41.9} == {
        day: float(value) for day, value in share["value"].items() if day >= date(2026, 9, 30)
    }
    assert "C6" == share.loc[date(2026, 9, 30), "cell"]


def test_a_contradiction_is_told_to_its_sender(monthly: Context, tmp_path: Path):
    """
    A heading of another month than the title's: no row, one finding with its cell and what to do.
    """
    lay(tmp_path / "inbox", "x.xlsx", month(10, "tháng 8", "tháng 9"), "2026-11-06T09:00:00+07:00")
    walk(monthly, tmp_path / "inbox")
    (told,) = standing_findings(monthly.database, OCTOBER, with_notes=False).to_dict("records")

    assert [] == rows(monthly)
    assert ("BTC", "x.xlsx", "Bieu 1", "D4") == tuple(
        told[name] for name in ("sender_id", "file_name", "sheet", "cell")
    )
    assert "ghi «Ước tháng 8», trong khi theo ô A2 phải là tháng 10 năm 2026" in told["text_vi"]
    assert told["action_vi"].startswith("Đề nghị ghi thống nhất kỳ số liệu")


def test_a_quarter_from_the_inbox_to_its_rows(context: Context, tmp_path: Path):
    """
    Provinces' figures since January, in the indicator's unit, are kept for the quarter they end with.
    """
    root = copied_catalogue(tmp_path / "root")
    add_investment(root)
    quarterly = with_catalogue(context, root, QUARTERLY)
    lay(tmp_path / "inbox", "quy3.xlsx", changed(QUARTERLY_CELLS, {(3, 3): None}), "2026-10-06T09:00:00+07:00")
    walk(quarterly, tmp_path / "inbox")

    assert [
        ("T01", "XX.01", "quarter", date(2026, 9, 30), Decimal(20_250), "C7"),
        ("T04", "XX.01", "quarter", date(2026, 9, 30), Decimal(10_250), "C8"),
    ] == [(*row[:5], row[7]) for row in rows(quarterly)]


def test_before_it_is_sent_and_before_it_is_written(monthly: Context, tmp_path: Path):
    """
    `check` says what the inbox would say; `read` shows which column tells of which period, in which unit.
    """
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(workbook(MONTHLY_CELLS))
    bad.write_bytes(workbook(MONTHLY_CELLS, "T9"))
    (fit,) = [one for one in reading_of_file(monthly.settings, good)["forms"] if one["form"] == "economy_month"]
    checked = check_file(monthly.settings, bad, "BTC", OCTOBER, NOW)
    for_august = check_file(monthly.settings, good, "BTC", parse_period("2026-08"), NOW)

    assert check_file(monthly.settings, good, "BTC", OCTOBER, NOW).is_clean
    assert ["period-differs"] == [told.check for told in for_august.answer.findings]
    assert ["period-differs-inside"] == [told.check for told in checked.answer.findings]
    unit = "%, triệu doanh nghiệp, % dân số"
    assert [
        {"column": "C", "period": "2026-09", "unit": unit, "times": "by row"},
        {"column": "D", "period": "2026-10", "unit": unit, "times": "by row"},
    ] == fit["figures"]
