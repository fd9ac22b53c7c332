"""Forecasts kept with a month: beside each what its band had meant, and the same rows whoever was scored anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW, new_settings
from test_questions import ENDS, OBSERVATION, OCTOBER, REPORT, october, report, stored

from resolution_monitor.ask.early_warning import forecast_record, return_to_track
from resolution_monitor.ask.explain import explain
from resolution_monitor.commands.explain_text import lines_of
from resolution_monitor.pipeline import Context, open_context
from resolution_monitor.pipeline.score import score
from resolution_monitor.store import embedded
from resolution_monitor.store.load_step import load_step

# 30 ratios forecast in August and ended in September: 10 told low, 10 watch, 10 high; of each ten the first 6, 7 and 9
# fell short.
RUN = (
    "insert into scoring_run (report, period_kind, period_end, known_at, rules_version, catalogue_sha256, recorded_at)"
    " values ('resolutions_month', 'month', %(end)s, %(now)s, 'x', 'x', %(now)s)"
)
FORECASTS = (
    "insert into forecast (scoring_run_id, item_kind, item_id, agency_id, kind, made_on, due_on, method, way, horizon,"
    " chance_made, chance, band, is_percentage, status)"
    " select max(scoring_run_id), 'indicator', 'past-' || number, 'BYT', 'ratio', date '2026-08-31', date '2026-09-30',"
    " 'trend', 'as_made', 1, chance, chance, 'low', false, 'GREEN'"
    " from scoring_run, generate_series(0, %(last)s) as number,"
    " lateral (select (array[0.3, 0.5, 0.8])[number %% 3 + 1]::double precision as chance) as told"
    " group by number, chance"
)
ENDED = (
    "insert into assignment_part (scoring_run_id, item_kind, item_id, agency_id, resolution, as_at, due_on,"
    " is_due_assumed,"
    " status, sort_key, flags, attainment_raw_pct, missed, owed_total, value_on, confidence, is_proxy, weight)"
    " select max(scoring_run_id), 'indicator', 'past-' || number, 'BYT', '57', date '2026-09-30', date '2026-09-30',"
    " false, 'OVERDUE', 5, '', case when number / 3 < (array[6, 7, 9])[number %% 3 + 1] then 50 else 100 end, 0, 1,"
    " date '2026-09-30', 'high', false, 1"
    " from scoring_run, generate_series(0, %(last)s) as number group by number"
)
MEANT = {"low": (10, 6), "watch": (10, 7), "high": (10, 9)}


@pytest.fixture(scope="module")
def taught(server: embedded.ServerPlace, prepared: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A scored October before which 30 ratios had ended."""
    settings = new_settings(server, tmp_path_factory.mktemp("taught"), prepared)
    with open_context(settings, NOW) as context:
        past(context, 30)
        yield october(context)


def past(context: Context, things: int) -> None:
    """So many ratios, forecast in August, ended in September."""
    with load_step(context.database, "trial", NOW) as step:
        for end, rows in (("2026-08-31", FORECASTS), ("2026-09-30", ENDED)):
            step.connection.exec_driver_sql(RUN, {"end": end, "now": NOW})
            step.connection.exec_driver_sql(rows, {"last": things - 1})


def told(context: Context) -> tuple[str, tuple[object, ...], str, tuple[object, ...]]:
    """The band of 57.11, its stored counts, what explain prints of it, and what stands beside the value it needs."""
    row = stored(
        context, "select band, band_things, band_short from forecast where item_id = '57.11' order by scoring_run_id"
    )[0]
    found = explain(context.database, context.catalogue, OCTOBER, agency_id="BCT", item_id="57.11")
    line = next(one.strip() for one in lines_of(found) if "forecast" in one)
    needed = return_to_track(context.database, context.catalogue, OCTOBER, agency_id="BCT", resolution="57")
    beside = needed.set_index("indicator_id").loc["57.11", ["band", "band_things", "band_short"]]
    return row[0], row[1:], line, tuple(beside)


def test_a_band_is_told_with_what_it_meant(taught: Context):
    """
    30 of its kind have ended: beside the band stands how many of those told it fell short, in every place.
    """
    band, counts, line, beside = told(taught)
    record = forecast_record(taught.database, OCTOBER.end).bands

    assert MEANT[band] == counts
    assert f"forecast {band} (of 10 of this kind told {band}, {MEANT[band][1]} fell short or came late)" == line
    assert (band, *MEANT[band]) == beside
    assert {("ratio", name, 30, *pair) for name, pair in MEANT.items()} == {tuple(row[:5]) for row in record.to_numpy()}


def test_going_on_forecasts_and_asks_as_of_everybody(taught: Context):
    """
    A run that scores one body anew forecasts and asks of all bodies: the same rows as a run over everybody.
    """
    later = replace(taught, now=NOW + timedelta(days=1))
    report(later, 7, OBSERVATION, later.now, end=ENDS[-1], value=41.7)
    runs = [score(one, REPORT, OCTOBER) for one in (later, replace(later, is_whole=True))]
    rows = "select to_jsonb(r) - '{{scoring_run_id,question_id}}'::text[] from {} as r where scoring_run_id = {}"
    kept = [
        [sorted(stored(taught, rows.format(table, run["scoring_run_id"])), key=str) for run in runs]
        for table in ("forecast", "screen_question")
    ]

    assert runs[0]["anew"] < runs[1]["anew"] == runs[0]["assignments"]
    assert [3, 1] == [len(first) for first, _ in kept]
    assert all(first == second for first, second in kept)
