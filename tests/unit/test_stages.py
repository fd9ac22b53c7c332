"""Which period a run of a stage is about."""

import contextlib
from dataclasses import replace
from datetime import datetime

import pytest
from conftest import NOW

from resolution_monitor.errors import (
    InboxError,
    NothingToReportError,
    PeriodError,
    RenderError,
    ResolutionMonitorError,
)
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.pipeline import (
    STAGE_NAMES,
    call_demonstration,
    open_context,
    prepare,
    run_arrivals,
    run_stage,
)
from resolution_monitor.settings import Settings


@pytest.mark.parametrize("period", ["2026-10", "2013D", "2013-12-31"])
def test_run_refuses_a_period_of_another_kind(ready: Settings, period: str):
    """
    Whoever names a month, a day or a decree's year to a yearly report is told so, whatever the tick.
    """
    tick = datetime(2015, 8, 1, 7, tzinfo=TIME_ZONE)

    with pytest.raises(PeriodError, match="is not one of state_budget, which is made by year"):
        run_stage("score", "state_budget", tick, {"period": period, "inbox": None}, ready, NOW)


@pytest.mark.parametrize("stage", STAGE_NAMES)
def test_run_refuses_a_language_before_its_first_stage(settings: Settings, stage: str):
    """
    A report that is not written in the language asked for is refused at once, not after everything was read and scored.
    """
    tick = datetime(2015, 8, 1, 7, tzinfo=TIME_ZONE)
    asked = {"period": "2013", "inbox": None, "language": "en"}

    with pytest.raises(RenderError, match=r"'state_budget' is written in vi; for 'en' add .*messages\.en\.yaml"):
        run_stage(stage, "state_budget", tick, asked, settings, NOW)


@pytest.mark.parametrize("stage", STAGE_NAMES)
@pytest.mark.parametrize(
    ("period", "begun"),
    [("2031-01", datetime(2026, 11, 12, 7, tzinfo=TIME_ZONE)), (None, datetime(2031, 2, 12, 7, tzinfo=TIME_ZONE))],
)
def test_run_refuses_a_period_whose_tick_has_not_come(
    settings: Settings, stage: str, period: str | None, begun: datetime
):
    """
    Named or told by a date that lies ahead: nothing is made of a month that is not over, and nothing written down.
    """
    with pytest.raises(PeriodError, match="period 2031-01 has not come yet: its resolutions_month briefing is due on"):
        run_stage(stage, "resolutions_month", begun, {"period": period}, settings, NOW)


def test_nothing_is_written_of_a_month_to_come(ready: Settings):
    """
    Asked for 2031, a run leaves the ledger of what is owed as it was.
    """
    with contextlib.suppress(ResolutionMonitorError):
        run_stage("score", "resolutions_month", NOW, {"period": "2031-01"}, ready, NOW)
    with open_context(ready, NOW) as context, context.database.transaction() as connection:
        owed = connection.exec_driver_sql("select count(*) from obligation where period_end >= '2031-01-01'").scalar()

    assert 0 == owed


def test_a_run_tells_first_what_it_is_about(ready: Settings, caplog: pytest.LogCaptureFixture):
    """
    Begun without a period, it takes the last whose tick has come; its log begins with report, period and stage.
    """
    caplog.set_level("INFO", "resolution_monitor")
    with pytest.raises(NothingToReportError, match="period 2024 has 0 planned and 0 final figures"):
        run_stage("score", "state_budget", NOW, {}, ready, NOW)

    assert "state_budget, năm 2024 (2024): score begins" == caplog.messages[0]


def test_a_period_is_made_again_without_collecting(ready: Settings):
    """
    Whoever wants a past period made again of what is kept needs no inbox.
    """
    asked = {"period": "2013", "inbox": "/none"}
    with pytest.raises(InboxError, match="the inbox /none cannot be read"):
        run_stage("collect", "state_budget", NOW, asked, ready, NOW)

    assert {"files": 0, "new": 0, "refused": 0} == run_stage(
        "collect", "state_budget", NOW, {**asked, "collects": False}, ready, NOW
    )


def test_a_new_installation_has_an_inbox_and_an_outbox(ready: Settings):
    """
    Both are there before the first file; that nothing lies in it yet is no failure of a collection.
    """
    prepare(ready, NOW)

    assert ready.inbox_folder.is_dir()
    assert (ready.home / "outbox").is_dir()
    assert {"files": 0} == run_arrivals(ready, NOW)


def test_a_demonstration_has_an_inbox_of_its_own(ready: Settings):
    """
    Where no inbox is named, a run in a demonstration looks where the made-up reports lie: the mark in its database says
    so, and no manifest that was left behind.
    """
    ready.demonstration_manifest.parent.mkdir(parents=True)
    ready.demonstration_manifest.write_text("{}")
    with open_context(ready, NOW) as unmarked:
        assert str(ready.home / "inbox") == unmarked.settings.inbox_address
    call_demonstration(ready)
    with open_context(ready, NOW) as marked:
        assert str(ready.home / "demonstration" / "inbox") == marked.settings.inbox_address
    with open_context(replace(ready, inbox="/srv/inbox"), NOW) as named:
        assert "/srv/inbox" == named.settings.inbox_address
