"""Zero, not applicable, no activity, withheld and missing: five states through store, ledger, score and page."""

from dataclasses import replace
from decimal import Decimal
from math import isnan
from pathlib import Path

import example_snapshot
from conftest import NOW, ROOT
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.brief.parts.bulletin_values import values_part
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.report import load_report
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, fill_period
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, ValueState
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store import snapshot_rows

DAY = parse_period("2026-10-31")
FIGURE = "D01"
SAID: dict[str, tuple[Decimal | None, ValueState]] = {
    "T01-UBND": (Decimal(10), ValueState.REPORTED),
    "T04-UBND": (Decimal(0), ValueState.ZERO),
    "T08-UBND": (None, ValueState.NOT_APPLICABLE),
    "T11-UBND": (None, ValueState.NO_ACTIVITY),
    "T12-UBND": (None, ValueState.WITHHELD),
}
SILENT = "T14-UBND"
REASON = "Chưa đến kỳ công bố số liệu"  # where there is no value, a reason is asked for


def lay(inbox: Path, report: BodyReport, received_at: str) -> None:
    folder = inbox / report.agency_id
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{len(list(folder.iterdir()))}.csv"
    (folder / name).write_bytes(report_csv(report))
    clock = inbox / "received.csv"
    told = clock.read_text() if clock.exists() else "path,received_at\n"
    clock.write_text(f"{told}{report.agency_id}/{name},{received_at}\n")


def test_five_states_of_a_day(context: Context, tmp_path: Path):
    """
    All five have answered in time, three have content, two are figures; the page adds up the figures and counts them.
    """
    for agency_id, (value, state) in SAID.items():
        entry = IndicatorEntry(FIGURE, value, state, explanation=REASON)
        lay(tmp_path, BodyReport(agency_id, DAY, (entry,), (), (), ()), "2026-10-31T15:00:00+07:00")
    collect(context, tmp_path)
    normalise(context, DAY)
    fill_period(context, DAY)

    rows = standing(context.database, context.catalogue, [DAY], seen=Seen(as_of=NOW))
    rows = rows[rows["item_id"] == FIGURE].set_index("agency_id")
    found = {key: tuple(rows.loc[key, ["state", "answer", "cells_filled"]]) for key in (*SAID, SILENT)}
    in_time = "received_on_time"
    expected = {
        key: (in_time, state.value, int("appl" not in state and "with" not in state))
        for key, (_, state) in SAID.items()
    }
    assert {**expected, SILENT: ("missing", None, 0)} == {
        key: (state, None if answer != answer else answer, cells) for key, (state, answer, cells) in found.items()
    }

    daily = snapshot_rows.daily_values_as_known(context.database, [DAY.end], None)
    assert {key: value for key, (value, _) in SAID.items()} == dict(
        zip(daily["agency_id"], daily["value"], strict=True)
    )
    snapshot = replace(example_snapshot.example_day(context.catalogue), daily=daily)
    page = ResolutionFigures(load_report(ROOT / "report_templates", "bulletin_day", ROOT), snapshot)
    row = next(row for row in values_part(page)["values"] if row["code"] == FIGURE)
    assert str(row["now"]) == "10"
    assert row["counted"].startswith("2/")


def test_five_states_of_a_score(context: Context, tmp_path: Path):
    """
    Zero is a figure and scores; "not applicable" and "withheld" leave the report missed, as silence does; a share of
    nothing that happened is a case without a value.
    """
    fill_period(context, OCTOBER)
    first = IndicatorEntry("72.04", None, ValueState.WITHHELD, explanation=REASON)
    lay(tmp_path, replace(good_report(), indicators=(first,)), "2026-11-05T10:00:00+07:00")
    collect(context, tmp_path)
    normalise(context, OCTOBER)
    month = month_as_known(context.database, context.catalogue, OCTOBER, None)
    assert ["withheld"] == list(month.values["value_state"])
    said = {state: month.values.assign(value=value, value_state=state.value) for value, state in SAID.values()}
    found = {
        state: score_resolutions(replace(month, values=values))
        .assignments.set_index("item_id")
        .loc["72.04", ["value", "missed", "status"]]
        for state, values in {**said, None: month.values.iloc[:0]}.items()
    }

    assert (10.0, 0) == tuple(found[ValueState.REPORTED][["value", "missed"]])
    assert (0.0, 0) == tuple(found[ValueState.ZERO][["value", "missed"]])
    for state in (ValueState.NOT_APPLICABLE, ValueState.WITHHELD):
        assert isnan(found[state]["value"])
        assert found[None].equals(found[state])
    assert isnan(found[ValueState.NO_ACTIVITY]["value"])
