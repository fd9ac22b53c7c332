"""The official head of a report: issuing bodies, blanks for number and date, abstract, addressees, recipients."""

from typing import Any

from resolution_monitor.brief.report import Report


def official_head(report: Report, abstract: str, running: str) -> dict[str, Any]:
    """
    What _shared/letterhead.html.jinja and _shared/signature.html.jinja print.

    Args:
        running: The line at the top of every page but the first.
    """
    say = report.messages.say
    return {
        "texts": report.messages.all(),
        "superior_body": report.settings["superior_body"],
        "issuing_body": report.settings["issuing_body"],
        "number_blank": say("number_blank", symbol=report.settings["symbol"]),
        "date_blank": say("date_blank", place=report.settings["place"]),
        "abstract": abstract,
        "running": running,
        "addressees": report.settings["addressees"],
        "recipients": report.settings["recipients"],
    }
