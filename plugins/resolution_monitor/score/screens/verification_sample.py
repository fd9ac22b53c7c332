"""Which figures are verified on the spot: those that become a baseline, a part by lot, a part by what screens found.

Source: docs/method.md, clause 4: 5 % random and 5 % by risk; clause 2.2: no rule knows a first figure that is false
from the start from a true one. Verification can change a figure; a screen cannot.
"""

import hashlib
import math

import pandas

FIRST, LOT, RISK = "first", "lot", "risk"


def verification_sample(
    figures: pandas.DataFrame, asked: pandas.DataFrame, *, period_name: str, shares: tuple[float, float]
) -> pandas.DataFrame:
    """
    agency_id, item_id and why (first, risk or lot), by body and item; none is drawn twice.

    The lot is drawn by a hash of period, body and item: whoever draws again draws the same.

    Args:
        figures: agency_id, item_id of every figure of the month; is_first where it becomes the baseline of its series.
        asked: agency_id, item_id, place, needs_verification of its questions.
        shares: Of the figures, drawn by lot and by risk; each is rounded up.
    """
    by_lot, by_risk = (math.ceil(share * len(figures)) for share in shares)
    pairs = zip(figures["agency_id"], figures["item_id"], strict=True)
    lots = [hashlib.sha256("\0".join((period_name, *pair)).encode()).hexdigest() for pair in pairs]
    drawn = figures.assign(lot=lots).sort_values("lot").head(by_lot).assign(why=LOT)
    ranked = asked.sort_values(["needs_verification", "place"], ascending=[False, True])
    risky = figures.merge(ranked.drop_duplicates(["agency_id", "item_id"]), on=["agency_id", "item_id"])
    risky = risky.sort_values(["needs_verification", "place"], ascending=[False, True]).assign(why=RISK)
    firsts = figures[figures["is_first"]].assign(why=FIRST)
    all_three = pandas.concat([firsts, risky.head(by_risk), drawn]).drop_duplicates(["agency_id", "item_id"])
    return all_three.sort_values(["agency_id", "item_id"]).reset_index(drop=True)[["agency_id", "item_id", "why"]]
