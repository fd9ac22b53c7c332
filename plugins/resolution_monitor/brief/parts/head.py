"""The official head of a report: issuing bodies, blanks for number and date, abstract, addressees, recipients."""

from typing import Any

from resolution_monitor.brief.report import Report


def official_head(report: Report, abstract: str, running: str) -> dict[str, Any]:
    """
    What _shared/letterhead.html.jinja and _shared/signature.html.jinja print.

    Args:
        running: The line at the top of every page but the first.
    """
    say, head = report.messages.say, report.messages.head
    return {
        "texts": report.messages.all(),
        "superior_body": head("superior_body"),
        "issuing_body": head("issuing_body"),
        "number_blank": say("number_blank", symbol=report.settings["symbol"]),
        "date_blank": say("date_blank", place=head("place")),
        "abstract": abstract,
        "running": running,
        "addressees": head("addressees"),
        "recipients": head("recipients"),
    }
