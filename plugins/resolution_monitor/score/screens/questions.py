"""What the screens found in a month becomes ranked questions to bodies, each with its numbers and its chance.

Source: docs/method.md, clause 4. A question is no label, changes no score, and carries the rate of false alarms.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pandas

from resolution_monitor import wording
from resolution_monitor.catalogue.entries import Catalogue, Screen
from resolution_monitor.reporting.period_words import period_words
from resolution_monitor.score.month.scored_period import ScoredPeriod
from resolution_monitor.score.screens.runs import run_screens
from resolution_monitor.score.screens.screen import Found, MonthSeen
from resolution_monitor.score.screens.screened import false_share

# One row per screen, body and item that was hit, by place.
QUESTION_COLUMNS: dict[str, str] = {
    "place": "1 is asked first: what needs verification, then what is least likely a false alarm",
    "screen": "key of catalogue/screens.yaml",
    "agency_id": "who is asked",
    "item_kind": "indicator, task, or report where the question is about all a body reports",
    "item_id": "empty where the question is about all a body reports",
    "question": "Vietnamese sentence as it goes to the body",
    "statistic": "what was counted or measured, in the screen's own unit",
    "chance": "of so much or more under honest reporting; 0 where the record itself shows it",
    "false_share": "share of false alarms to expect if all up to this one are asked, of this screen this month",
    "false_alarm_rate": "of honest series or bodies a year, as printed beside",
    "is_asked": "goes to the body; what does not is kept for analysts",
    "needs_verification": "two independent screens on one item, or one that is enough by itself",
    "reply_until": "last day on which a reply is expected",
}


def questions_of(scored: ScoredPeriod, seen: MonthSeen) -> pandas.DataFrame:
    """
    The questions of a month with QUESTION_COLUMNS, by place; empty where nothing is to be asked.

    They are asked on the day of the briefing; replies are expected some working days later.
    """
    catalogue, screening = scored.catalogue, scored.catalogue.screening
    rows = [row for found in run_screens(seen, screening.screens) for row in _rows(scored, found)]
    frame = pandas.DataFrame(rows, columns=[*QUESTION_COLUMNS, "family", "is_fact"])
    families = frame.groupby(["agency_id", "item_id"])["family"].transform("nunique")
    is_double = families.ge(2).to_numpy(dtype=bool)
    is_sure = (frame["false_share"].to_numpy(dtype=np.float64) <= screening.false_share_limit) | is_double
    whole = frame.assign(
        is_asked=is_sure | frame["is_fact"].to_numpy(dtype=bool),
        needs_verification=is_double | frame["needs_verification"].to_numpy(dtype=bool),
        reply_until=catalogue.working_days.after(scored.day, screening.reply_working_days),
    )
    keys = ["is_asked", "needs_verification", "false_share", "chance", "screen", "agency_id", "item_id"]
    ordered = whole.sort_values(keys, ascending=[False, False, *[True] * 5]).reset_index(drop=True)
    return ordered.assign(place=np.arange(1, len(ordered) + 1))[list(QUESTION_COLUMNS)]


def _rows(scored: ScoredPeriod, found: Found) -> Iterable[dict[str, Any]]:
    screen, screened = scored.catalogue.screening.screens[found.screen], found.screened
    share = false_share(screened.chance)
    for number in np.flatnonzero(screened.is_hit):
        agency_id, item_id = str(found.agency_id[number]), str(found.item_id[number])
        yield {
            "screen": screen.screen,
            "agency_id": agency_id,
            "item_kind": found.item_kind,
            "item_id": item_id,
            "question": _question(scored, screen, found, int(number)),
            "statistic": float(screened.statistic[number]),
            "chance": float(screened.chance[number]),
            "false_share": float(share[number]),
            "false_alarm_rate": screen.false_alarm_rate,
            "needs_verification": screen.needs_verification,
            "family": screen.family,
            "is_fact": screen.is_fact,
        }


def _question(scored: ScoredPeriod, screen: Screen, found: Found, number: int) -> str:
    catalogue = scored.catalogue
    partner = "" if found.partner is None else str(found.partner[number])
    numbers = {name: _written(values[number]) for name, values in found.numbers.items()}
    sentence = screen.question.format_map(
        {
            **numbers,
            "statistic": _written(found.screened.statistic[number]),
            "body": catalogue.bodies[str(found.agency_id[number])].short_vi,
            "item": _item(catalogue, str(found.item_id[number])),
            "period": period_words(scored.period),
            **{f"limit_{name}": _written(value) for name, value in screen.limits.items()},
            "green_points": _written(scored.limits.green_from * 100.0),
            "partner": catalogue.bodies[partner].short_vi if partner else "",
        }
    )
    # Sentences may begin with a period or a body in lower case.
    return sentence[:1].upper() + sentence[1:]


def _item(catalogue: Catalogue, item_id: str) -> str:
    named: Mapping[str, Any] = catalogue.indicators if item_id in catalogue.indicators else catalogue.tasks
    return f"{item_id} {named[item_id].name_vi}" if item_id in named else item_id


def _written(value: float) -> str:
    """Up to two decimals as Vietnamese readers write them; a dash for what is not known."""
    return wording.NO_VALUE if np.isnan(value) else wording.shortest(Decimal(repr(float(value))), 2)
