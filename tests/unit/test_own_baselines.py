"""Baselines that are first figures, down the road: corrected, decided on by a person, explained, printed, listed."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import example_snapshot
import pandas
import pytest
from conftest import ROOT
from openpyxl import load_workbook
from prove.gaming_of_values import (
    GAMING,
    HONEST,
    ITEMS,
    MONTHS,
    OCTOBER,
    TRUTH,
    Sent,
    catalogue_of,
    composites,
    figure,
    monthly,
)
from unit.test_ledger import count

from resolution_monitor.ask.baselines import COLUMNS, baselines_told_again
from resolution_monitor.ask.explain import explain
from resolution_monitor.ask.missing_baselines import missing_baselines
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.brief.parts.baseline_table import baseline_rows
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.report import load_report
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.commands.explain_text import lines_of
from resolution_monitor.errors import LedgerError
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.period import TIME_ZONE, parse_period
from resolution_monitor.pipeline import Context, rebaseline
from resolution_monitor.pipeline.score import score
from resolution_monitor.pipeline.template import write_template
from resolution_monitor.store import ledger_rows

ITEM = ITEMS[GAMING]
DECISION = {"indicator_id": ITEM, "reason": "Biên bản kiểm chứng số 5", "author": "N. V. A"}
BRIEFED = datetime(2026, 11, 12, 7, 0, tzinfo=TIME_ZONE)


@pytest.fixture
def corrected(context: Context) -> Context:
    """A body told 50 in April, and again as 45 in October, which is scored."""
    chosen = catalogue_of(context.catalogue)
    files = monthly(GAMING, [figure(value) for value in TRUTH])
    composites(context, chosen, [*files, Sent(GAMING, MONTHS[0], figure(45), date(2026, 10, 20))])
    return replace(context, catalogue=chosen, now=BRIEFED)


def submission_of(context: Context, value: float) -> int:
    """Number of the file that tells this value."""
    with context.database.transaction() as connection:
        found = connection.exec_driver_sql(
            "select submission_id from observation where indicator_id = %(item)s and value = %(value)s",
            {"item": ITEM, "value": value},
        )
        return int(found.scalar_one())


def rescored(context: Context, minutes: int) -> tuple[float, float, str]:
    """V0, P and flags of the indicator as a run some minutes later stores them."""
    run = score(replace(context, now=BRIEFED + timedelta(minutes=minutes)), "resolutions_month", OCTOBER)
    rows = scores_as_stored(context.database, run["scoring_run_id"]).assignments.set_index("item_id")
    return tuple(rows.loc[ITEM, ["baseline", "progress_low", "flags"]])


def test_a_named_person_makes_it_the_baseline(corrected: Context):
    """
    11 of 20 against .751 is 73.2; from 45 it is 16 of 25 and 85.2. The decision is kept, and may be taken back.
    """
    number = submission_of(corrected, 45)
    kept = rescored(corrected, 0)
    later = replace(corrected, now=BRIEFED + timedelta(minutes=1))
    assert rebaseline(later, submission_id=number, **DECISION)
    assert not rebaseline(replace(later, now=BRIEFED + timedelta(minutes=2)), submission_id=number, **DECISION)
    decided = rescored(corrected, 3)
    rebaseline(replace(corrected, now=BRIEFED + timedelta(minutes=4)), submission_id=number, **DECISION, withdraw=True)

    assert (50, pytest.approx(100 * 11 / 20 / (184 / 245)), "FIRST_CORRECTED|SELF_BASELINE") == kept
    assert (45, pytest.approx(100 * 16 / 25 / (184 / 245)), "BASELINE_DECIDED|SELF_BASELINE") == decided
    assert kept == rescored(corrected, 5)
    assert (2, 2) == (count(corrected, "baseline_decision"), count(corrected, "journal"))


def test_who_decides_on_what_is_no_first_figure_is_told(corrected: Context):
    """
    A later month, an unknown file, an indicator with a baseline, a decision nobody took, and no author.
    """
    first, may = (submission_of(corrected, value) for value in (45, 51.8))
    wrong = {
        "it tells of 2026-05-31 .first due: 2026-04-30.": {"submission_id": may},
        "it tells of no period": {"submission_id": 999},
        "no decision on the baseline": {"submission_id": first, "withdraw": True},
        "there is no indicator": {"submission_id": first, "indicator_id": "99.99"},
        "author is empty": {"submission_id": first, "author": " "},
    }
    for words, changed in wrong.items():
        with pytest.raises(LedgerError, match=words):
            rebaseline(corrected, **{**DECISION, **changed})
    assert 0 == count(corrected, "baseline_decision")
    assert not ledger_rows.has_baseline_decision(corrected.database, GAMING, ITEM)


def test_both_figures_and_both_scores_are_told(corrected: Context):
    """
    explain names the figure that counts with its cell, the one told since, and what each gives; as known before the
    correction there was one.
    """
    found = explain(corrected.database, corrected.catalogue, OCTOBER, agency_id=GAMING, item_id=ITEM)
    first, lines = found["first_figure"], "\n".join(lines_of(found))
    (row,) = baselines_told_again(corrected.database, corrected.catalogue, OCTOBER).to_dict("records")

    assert (50, 45, False) == (first["baseline"], first["other"], first["is_decided"])
    assert (pytest.approx(73.23, abs=0.01), pytest.approx(85.22, abs=0.01)) == (
        first["progress_low"],
        first["other_progress_low"],
    )
    assert "frozen at its cut-off; told since: 45, which would give P 85.2" in lines
    assert first == {**row, "author": None, "reason": None, "decided_on": None}
    honest = explain(corrected.database, corrected.catalogue, OCTOBER, agency_id=HONEST, item_id=ITEMS[HONEST])
    assert honest["first_figure"] is None


def test_the_workbook_to_fill_in_shows_the_frozen_figure(corrected: Context, tmp_path: Path):
    """
    A body sees which figure is its baseline; who has told none yet sees that its first one will be.
    """
    path = write_template(corrected, GAMING, parse_period("2026-11"), tmp_path / "a.xlsx")
    new = template_workbook(corrected.catalogue, GAMING, MONTHS[0], items=[ITEM])
    shown = [load_workbook(source)["Chỉ tiêu"]["D7"].value for source in (path, io.BytesIO(new))]

    assert ["50 (2026, cơ quan tự báo cáo)", "số của báo cáo đầu tiên"] == shown


def test_the_catalogue_lists_what_has_no_baseline(context: Context):
    """
    Of 115 indicators 81 are measured from a start that no document gives.
    """
    frame, total = missing_baselines(context.settings.root)

    assert (81, 115) == (len(frame), total)
    assert not {"68.01", "57.08", "68.14"} & set(frame["indicator_id"])  # given, a growth, from nothing


def test_the_monthly_workbook_lists_them(catalogue: Catalogue):
    """
    One row per indicator without a baseline: the first report serves, none came yet, or it was told again; with both
    figures, both scores and who decided.
    """
    snapshot = example_snapshot.example(catalogue)
    assignments = snapshot.now.scores.assignments
    own = [item for item in assignments["item_id"] if item in set(missing_baselines(ROOT)[0]["indicator_id"])]
    waiting, serving, decided = own[:3]
    key = assignments[assignments["item_id"] == decided].iloc[0]
    flags = assignments["flags"].mask(assignments["item_id"].isin([serving, decided]), "SELF_BASELINE")
    told = dict.fromkeys(COLUMNS) | {
        **{"agency_id": key["agency_id"], "item_id": decided, "baseline": 50.0, "other": 45.0, "is_decided": True},
        **{"progress_low": 73.2, "other_progress_low": 85.2, "submission_id": key["submission_id"]},
        **{"author": "N. V. A", "reason": "Biên bản 5", "decided_on": date(2026, 11, 12)},
    }
    scores = replace(snapshot.now.scores, assignments=assignments.assign(flags=flags))
    first_figures = pandas.DataFrame([told], columns=list(COLUMNS), dtype=object)
    again = replace(snapshot, now=replace(snapshot.now, scores=scores), first_figures=first_figures)
    made = ResolutionFigures(load_report(ROOT / "report_templates", "resolutions_month", ROOT), again)
    rows = {row["code"]: row for row in baseline_rows(made, made.assignments)}

    states = [rows[item]["baseline_state"] for item in (waiting, serving, decided)]

    assert own == list(rows)
    assert ["waiting", "serves", "decided"] == states
    assert (45.0, 85.2) == (rows[decided]["other_baseline"], rows[decided]["other_low"])
    assert "N. V. A, 12/11/2026: Biên bản 5" == rows[decided]["decision"]
    assert snapshot.sha256 != again.sha256
