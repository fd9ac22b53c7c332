"""./monitor questions, answer-question, verified, verifications, to-verify: honest reporting by asking."""

import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from resolution_monitor import pipeline
from resolution_monitor.commands.moments import moment_of, with_written_moments
from resolution_monitor.commands.opened import opened_context, opened_to_write
from resolution_monitor.commands.options import KnownAt, Month, Output
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import parse_period

if TYPE_CHECKING:
    import pandas

REPORT = "resolutions_month"
_STATES = {
    "waiting": "reply expected by {until}",
    "reply_overdue": "no reply by {until}",
    "replied": "replied by {by}: {reply}",
    "held": "not asked: too likely a false alarm",
}
_SEEN = "; finds {finds_plain:.0%} of plain and {finds_mild:.1%} of mild gaming"
_WIDTH_OF_A_PIPE = 140

Agency = Annotated[str | None, typer.Option(help="Only this body, such as BYT or T01-UBND.")]
Author = Annotated[str, typer.Option(help="Who says so; kept in the journal.")]


def questions(
    period: Month,
    agency: Agency = None,
    held: Annotated[bool, typer.Option("--held", help="Also what was found and is not asked.")] = False,
    known_at: KnownAt = None,
    output: Output = Format.TABLE,
) -> None:
    """
    List what the screens of honest reporting ask bodies, most telling first.

    A question is no label and changes no score. Beside each stands how often honest reports are asked the same (false
    alarms a year), what share of such questions of this month is expected to be one, and what its screen finds of
    simulated gaming. Where nothing is asked nothing is proved: mild gaming mostly goes unseen.
    """
    from resolution_monitor.ask.questions import blind_screens
    from resolution_monitor.ask.questions import questions as ask_questions

    asked, moment = parse_period(period), moment_of(known_at)
    with opened_context(asked, moment) as context:
        found = ask_questions(
            context.database,
            context.catalogue,
            REPORT,
            asked,
            as_of=moment or context.now,
            known_at=moment,
            agency_id=agency,
            with_held=True,
        )
        names = {key: one.name_vi for key, one in context.catalogue.screening.screens.items()}
        blind = blind_screens(context.catalogue)
    held_back = int((~found["is_asked"].astype(bool)).sum())
    rows = found if held else found[found["is_asked"].astype(bool)].reset_index(drop=True)
    if output is Format.TABLE:
        _write_list(rows, names, blind, _none_asked(period, agency, held_back))
    else:
        days = {name: rows[name].map(_written_day) for name in ("first_asked_for", "reply_until")}
        written = with_written_moments(rows.assign(**days), ("replied_at",))
        write(written, output, Console(width=None), if_empty=_none_asked(period, agency, held_back))


def _none_asked(period: str, agency: str | None, held_back: int) -> str:
    """Why a list of questions is empty: the month was screened."""
    of_whom = f" of {agency}" if agency else ""
    held = f"; {held_back} findings are held back as too likely false alarms (--held)" if held_back else ""
    return f"the screens ran on {period} and nothing is asked{of_whom}{held}"


def _written_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _write_list(rows: "pandas.DataFrame", names: Mapping[str, str], blind: Mapping[str, float], if_empty: str) -> None:
    console = Console(highlight=False)
    for row in rows.to_dict("records"):
        verify = "  to verify on the spot" if row["needs_verification"] else ""
        console.print(
            f"{row['question_id']}  {row['agency']}  {names[row['screen']]}{verify}", style="bold", markup=False
        )
        state = _STATES[row["state"]].format(until=row["reply_until"], by=row["replied_by"], reply=row["reply"])
        odds = f"false alarms {row['false_alarm_rate']:.3%} a year; expected among these {row['false_share']:.0%}"
        seen = "" if row["finds_mild"] is None else _SEEN.format_map(row)
        console.print(Padding(Text(f"{row['question']}\n{odds}{seen}; {state}"), (0, 0, 0, 6)))
    # Also, and most of all, where nothing was asked.
    unseen = "; ".join(f"{names[screen]} {share:.1%}" for screen, share in blind.items())
    console.print(
        f"what is not asked is not proved honest; of mild gaming these find next to nothing: {unseen}", markup=False
    )
    console.print(f"{len(rows)} questions" if len(rows) else if_empty, markup=False)


def answer_question(
    question_id: Annotated[int, typer.Argument(metavar="ID", help="Number of the question.")],
    text: Annotated[str, typer.Option(help="The body's reply.")],
    author: Author,
) -> None:
    """Keep a body's reply to a question; it changes no score. Doing it again changes nothing."""
    with opened_to_write() as context:
        is_new = pipeline.answer_question(context, question_id, text=text, author=author)
    _say(f"kept: reply to question {question_id}" if is_new else "nothing changed: it stood so already")


def verified(
    agency: Annotated[str, typer.Option(help="Code of the body, such as BYT or T01-UBND.")],
    indicator: Annotated[str, typer.Option(help="Code of the indicator, such as 57.01.")],
    period: Annotated[str, typer.Option(help="Period of the figure, such as 2026-Q3.")],
    found: Annotated[str, typer.Option(help="What was found, in the indicator's unit, with a decimal point.")],
    source: Annotated[str, typer.Option(help="Where: statistic, inspection, minutes.")],
    author: Author,
) -> None:
    """
    Keep what a verification found of a figure.

    It stands beside what was reported and changes no score; the body corrects its figure by sending it again.
    """
    try:
        value = Decimal(found)
    except InvalidOperation as error:
        raise typer.BadParameter("write a number such as 12.5") from error
    if not value.is_finite():
        raise typer.BadParameter("write a number such as 12.5")
    asked = parse_period(period)
    with opened_to_write(asked) as context:
        is_new = pipeline.note_verification(
            context,
            agency_id=agency,
            indicator_id=indicator,
            period=asked,
            found=value,
            source=source,
            author=author,
        )
    done = f"kept: {agency} {indicator} {period} found {value}"
    _say(done if is_new else "nothing changed: it stood so already")


def verifications(
    period: Month, agency: Agency = None, known_at: KnownAt = None, output: Output = Format.TABLE
) -> None:
    """List what verifications found up to a period, beside what was reported."""
    from resolution_monitor.ask.questions import verifications as ask_verifications

    asked, moment = parse_period(period), moment_of(known_at)
    with opened_context(asked, moment) as context:
        rows = ask_verifications(context.database, context.catalogue, asked, known_at=moment, agency_id=agency)
    if output is Format.TABLE:
        rows = rows.assign(**{name: rows[name].map("{:g}".format) for name in ("reported", "found")})
    whose = f" of {agency}" if agency else ""
    empty = f"no verification{whose} is kept for {period} or before; ./monitor verified keeps one"
    write(with_written_moments(rows, ("recorded_at",)), output, _console(output), if_empty=empty)


def to_verify(period: Month, output: Output = Format.TABLE) -> None:
    """List which figures of a month to verify on the spot: new baselines, by lot, and by what the screens found."""
    from resolution_monitor.ask.questions import to_verify as ask_to_verify

    asked = parse_period(period)
    with opened_context(asked) as context:
        rows = ask_to_verify(context.database, context.catalogue, REPORT, asked)
    empty = f"{period} was scored, and no figure of it is there to verify"
    write(rows, output, _console(output), if_empty=empty)


def _console(output: Format) -> Console:
    is_pipe = output is Format.TABLE and not sys.stdout.isatty()
    return Console(width=_WIDTH_OF_A_PIPE if is_pipe else None, highlight=False)


def _say(words: str) -> None:
    Console(highlight=False).print(words, markup=False)
