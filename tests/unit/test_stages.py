"""Which period a run of a stage is about."""

from datetime import datetime

import pytest
from conftest import NOW

from resolution_monitor.errors import PeriodError, RenderError
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.pipeline import STAGE_NAMES, run_stage
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
