"""A budget year as it was known: a corrected plan or result changes the later answer of every level, no earlier one."""

from datetime import datetime, timedelta
from typing import Any

from conftest import NOW

from resolution_monitor.ask.scores import LEVELS, scores
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.submission_rows import ReceivedFile, insert_submissions

YEAR = parse_period("2013")
PLACE = (
    "submission_id, agency_id, indicator_id, period_kind, period_end, value, raw_text, printed_name, form, sheet, cell,"
    " is_retraction, recorded_at"
)
VALUES = (
    "(%(submission_id)s, %(agency_id)s, 'NS.01', 'year', '2013-12-31', %(value)s, 'x', 'x', 'revenue', 'M09', 'C1',"
    " false, %(recorded_at)s"
)


def send(context: Context, number: int, figures: dict[tuple[str, str], float], now: datetime) -> None:
    """A workbook with figures by table (target or observation) and body."""
    with load_step(context.database, "trial", now) as step:
        file = ReceivedFile("BTC", "inbox", "a.xls", f"{number:064x}", 1, now)
        (submission_id,) = insert_submissions(step, [file]).new.values()
        for (table, agency_id), figure in figures.items():
            row: dict[str, Any] = {"submission_id": submission_id, "agency_id": agency_id, "value": figure}
            more = (", value_state", ", 'reported'") if table == "observation" else ("", "")
            statement = f"insert into {table} ({PLACE}{more[0]}) values {VALUES}{more[1]})"
            step.connection.exec_driver_sql(statement, {**row, "recorded_at": step.recorded_at})


def test_a_correction_changes_no_earlier_answer(context: Context):
    """
    Hải Phòng's result and Hải Dương's plan are corrected: as known before, every level answers as it did.
    """
    first = {("target", "T63-31"): 100.0, ("target", "T63-30"): 50.0}
    results = {("observation", "T63-31"): 98.0, ("observation", "T63-30"): 60.0}
    send(context, 1, {**first, **results}, NOW)
    then = NOW + timedelta(hours=1)
    before = {level: scores(context.database, context.catalogue, YEAR, level, None) for level in LEVELS}
    send(context, 2, {("observation", "T63-31"): 90.0, ("target", "T63-30"): 55.0}, NOW + timedelta(days=1))
    again = {level: scores(context.database, context.catalogue, YEAR, level, then) for level in LEVELS}
    now = scores(context.database, context.catalogue, YEAR, "indicator", None)

    assert [] == [level for level in LEVELS if not before[level].equals(again[level])]
    assert 100 * (98 + 60) / (100 + 50) == before["indicator"]["attainment_raw_pct"].item()
    assert 100 * (90 + 60) / (100 + 55) == now["attainment_raw_pct"].item()
