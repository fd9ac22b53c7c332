"""A month before a body existed: what it was given later is scored without it, and nothing falls over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.catalogue.entries import NATION_ID, Catalogue
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, fill_period
from resolution_monitor.pipeline.score import score

MONTH = parse_period("2026-06")
LEAD = "BYT"


@pytest.fixture
def younger(catalogue: Catalogue) -> Catalogue:
    """The Ministry of Health began the day after the month; the ledger begins before it."""
    body = replace(catalogue.bodies[LEAD], valid_from=MONTH.end + timedelta(days=1))
    bodies = {**catalogue.bodies, LEAD: body}
    return replace(catalogue, bodies=bodies, ledger_begins_on=date(2026, 5, 1), sha256="younger")


def test_a_month_before_a_lead_existed(context: Context, younger: Catalogue):
    """
    What the ministry leads is owed by nobody, has no report missed and is not rated: no good news and no bad. It counts
    for its resolution and the nation, and for no body.
    """
    road = replace(context, catalogue=younger)
    fill_period(road, MONTH)
    run = score(road, "resolutions_month", MONTH)
    scores = scores_as_stored(context.database, run["scoring_run_id"])
    led = scores.assignments[scores.assignments["agency_id"] == LEAD]
    nodes = scores.nodes.set_index("node_id")

    assert len(led) > 10
    assert {"UNRATED", "NOT_STARTED"} >= set(led["status"])
    assert {0} == set(led["missed"])
    assert LEAD not in nodes.index
    assert len(scores.assignments) == nodes.loc[NATION_ID, "assignments_total"]
