"""Explaining a score from the database: its cell, what superseded what, why there is none, and what was known when."""

import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from conftest import NOW
from rich.console import Console

from resolution_monitor.ask.explain import explain
from resolution_monitor.ask.explain_workbook import month_workbook
from resolution_monitor.catalogue.entries import Revision, Succession
from resolution_monitor.commands.explain import written
from resolution_monitor.commands.explain_text import lines_of
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, fill_period, waive
from resolution_monitor.pipeline.score import score
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.roles import as_purger
from resolution_monitor.store.submission_rows import ReceivedFile, insert_submissions

OCTOBER = parse_period("2026-10")
LATER = NOW + timedelta(days=1)
# Monthly, from 59 to 99.
ITEM, LEAD = "57.21", "BKHCN"
INSERT = (
    "insert into observation (submission_id, agency_id, indicator_id, period_kind, period_end, value, value_state,"
    " raw_text, printed_name, form, sheet, cell, is_retraction, recorded_at)"
    " values (%(submission_id)s, 'BKHCN', '57.21', 'month', '2026-10-31', %(value)s, 'reported',"
    " %(value)s, 'x', 'body_report', 'Chỉ tiêu', 'G7', false, %(recorded_at)s)"
)


def observe(context: Context, number: int, value: float, now: datetime) -> None:
    """A workbook in which the lead gives a figure for October."""
    with load_step(context.database, "trial", now) as step:
        file = ReceivedFile(LEAD, "inbox", f"{number}.xlsx", f"{number:064x}", 1, now)
        (submission_id,) = insert_submissions(step, [file]).new.values()
        row = {"submission_id": submission_id, "value": value, "recorded_at": step.recorded_at}
        step.connection.exec_driver_sql(INSERT, row)


def asked(context: Context, **named: Any) -> dict[str, Any]:
    return explain(context.database, context.catalogue, OCTOBER, **{"agency_id": LEAD, "item_id": ITEM, **named})


def step_of(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["steps"] if one["name"] == name)


def test_from_the_score_to_the_cell_and_back_in_time(context: Context):
    """
    60 was read, then 61: the later file counts and names what it superseded; a day earlier 60 counts.

    Printed, stored and as JSON it is the same score, and the numbers put into a formula make it.
    """
    observe(context, 1, 60.0, NOW)
    score(context, "resolutions_month", OCTOBER)
    observe(context, 2, 61.0, LATER)
    then, now = asked(context, known_at=NOW + timedelta(hours=1)), asked(context)
    raw, node, body = step_of(now, "a_raw"), now["weights"]["node"], now["weights"]["bodies"][0]
    text = _printed(now)

    assert (60.0, 61.0) == (step_of(then, "V")["value"], step_of(now, "V")["value"])
    assert ("2.xlsx", "Chỉ tiêu", "G7") == tuple(now["source"][name] for name in ("file_name", "sheet", "cell"))
    superseded = f"superseded by submission {now['source']['submission_id']}"
    assert [superseded, "counts"] == [version["standing"] for version in now["versions"]]
    assert [True] == [run["is_same"] for run in then["stored"]]
    assert ([], []) == (then["findings"], then["no_value"])
    assert "1-1*(99-61)/40" == raw["filled"]
    assert pytest.approx(2 / 40) == raw["value"]
    assert ("resolution", "57", "lead") == (node["node_kind"], node["node_id"], body["role"])
    assert pytest.approx(node["weight"] / node["weights_total"]) == node["share"]
    assert now["result"]["progress_low"] == json.loads(json.dumps(now, default=written))["result"]["progress_low"]
    assert "  sheet Chỉ tiêu, cell G7: '61.0'" in text
    assert "             = 100*MAX(0,MIN(1,1-MAX(0,E-a)/MAX(E,expected_floor)))" in text
    assert any(now["rules"]["rules_version"] in line for line in text)


def _printed(found: dict[str, Any]) -> list[str]:
    """As a narrow terminal gets it: long formulas stay on one line, so that they can be copied."""
    buffer = io.StringIO()
    console = Console(file=buffer, width=40, soft_wrap=True, highlight=False)
    for line in lines_of(found):
        console.print(line, markup=False)
    return buffer.getvalue().splitlines()


def test_both_targets_are_told_and_which_of_them_ranks(context: Context):
    """
    99 until 2030, lowered to 70 by the Government: shown with its document, in text and workbook, and 99 counts.
    """
    observe(context, 1, 60.0, NOW)
    indicator = context.catalogue.indicators[ITEM]
    targets = (replace(indicator.targets[-1], value=Decimal(70)),)
    lowered = Revision(date(2026, 10, 1), targets, "Nghị quyết số 99/NQ-CP", "Chính phủ", is_approved=False)
    told = {}
    for one in (lowered, replace(lowered, approved_by="Bộ Chính trị", is_approved=True)):
        revised = {**context.catalogue.indicators, ITEM: replace(indicator, revisions=(one,))}
        catalogue = replace(context.catalogue, indicators=revised)
        found = explain(context.database, catalogue, OCTOBER, agency_id=LEAD, item_id=ITEM)
        content = month_workbook(context.database, catalogue, OCTOBER, agency_id=LEAD)
        rows = openpyxl.load_workbook(io.BytesIO(content))["Số liệu vào"].iter_rows(min_row=5, values_only=True)
        (inputs,) = [row[-9:-6] for row in rows if row[0] == ITEM]
        told[one.is_approved] = (step_of(found, "VT")["value"], _printed(found), inputs)
    value, text, inputs = told[False]

    assert (99.0, 70.0) == (value, told[True][0])
    assert "  target 2030: >= 99 (original)" in text
    assert "  revised 2026-10-01: target 2030: >= 70 (current)" in text
    assert any("by Nghị quyết số 99/NQ-CP, approved by Chính phủ, not who issued" in line for line in text)
    assert ("  ranked on the original", "  ranked on the revision of 2026-10-01") == (
        next(line for line in text if "ranked" in line),
        next(line for line in told[True][1] if "ranked" in line),
    )
    assert ("≥ 99 (2030)", "≥ 70 (2030), từ 01/10/2026", "gốc") == inputs
    assert "điều chỉnh từ 01/10/2026" == told[True][2][-1]


def test_why_there_is_no_value(context: Context):
    """
    Owed and not received: missing; waived: neither missing nor late; a cell that says "withheld" is told as that.
    """
    fill_period(context, OCTOBER)
    missing = asked(context)
    waive(context, agency_id=LEAD, item_id=ITEM, period=OCTOBER, reason="x", author="An", withdraw=False)
    waived = asked(context)
    observe(context, 1, 60.0, LATER)
    with load_step(context.database, "trial", LATER) as opened:
        as_purger(opened.connection)
        opened.connection.exec_driver_sql("update observation set value = null, value_state = 'withheld'")
    withheld = asked(context)

    assert "missing: cut off, and neither received nor waived (2026-10)" in missing["no_value"]
    assert missing["source"] is None
    assert "waived: it is neither missing nor late (2026-10)" in waived["no_value"]
    assert "the body withheld the figure" in withheld["no_value"]
    assert "  no value: the body withheld the figure" in _printed(withheld)


def test_who_owed_it_then_is_named(context: Context):
    """
    From 31 October BTC stands for BKHCN: the score is BTC's, with the figure, and the report of October was BKHCN's.
    """
    observe(context, 1, 60.0, NOW)
    fill_period(context, OCTOBER)
    merger = Succession(LEAD, "BTC", date(2026, 10, 31), "x", "high")
    merged = replace(context.catalogue, successions=(*context.catalogue.successions, merger))
    found = asked(replace(context, catalogue=merged))

    assert ("BTC", LEAD) == (found["subject"]["agency_id"], found["report"]["agency_id"])
    assert "1.xlsx" == found["source"]["file_name"]


def test_workbook_names_its_cell_and_strangers_are_told(context: Context):
    """
    The inputs name the file that counts. Neither lead nor helper, an unknown code, a province: a sentence, no trace.
    """
    observe(context, 1, 60.0, NOW)
    content = month_workbook(context.database, context.catalogue, OCTOBER, agency_id=LEAD)
    rows = openpyxl.load_workbook(io.BytesIO(content))["Số liệu vào"].iter_rows(min_row=5, values_only=True)

    assert [("1.xlsx", "Chỉ tiêu", "G7", "60.0")] == [(row[-6], *row[-3:]) for row in rows if row[0] == ITEM]
    with pytest.raises(LedgerError, match=f"BYT neither leads nor helps {ITEM}"):
        asked(context, agency_id="BYT")
    with pytest.raises(LedgerError, match="not known"):
        asked(context, item_id="57.999")
    with pytest.raises(LedgerError, match="no score of its own"):
        asked(context, item_id="report")
    with pytest.raises(LedgerError, match="does not report"):
        month_workbook(context.database, context.catalogue, OCTOBER, agency_id="T01")
