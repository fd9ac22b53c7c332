"""Questions, verifications, forecasts and lags on the command line: columns, sentences, exit codes."""

import json
import re

import pytest
from conftest import NOW
from test_ledger_commands import monitor, refusal
from test_questions import scored
from unit.body_reports import OCTOBER

from resolution_monitor.ask.questions import questions
from resolution_monitor.commands.questions import _write_list
from resolution_monitor.pipeline import Context

QUESTIONS = (
    "question_id,place,agency_id,agency,screen,item_id,question,statistic,chance,false_share,false_alarm_rate,is_asked,"
    "needs_verification,first_asked_for,reply_until,state,reply,replied_by,replied_at,finds_plain,finds_mild"
)
VERIFICATIONS = "agency_id,agency,indicator_id,period,reported,found,gap_pct,source,author,recorded_at"
SUMMARY = "kind,forecasts,resolved,base_rate,brier,brier_as_made,brier_base_rate,brier_colour,skill,way"
LAG = "item_id,agency_id,status,lag_days,share_pct,part_days,agency,name"
NEEDED = (
    "indicator_id,name,resolution,agency_id,status,unit,value,next_period,needed_low,needed_high,change,band,"
    "band_things,band_short"
)
BANDS = "kind,band,resolved,told,fell_short,share"
MONTH = ("--period", "2026-10")

__all__ = ["scored"]


@pytest.fixture
def home(scored: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    """An installation with a scored October that the environment names."""
    assert scored.settings.database_url is not None
    monkeypatch.setenv("DATABASE_URL", scored.settings.database_url)
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(scored.settings.home))
    return scored


def first_line(*arguments: str) -> str:
    return monitor(*arguments, "--format", "csv").stdout.splitlines()[0]


def test_columns_are_stable(home: Context):
    """
    CSV carries the same columns in the same order, whatever a table leaves out.
    """
    assert QUESTIONS == first_line("questions", *MONTH)
    assert VERIFICATIONS == first_line("verifications", *MONTH)
    assert SUMMARY == first_line("reliability")
    assert BANDS == first_line("reliability", "--part", "bands")
    assert LAG == first_line("lag", "--resolution", "57", *MONTH)
    assert "agency_id,agency,items,part_days" == first_line("lag", "--resolution", "57", *MONTH, "--by", "body")
    assert NEEDED == first_line("needed", *MONTH)
    assert "agency_id,agency,indicator_id,indicator,why" == first_line("to-verify", *MONTH)


def test_a_question_says_what_its_screen_finds(home: Context, capsys: pytest.CaptureFixture[str]):
    """
    Beside a question stands how much plain and mild gaming its screen finds; of what the record itself shows, nothing.
    """
    found = questions(home.database, home.catalogue, "resolutions_month", OCTOBER, as_of=NOW)
    other = found.assign(screen="too_even", finds_plain=1.0, finds_mild=0.002)
    for rows in (found, other):
        _write_list(rows, {"without_evidence": "x", "too_even": "y"}, {}, "nothing")
    shown, other_shown = re.split("1 questions", capsys.readouterr().out)[:2]

    assert "finds" not in shown.partition("what is not asked")[0]
    assert "finds 100% of plain and 0.2% of mild gaming" in " ".join(other_shown.split())


def test_a_question_and_its_reply(home: Context):
    """
    The list says whom, what and how often honest reports are asked the same; a reply is kept once and shown.
    """
    listed = monitor("questions", *MONTH).output
    number = re.match(r"\d+", listed)
    assert number is not None
    reply = ("answer-question", number.group(), "--text", "Đã gửi.", "--author", "An")
    kept, again = monitor(*reply).output, monitor(*reply).output
    row = json.loads(monitor("questions", *MONTH, "--format", "json").output)[0]

    assert "Bộ Công Thương" in listed
    assert "false alarms 0.000% a year" in listed
    assert listed.rstrip().endswith("1 questions")
    assert "not proved honest" in listed
    assert re.search(r"Mức tăng đều bất thường\s+0\.2%", listed)
    assert f"kept: reply to question {number.group()}" == kept.strip()
    assert "nothing changed" in again
    assert ("replied", "Đã gửi.", "2026-11-27") == (row["state"], row["reply"], row["reply_until"])
    assert (33, True) == _found(refusal("answer-question", "9999", "--text", "x", "--author", "An"), "no question 9999")


def test_a_verification(home: Context):
    """
    What was found is kept once and listed beside what was reported; words and unknown codes are refused.
    """
    found = (
        "verified",
        "--agency",
        "BCT",
        "--indicator",
        "57.11",
        *MONTH,
        "--source",
        "TK",
        "--author",
        "An",
        "--found",
    )
    kept, again = monitor(*found, "40.5").output, monitor(*found, "40.5").output
    listed = monitor("verifications", *MONTH).output

    assert "kept: BCT 57.11 2026-10 found 40.5" == kept.strip()
    assert "nothing changed" in again
    assert re.search(r"57\.11 +2026-10 +41\.6 +40\.5 +2,72", listed)
    assert 2 == monitor(*found, "many").exit_code == monitor(*found, "inf").exit_code
    assert (33, True) == _found(refusal("verified", *found[1:4], "9.9", *found[5:], "1"), "no indicator '9.9'")


def test_tables_of_early_warning(home: Context):
    """
    Lag, return to track and the record of forecasts are tables a person reads, on a pipe too.
    """
    lag = monitor("lag", "--resolution", "57", *MONTH).output.splitlines()
    needed = monitor("needed", *MONTH, "--agency", "BCT", "--resolution", "57").output
    record = monitor("reliability", "--until", "2026-10").output

    assert lag[-1].startswith("total")
    assert re.search(r"57\.11 .*2026-11", needed)
    assert "not yet known" in needed
    assert record.startswith("3 forecasts of 3 items are kept")
    assert "nothing that was forecast has ended yet" in record
    assert (33, True) == _found(refusal("lag", "--resolution", "99", *MONTH), "no resolution '99'")
    assert (32, True) == _found(refusal("questions", "--period", "2026-09"), "not scored")


def _found(refused: tuple[int, str], words: str) -> tuple[int, bool]:
    return refused[0], words in refused[1]
