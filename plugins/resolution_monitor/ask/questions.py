"""What do the screens of honest reporting ask, what was replied, and what did verifications find?"""

from datetime import datetime

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.ledger.items import require_agency
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.score.screens.verification_sample import verification_sample
from resolution_monitor.store import question_rows, score_rows, tree_rows
from resolution_monitor.store.connect import Database

QUESTION_COLUMNS = (
    *("question_id", "place", "agency_id", "agency", "screen", "item_id", "question", "statistic", "chance"),
    *("false_share", "false_alarm_rate", "is_asked", "needs_verification", "first_asked_for", "reply_until", "state"),
    *("reply", "replied_by", "replied_at", "finds_plain", "finds_mild"),
)
VERIFICATION_COLUMNS = (
    *("agency_id", "agency", "indicator_id", "period", "reported", "found", "gap_pct", "source", "author"),
    "recorded_at",
)
_BLIND_BELOW = 0.10
SAMPLE_COLUMNS = ("agency_id", "agency", "indicator_id", "indicator", "why")


def questions(
    database: Database,
    catalogue: Catalogue,
    report: str,
    period: Period,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    agency_id: str | None = None,
    with_held: bool = False,
) -> pandas.DataFrame:
    """
    One row per question of a scored month with QUESTION_COLUMNS, by place; empty where nothing is asked.

    finds_plain and finds_mild are the shares of simulated gaming that its screen hits; None where the record itself
    shows what is asked.

    Args:
        as_of: Decides between waiting and overdue.
        with_held: Also what was found and is not asked: too likely a false alarm.

    Raises:
        LedgerError: There is no such body.
        NothingToReportError: The month was not scored yet.
    """
    if agency_id is not None:
        require_agency(catalogue, agency_id)
    if score_rows.latest_run(database, report, period) is None:
        raise NothingToReportError(f"period {period.name} was not scored yet; run it first")
    rows = question_rows.questions_of_period(database, report, period, known_at)
    chosen = (rows["is_asked"].astype(bool) | with_held) & ((agency_id is None) | (rows["agency_id"] == agency_id))
    rows = rows[chosen].reset_index(drop=True)
    names = [catalogue.bodies[key].short_vi for key in rows["agency_id"]]
    today = as_of.astimezone(TIME_ZONE).date()
    is_over = [until < today for until in rows["reply_until"]]
    open_state = np.where(rows["is_asked"].astype(bool), np.where(is_over, "reply_overdue", "waiting"), "held")
    state = np.where(rows["reply"].notna(), "replied", open_state)
    replied_at = pandas.to_datetime(rows["replied_at"], utc=True)
    finds = [catalogue.screening.screens[name].finds for name in rows["screen"]]
    shares = {
        "finds_plain": pandas.Series([one.plain if one else None for one in finds], dtype=object),
        "finds_mild": pandas.Series([one.mild if one else None for one in finds], dtype=object),
    }
    return rows.assign(agency=names, state=state, replied_at=replied_at, **shares)[list(QUESTION_COLUMNS)]


def blind_screens(catalogue: Catalogue) -> dict[str, float]:
    """Screens that find less than one in ten of mild gaming, with that share, blindest first."""
    finds = {key: one.finds.mild for key, one in catalogue.screening.screens.items() if one.finds}
    blind = sorted((share, key) for key, share in finds.items() if share < _BLIND_BELOW)
    return {key: share for share, key in blind}


def verifications(
    database: Database,
    catalogue: Catalogue,
    period: Period,
    *,
    known_at: datetime | None = None,
    agency_id: str | None = None,
) -> pandas.DataFrame:
    """
    One row per verification of periods up to this one, beside what was reported; see VERIFICATION_COLUMNS.

    Raises:
        LedgerError: There is no such body.
    """
    if agency_id is not None:
        require_agency(catalogue, agency_id)
    found = question_rows.verifications_as_known(database, period.end, known_at)
    found = found[(agency_id is None) | (found["agency_id"] == agency_id)]
    reported = tree_rows.reported_as_known(database, period.end, known_at).values
    keys = ["agency_id", "indicator_id", "period_kind", "period_end"]
    both = found.merge(reported[[*keys, "value"]], how="left", on=keys)
    values, proofs = (both[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("value", "found"))
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.where(proofs == 0, np.nan, (values - proofs) / np.abs(proofs) * 100.0)
    names = [catalogue.bodies[key].short_vi for key in both["agency_id"]]
    whole = both.assign(agency=names, period=both["period_name"], reported=values, found=proofs, gap_pct=gap)
    whole = whole.assign(recorded_at=pandas.to_datetime(whole["recorded_at"], utc=True))
    return whole[list(VERIFICATION_COLUMNS)]


def _are_new_baselines(figures: pandas.DataFrame, verifications: pandas.DataFrame) -> np.ndarray:
    """Whether each is still the first figure, which its path starts from, and nobody verified it yet."""
    keys = ("agency_id", "indicator_id", "period_end")
    done = set(zip(*(verifications[name] for name in keys), strict=True))
    told = zip(*(figures[name] for name in ("agency_id", "item_id", "value_on")), strict=True)
    is_own = figures["flags"].str.contains("SELF_BASELINE").to_numpy(dtype=bool)
    is_first = (figures["value_on"] == figures["started_on"]).to_numpy(dtype=bool)
    return np.asarray(is_own & is_first & np.array([key not in done for key in told], dtype=bool))


def to_verify(database: Database, catalogue: Catalogue, report: str, period: Period) -> pandas.DataFrame:
    """
    Which figures of a scored month to verify on the spot, with SAMPLE_COLUMNS: first figures that become a baseline,
    until they were; and of all figures some by lot, and some by what screens found.

    Raises:
        NothingToReportError: The month was not scored yet.
    """
    latest = score_rows.latest_run(database, report, period)
    if latest is None:
        raise NothingToReportError(f"period {period.name} was not scored yet; run it first")
    assignments, _ = tree_rows.tree_of_run(database, latest["scoring_run_id"])
    figures = assignments[(assignments["item_kind"] == "indicator") & assignments["value_on"].notna()]
    found = question_rows.verifications_as_known(database, period.end)
    asked = question_rows.questions_of_period(database, report, period)
    sample = verification_sample(
        figures[["agency_id", "item_id"]].assign(is_first=_are_new_baselines(figures, found)).reset_index(drop=True),
        asked[["agency_id", "item_id", "place", "needs_verification"]],
        period_name=period.name,
        shares=(catalogue.screening.verify_random_share, catalogue.screening.verify_risk_share),
    )
    return sample.assign(
        agency=[catalogue.bodies[key].short_vi for key in sample["agency_id"]],
        indicator_id=sample["item_id"],
        indicator=[catalogue.indicators[key].name_vi for key in sample["item_id"]],
    )[list(SAMPLE_COLUMNS)]
