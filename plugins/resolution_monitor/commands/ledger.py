"""./monitor status, missing, waive, reopen: the ledger of what bodies owe."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from resolution_monitor import pipeline
from resolution_monitor.commands.moments import moment_of, with_written_moments
from resolution_monitor.commands.opened import opened_to_write
from resolution_monitor.commands.output import WIDTH_OF_A_PIPE, Format, write
from resolution_monitor.errors import PeriodError
from resolution_monitor.period import TIME_ZONE, Period, parse_period, period_begun, shifted

if TYPE_CHECKING:
    import pandas

_MOST_ROWS = 500

KnownAt = Annotated[
    str | None,
    typer.Option(help="As it stood and was known at this time; Vietnamese time unless a zone is given. Default: now."),
]
Output = Annotated[Format, typer.Option("--format", help="How to write it.")]
Agency = Annotated[str, typer.Option(help="Code of the body, such as BYT or T01-UBND.")]
Reason = Annotated[str, typer.Option(help="Why; kept in the journal.")]
Author = Annotated[str, typer.Option(help="Who decides; kept in the journal.")]


def status(
    period: Annotated[
        str | None, typer.Option(help="Period, such as 2026-10. Default: the last month that ended.")
    ] = None,
    agency: Annotated[str | None, typer.Option(help="One body, item by item, such as BYT or T01-UBND.")] = None,
    level: Annotated[
        str, typer.Option(help="Count by kind (block and kind of item), agency, block, province or nation.")
    ] = "kind",
    known_at: KnownAt = None,
    output: Output = Format.TABLE,
) -> None:
    """
    Show where the obligations of a period stand, how much of them is filled in and how much came in time.

    Counts by block and kind of item, or as --level says; with --agency one line for each item the body owes.

    Both percentages weigh each obligation by its item's importance, over what was cut off and not waived.

    States: not_due, due, received_on_time, late, accepted_in_part, rejected, missing, waived.
    """
    from resolution_monitor.ask.marked_refusals import marked_and_purged
    from resolution_monitor.ask.status import Seen, standing
    from resolution_monitor.ask.status_counts import Level, counted_by

    if level not in list(Level):
        raise typer.BadParameter(f"write one of {', '.join(Level)}", param_hint="--level")
    moment = moment_of(known_at)
    named = parse_period(period) if period else None
    with opened_to_write(named, moment) as context:
        asked = named or _last_month(context.now)
        if moment is None:
            pipeline.fill_period(context, asked)
        seen = Seen(as_of=moment or context.now, known_at=moment)
        rows = standing(context.database, context.catalogue, [asked], seen=seen, agency_id=agency)
        lost = marked_and_purged(context.database, asked, seen.as_of, agency)
        counts = counted_by(rows, context.catalogue, Level(level), seen.as_of)
    if agency is None:
        write_rows(counts, _readable(counts), output, if_empty=f"nothing is owed for {asked.name}")
    else:
        whole = with_written_moments(rows, ("due_at", "cut_off_at", "received_at"))
        shown = whole[["item_kind", "item_id", "item", "state", "answer", "due_at", "received_at"]]
        write_rows(whole, shown, output, if_empty=f"{agency} owes nothing for {asked.name}; others do")
    if output is Format.TABLE:
        # A report that was turned away is owed still; whoever asks after it should know that it came.
        Console(highlight=False, soft_wrap=True).print("\n".join(lost), markup=False, end="\n" if lost else "")


def missing(
    first: Annotated[str, typer.Option("--from", help="First period, such as 2026-05.")],
    last: Annotated[str, typer.Option("--to", help="Last period, such as 2026-10.")],
    agency: Annotated[str | None, typer.Option(help="Only this body.")] = None,
    known_at: KnownAt = None,
    output: Output = Format.TABLE,
) -> None:
    """
    List what is owed, cut off, and neither received nor waived.

    All that ends from the first day of the first period to the last day of the last: days, weeks, months, quarters.

    What is not due is never missing, and what has not begun is not asked about. Where nothing is missing a sentence
    says so, with exit code 0.
    """
    from resolution_monitor.ask.missing import missing as ask_missing
    from resolution_monitor.ask.status import Seen

    moment = moment_of(known_at)
    between = parse_period(first), parse_period(last)
    if between[0].start > between[1].end:
        raise PeriodError(f"--from {first} lies after --to {last}; change them round")
    with opened_to_write(between[0], moment) as context:
        between = between[0], _until_today(between[1], moment or context.now)
        if moment is None:
            pipeline.fill_ledger(context, *between)
        seen = Seen(as_of=moment or context.now, known_at=moment)
        rows = ask_missing(context.database, context.catalogue, between, seen=seen, agency_id=agency)
    whole = with_written_moments(rows, ("due_at", "cut_off_at"))
    whose = f" of {agency}" if agency else ""
    empty = f"nothing{whose} is missing from {first} to {last}: what was owed and cut off was received or waived"
    write_rows(whole, whole[["period", "agency_id", "agency", "item_id", "item", "due_at"]], output, if_empty=empty)


def waive(
    agency: Agency,
    item: Annotated[
        str, typer.Option(help="report, or the code of an indicator or task, such as 57.01 or 57-T01/BNV.")
    ],
    period: Annotated[str, typer.Option(help="Period, such as 2026-10.")],
    reason: Reason,
    author: Author,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take a waiver back.")] = False,
) -> None:
    """
    Waive one thing a body owes, for one period.

    It is then neither missing nor late. Doing it again changes nothing; the journal keeps who did it and why.
    """
    with opened_to_write() as context:
        is_new = pipeline.waive(
            context,
            agency_id=agency,
            item_id=item,
            period=parse_period(period),
            reason=reason,
            author=author,
            withdraw=withdraw,
        )
    done = "waiver withdrawn" if withdraw else "waived"
    Console(highlight=False).print(
        f"{done}: {agency} {item} {period}" if is_new else "nothing changed: it stood so already"
    )


def reopen(
    agency: Agency,
    period: Annotated[str, typer.Option(help="Period, such as 2026-10.")],
    reason: Reason,
    author: Author,
) -> None:
    """
    Take a body's corrections of a closed period again.

    A period closes when its revision window (catalogue/calendars.yaml) has passed; what comes later counts only
    after a reopening. Doing it again changes nothing.
    """
    asked = parse_period(period)
    with opened_to_write(asked) as context:
        closes_at = pipeline.reopen(context, agency_id=agency, period=asked, reason=reason, author=author)
        is_early = closes_at > context.now
    note = f"; it takes corrections until {closes_at.astimezone(TIME_ZONE):%Y-%m-%d %H:%M} anyway" if is_early else ""
    Console(highlight=False).print(f"reopened: {agency} {period}{note}", markup=False)


def write_rows(whole: "pandas.DataFrame", shown: "pandas.DataFrame", output: Format, *, if_empty: str) -> None:
    """Everything as CSV or JSON; as a table the columns a reader needs and no more rows than one reads."""
    if output is not Format.TABLE:
        write(whole, output, Console(width=None), if_empty=if_empty)
        return
    width = None if sys.stdout.isatty() else WIDTH_OF_A_PIPE
    console = Console(width=width, highlight=False)
    write(shown.head(_MOST_ROWS), output, console, if_empty=if_empty)
    if len(shown) > _MOST_ROWS:
        console.print(
            f"... and {len(shown) - _MOST_ROWS} more; --format csv or json gives all {len(shown)}", markup=False
        )


def _readable(counts: "pandas.DataFrame") -> "pandas.DataFrame":
    """Words in place of codes, so that the table folds at blanks on a narrow terminal."""
    words = {name: counts[name].str.replace("_", " ") for name in ("block",) if name in counts}
    spaced = counts.assign(**words).drop(columns="period")
    return spaced.rename(columns=lambda name: name if name.endswith("_pct") else name.replace("_", " "))


def _until_today(last: Period, now: datetime) -> Period:
    """The last period, or today where it ends later: nothing that ends later can be missing."""
    today = now.astimezone(TIME_ZONE).date()
    return last if last.end <= today else period_begun("day", today)


def _last_month(now: datetime) -> Period:
    return shifted(period_begun("month", now.astimezone(TIME_ZONE).date()), -1)
