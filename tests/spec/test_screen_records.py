"""A screen is one record and one entry: what the two do not say alike is told, and a new one needs nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from prove.simulated_gaming import SIMULATED
from spec.test_question_choice import asked, month_seen

from resolution_monitor.catalogue.entries import Catalogue, Screen
from resolution_monitor.errors import CatalogueError
from resolution_monitor.score import screens as room
from resolution_monitor.score.screens.runs import require_every_screen, run_screens, screen_rules

STRANGER = Path(__file__).parent / "stranger" / "screens"
ENTRY = Screen(
    screen="great_step",
    name_vi="Bước nhảy lớn",
    family="path",
    is_fact=True,
    needs_verification=False,
    false_alarm_rate=0.01,
    rate_measured_by="rule",
    finds=None,
    limits={"points": 30.0},
    question="Chỉ tiêu «{item}»: {period} thay đổi {statistic} điểm. Đề nghị {body} xác nhận số {value}.",
    source="made up",
    confidence="system_default",
)


@contextmanager
def with_screens(folder: Path) -> Iterator[None]:
    """As if the modules of `folder` lay in score/screens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "__path__", [*room.__path__, str(folder)])
        screen_rules.cache_clear()
        yield
    screen_rules.cache_clear()


def with_entry(catalogue: Catalogue, entry: Screen) -> Catalogue:
    screens = {**catalogue.screening.screens, entry.screen: entry}
    return replace(catalogue, screening=replace(catalogue.screening, screens=screens))


def test_a_strangers_screen_asks(catalogue: Catalogue):
    """
    One module and one entry: a series that moved by 40 points is asked about in the entry's words.
    """
    month = month_seen(catalogue, frozen=0)
    month.series.fractions[3, -1] = month.series.fractions[3, -2] + 0.4

    with with_screens(STRANGER):
        found = asked(with_entry(catalogue, ENTRY), month)

    (question,) = found[found["screen"] == "great_step"]["question"]
    assert "thay đổi 40 điểm" in question
    assert month.series.agency_id[3] in set(found["agency_id"])


def test_shipped_entries_and_rules_are_the_same(catalogue: Catalogue):
    """
    Every entry has its rule and every rule its entry.
    """
    require_every_screen(catalogue.screening.screens)

    assert catalogue.screening.screens.keys() == screen_rules().keys()


def test_every_rate_is_measured(catalogue: Catalogue):
    """
    A rate that is printed comes from planted gaming; what the record itself shows has none.
    """
    rated = {name for name, screen in catalogue.screening.screens.items() if screen.rate_measured_by != "rule"}

    assert set() == rated - SIMULATED.keys()
    assert set() == SIMULATED.keys() - screen_rules().keys()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"screen": "great_leap"}, "entry 'great_leap': no rule bears this name; known are"),
        ({"limits": {}}, "entry 'great_step': limits are ; its rule reads points"),
        ({"limits": {"points": 30.0, "periods": 3.0}}, "limits are periods, points; its rule reads points"),
        ({"question": "Đề nghị {body} xác nhận {partner}."}, "its question names partner, which nothing fills"),
    ],
)
def test_entry_against_its_rule(catalogue: Catalogue, change: dict[str, object], told: str):
    """
    What an entry says and its rule does not is told, and nothing is asked by half a screen.
    """
    entries = with_entry(catalogue, replace(ENTRY, **change)).screening.screens

    with with_screens(STRANGER), pytest.raises(CatalogueError, match=told):
        run_screens(month_seen(catalogue, frozen=0), entries)


def test_rule_without_an_entry(catalogue: Catalogue):
    """
    A rule nobody gave limits and words is told by `catalogue check`; a catalogue of before is still read.
    """
    screens = catalogue.screening.screens

    with with_screens(STRANGER):
        assert run_screens(month_seen(catalogue, frozen=0), screens)
        with pytest.raises(CatalogueError, match="no entry of great_step"):
            require_every_screen(screens)
