"""An empty answer says why it is empty, and a period of which nothing is known never reads as a good one."""

import io
import re
from datetime import UTC, datetime

import pandas
import pytest
from rich.console import Console
from test_ledger_commands import monitor, refusal
from test_question_commands import MONTH, home
from test_questions import scored
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.commands.explain_text import _digits
from resolution_monitor.commands.output import Format, write
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.period import TIME_ZONE, parse_period, period_begun, shifted
from resolution_monitor.pipeline import Context, fill_ledger
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.wording import Limit

__all__ = ["home", "scored"]
UNKNOWN = "2013-01"
BODY = ("--agency", "BYT")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("findings",), 32, "nothing was looked at, which is no clean answer"),
        (("scores", "--level", "nation"), 32, "nothing is known of period 2013-01"),
        (("scores", "--level", "province"), 32, "nothing of the budget is known of period 2013-01"),
        (("official",), 32, "nothing is known of period 2013-01"),
        (("tiers",), 32, "nothing is known of period 2013-01"),
        (("questions",), 32, "was not scored yet"),
        (("to-verify",), 32, "was not scored yet"),
        (("status",), 32, "nothing is owed for 2013-01: no report, indicator or task has such a period"),
        (("lag", "--resolution", "57"), 32, "nothing is known of period 2013-01"),
        (("needed",), 32, "nothing is known of period 2013-01"),
        (("changes", *BODY), 32, "BYT reported nothing for 2013-01"),
        (("explain", *BODY, "--indicator", "72.04"), 32, "nothing is known of period 2013-01"),
        (("reread", "--dry-run"), 32, "no file of period 2013-01 was received and read"),
    ],
    ids=lambda part: part[0] if isinstance(part, tuple) else "",
)
def test_a_period_of_which_nothing_is_known(home: Context, arguments: tuple[str, ...], code: int, words: str):
    """
    Each command that asks about a period ends with a sentence and the exit code of nothing to report.
    """
    exit_code, sentence = refusal(*arguments, "--period", UNKNOWN)

    assert code == exit_code
    assert words in sentence


def test_scores_of_a_period_that_knowledge_has_not_reached(home: Context):
    """
    Scored from what older periods say it would read as bad news: nothing is owed or reported of it.
    """
    with pytest.raises(NothingToReportError, match="nothing is owed or reported for 2099-01"):
        month_as_known(home.database, home.catalogue, parse_period("2099-01"), None)


OF_A_PERIOD: tuple[tuple[str, ...], ...] = (
    ("findings",),
    ("scores", "--level", "nation"),
    ("scores", "--level", "province"),
    ("official",),
    ("tiers",),
    ("questions",),
    ("to-verify",),
    ("verifications",),
    ("status",),
    ("lag", "--resolution", "57"),
    ("needed",),
    ("documents",),
    ("changes", *BODY),
    ("explain", *BODY, "--indicator", "72.04"),
    ("reread", "--dry-run"),
    ("reopen", *BODY, "--reason", "-", "--author", "An"),
)


@pytest.mark.parametrize("months", [1, 700])
def test_a_period_that_has_not_come_is_refused(home: Context, months: int):
    """
    Of a month that has not come nothing is told, though the ledger may know it already: each night fills it ahead.
    """
    this_month = period_begun("month", datetime.now(UTC).date())
    coming = shifted(this_month, months)
    fill_ledger(home, this_month, shifted(this_month, 2))
    told = {one: refusal(*one, "--period", coming.name) for one in OF_A_PERIOD}
    told |= {("missing",): refusal("missing", "--from", coming.name, "--to", coming.name)}
    sentence = f"period {coming.name} has not come yet: reports of it are taken from "

    assert {} == {one: said for one, said in told.items() if said[0] != 31 or not said[1].startswith(sentence)}


def test_a_day_is_asked_about_while_it_lasts(home: Context):
    """
    Reports of a day are taken, and some are missing, before it is over.
    """
    today = datetime.now(TIME_ZONE).date().isoformat()

    assert 0 == monitor("status", "--period", today).exit_code


def test_the_ledger_is_not_written_years_ahead(home: Context):
    """
    Asking about 2099 writes nothing down for it, and what is missing is asked until today.
    """
    waiver = ("--item", "report", "--reason", "-", "--author", "An")
    refusal("status", "--period", "2099-01")
    refusal("missing", "--from", "2099-01", "--to", "2099-02")
    refusal("waive", *BODY, *waiver, "--period", "2099-01")
    monitor("missing", "--from", "2026-10", "--to", "2099-01", "--agency", "BYT")
    with home.database.transaction() as connection:
        last = connection.exec_driver_sql("select max(period_end) from obligation").scalar_one()

    assert last.year < 2099


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("needed", "--period", "2026-10", "--agency", "T04-TU"), "no indicator of body T04-TU needs a value after"),
        (("verifications", "--period", "2026-10"), "no verification is kept for 2026-10 or before"),
        (("editions",), "no edition was made yet"),
        (("editions", "--stale"), "no edition was made yet"),
        (("names",), "no name waits"),
        (("questions", "--period", "2026-10", "--agency", "T04-TU"), "the screens ran on 2026-10 and nothing is asked"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_nothing_found_is_said_in_a_sentence(home: Context, arguments: tuple[str, ...], words: str):
    """
    Where all was looked at and there is nothing, the table is a sentence and the exit code 0; CSV keeps its head.
    """
    table, lines = monitor(*arguments), monitor(*arguments, "--format", "csv")

    assert 0 == table.exit_code
    assert words in re.sub(r"\s+", " ", table.output)
    assert "," in lines.stdout.splitlines()[0]
    assert words in re.sub(r"\s+", " ", lines.stderr)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("needed", "--period", "2026-10", "--resolution", "99"), "there is no resolution '99'"),
        (("needed", "--period", "2026-10", "--agency", "XXX"), "agency 'XXX' is not known"),
        (("verifications", "--period", "2026-10", "--agency", "XXX"), "agency 'XXX' is not known"),
        (("questions", "--period", "2026-10", "--agency", "XXX"), "agency 'XXX' is not known"),
        (("changes", "--period", "2026-10", "--agency", "XXX"), "agency 'XXX' is not known"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_what_does_not_exist_is_no_empty_answer(home: Context, arguments: tuple[str, ...], words: str):
    """
    An unknown body or resolution is told as that.
    """
    code, sentence = refusal(*arguments)

    assert 33 == code
    assert words in sentence


def test_findings_tell_how_much_was_looked_at(home: Context):
    """
    No findings on so many files is another answer than no file.
    """
    code, sentence = refusal("findings")
    folder = home.settings.inbox_folder / "BYT"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(report_csv(good_report()))
    collect(home, home.settings.inbox_folder)
    normalise(home, OCTOBER)

    assert (32, True) == (code, sentence.startswith("no file was received and read: nothing was looked at"))
    assert re.search(r"^\d+ findings on 1 files$", monitor("findings").output, re.MULTILINE)
    assert re.search(r"^\d+ findings on 1 files of 2026-10$", monitor("findings", *MONTH).output, re.MULTILINE)


def test_a_table_rounds_nothing_across_a_limit():
    """
    On the terminal and in CSV alike; without limits a number keeps the decimals it had.
    """
    frame = pandas.DataFrame({"low": [89.6, 90.2], "done_of_due_pct": [99.996, 50.0], "change": [0.3, 7.0]})
    out = io.StringIO()
    limits = {"low": [Limit(90)]}  # type: ignore[arg-type]
    write(frame, Format.TABLE, Console(file=out, width=80), if_empty="", limits=limits)
    rows = [line.split() for line in out.getvalue().splitlines()[1:]]

    assert [["89,6", "99,996", "0,3"], ["90", "50,00", "7"]] == rows


@pytest.mark.parametrize(
    ("value", "text"), [(89.9999999, "89.9999999"), (0.94999999, "0.94999999"), (3.14159265, "3.14159"), (90.0, "90")]
)
def test_an_explanation_writes_no_number_as_a_limit_it_is_not(value: float, text: str):
    """
    Six digits are enough, unless they make a limit of what lies beside it.
    """
    assert text == _digits(value)
