"""The official head of a report: issuing bodies, number and date or their blanks, abstract, addressees, recipients."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.report import Report

# By the rules of official documents a day below ten, and a month below three, has a nought before it.
_FEWEST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Issued:
    """
    What an edition bears that was issued.

    Attributes:
        number: As registered, without the symbol, which is a setting.
        corrects: Number and day of the issued edition that this one corrects; None where it is the first.
    """

    number: str
    place: str
    issued_on: date
    signer: str
    corrects: tuple[str, date] | None = None


def official_head(report: Report, abstract: str, running: str, issued: Issued | None = None) -> dict[str, Any]:
    """
    What _shared/letterhead.html.jinja and _shared/signature.html.jinja print.

    Args:
        running: The line at the top of every page but the first.
        issued: None for a draft, whose number, day and signature are blanks.
    """
    head = report.messages.head
    return {
        "texts": report.messages.all(),
        "superior_body": head("superior_body"),
        "issuing_body": head("issuing_body"),
        "abstract": abstract,
        "running": running,
        "addressees": head("addressees"),
        "recipients": head("recipients"),
        **(_issued_part(report, issued) if issued else _draft_part(report)),
    }


def _draft_part(report: Report) -> dict[str, Any]:
    say = report.messages.say
    return {
        "issue_number": say("number_blank", symbol=report.settings["symbol"]),
        "issue_date": say("date_blank", place=report.messages.head("place")),
        "issue_mark": say("draft"),
        "signer": say("not_signed"),
        "corrects": "",
    }


def _issued_part(report: Report, issued: Issued) -> dict[str, Any]:
    say, symbol, day = report.messages.say, report.settings["symbol"], issued.issued_on
    month = f"{day.month:02}" if day.month < _FEWEST_MONTHS else str(day.month)
    return {
        "issue_number": say("number_issued", number=issued.number, symbol=symbol),
        "issue_date": say("date_issued", place=issued.place, day=f"{day.day:02}", month=month, year=day.year),
        "issue_mark": say("corrigendum") if issued.corrects else "",
        "signer": issued.signer,
        "corrects": _correction(report, *issued.corrects) if issued.corrects else "",
    }


def _correction(report: Report, number: str, issued_on: date) -> str:
    written = wording.day(issued_on, report.language)
    return report.messages.say("corrects", number=number, symbol=report.settings["symbol"], day=written)
