"""'Nothing to report' down the road: believed where cases are rare, else missed until a named person accepts it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pandas
import pytest
from prove.gaming_of_values import (
    GAMING,
    HONEST,
    ITEMS,
    MONTHS,
    NOTHING,
    OCTOBER,
    SHARES,
    catalogue_of,
    composites,
    monthly,
    share,
)
from unit.test_ledger import count

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.catalogue.entries import Target
from resolution_monitor.catalogue.resolution_entries import Baseline
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.pipeline import Context, accept
from resolution_monitor.pipeline.score import score
from resolution_monitor.reporting.content import IndicatorEntry

ITEM, CHECK = ITEMS[GAMING], "nothing-not-plausible"
ACCEPTED = {"item_id": ITEM, "reason": "Công văn 9/BYT-VP: không có đợt nào trong tháng", "author": "N. V. A"}
BRIEFED = datetime(2026, 11, 12, 7, 0, tzinfo=TIME_ZONE)


def played(context: Context, entries: Sequence[IndicatorEntry]) -> Context:
    """Seven months of one body, scored in October."""
    start = Baseline(Decimal(50), MONTHS[0].end, "x", "high")
    aims = {"kind": "ratio", "unit": "%", "baseline": start, "targets": (Target(2026, ">=", Decimal(90)),)}
    chosen = catalogue_of(context.catalogue, **aims)
    composites(context, chosen, monthly(GAMING, entries))
    return replace(context, catalogue=chosen, now=BRIEFED)


def asked(context: Context) -> pandas.DataFrame:
    found = standing_findings(context.database, None, with_notes=False)
    return found[found["check_code"] == CHECK]


def october(context: Context, minutes: int) -> tuple[int, float]:
    """m and P as a run some minutes after the briefing stores them."""
    run = score(replace(context, now=BRIEFED + timedelta(minutes=minutes)), "resolutions_month", OCTOBER)
    rows = scores_as_stored(context.database, run["scoring_run_id"]).assignments.set_index("item_id")
    return tuple(rows.loc[ITEM, ["missed", "progress_low"]])


def test_a_named_person_accepts_it(context: Context):
    """
    It waits, with what was told before in its words, and counts as missed; accepted, the last value stands.
    """
    road = played(context, [*(share(value) for value in SHARES[:-1]), NOTHING])
    (words,) = asked(road)["text_vi"]
    waiting = october(road, 0)
    number = count(road, "submission")
    with pytest.raises(LedgerError, match="waits for a decision"):
        accept(road, submission_id=number, **{**ACCEPTED, "item_id": ITEMS[HONEST]})
    accept(replace(road, now=BRIEFED.replace(minute=2)), submission_id=number, **ACCEPTED)
    accepted = october(road, 3)
    accept(replace(road, now=BRIEFED.replace(minute=4)), submission_id=number, **ACCEPTED, withdraw=True)

    assert "chưa có căn cứ để coi là không phát sinh (mẫu số các kỳ trước: 1.000; 1.000; 1.000; 1.000)" in words
    assert (1, 0.0) == waiting
    assert (0, 100.0) == accepted
    assert waiting == october(road, 5)


@pytest.mark.parametrize(
    ("before", "is_believed"),
    [
        ([2, 1, 2, 2, 1, 2], True),
        ([1000, 1000, 2, 2, 1, 1], True),
        ([4, 3, 4, 2, 4, 3], False),  # none at all in 3 % of such months
        ([2, 2, 1000, 1000, 1000, 1000], False),
    ],
)
def test_rare_cases_are_believed(context: Context, before: list[int], is_believed: bool):
    """
    With one or two cases in each of the months before, a reason is enough; what lies longer ago does not count.
    """
    road = played(context, [*(share(100, of) for of in before), NOTHING])

    assert is_believed is asked(road).empty
    assert (0 if is_believed else 1) == october(road, 0)[0]


def test_what_was_believed_does_not_make_itself_believed(context: Context):
    """
    Nothing in July is believed after months of two cases. October, after two of a thousand, is not: July told of no
    case and nobody accepted that, so the last four are 2, 2, 1,000 and 1,000.
    """
    few, many = share(100, 2), share(80, 1000)
    road = played(context, [few, few, few, NOTHING, many, many, NOTHING])

    (words,) = asked(road)["text_vi"]
    assert "(mẫu số các kỳ trước: 2; 2; 1.000; 1.000)" in words


def test_one_that_waits_makes_the_next_no_likelier(context: Context):
    """
    Nothing in September waits, and is no month without a case for October; accepted, it is one.
    """
    road = played(context, [*(share(value) for value in SHARES[:-2]), NOTHING, NOTHING])

    assert 2 == len(asked(road))
    assert (2, 0.0) == october(road, 0)
    first, second = sorted(asked(road)["submission_id"])
    accept(replace(road, now=BRIEFED.replace(minute=2)), submission_id=int(first), **ACCEPTED)
    assert [second] == asked(road)["submission_id"].tolist()
