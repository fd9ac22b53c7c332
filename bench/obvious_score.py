"""The obvious way to score: the same rules written for one row, DataFrame.apply over rows, groupby-apply, to_sql."""

import math
from datetime import date
from typing import Any

import pandas
import sqlalchemy


def obvious_scores(
    owed: pandas.DataFrame, values: pandas.DataFrame, indicators: pandas.DataFrame, as_at: date, url: str
) -> pandas.DataFrame:
    """
    Find the last figure of each body and indicator, score, roll up and store them; the assignments.

    Args:
        owed: Obligations with their state; values: what was reported; both as the statements give them.
        indicators: item_id, resolution, kind, sign, trajectory, baseline, target, min_step, start, due, weight.
    """
    told = values.rename(columns={"indicator_id": "item_id"})
    both = owed.merge(told, how="outer", on=["agency_id", "item_id", "period_kind", "period_end"])
    last = both.sort_values("period_end").groupby(["agency_id", "item_id"]).apply(_last).reset_index()
    pairs = last.merge(indicators, on="item_id")
    assignments = pandas.concat([pairs, pairs.apply(lambda row: _scored(row, as_at), axis=1)], axis=1)
    nodes = pandas.concat(
        [
            assignments.groupby(key).apply(_rolled).rename_axis("node_id").reset_index()
            for key in ("resolution", "agency_id")
        ]
    )
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        assignments.to_sql("obvious_assignment", connection, if_exists="replace", index=False)
        nodes.to_sql("obvious_node", connection, if_exists="replace", index=False)
    engine.dispose()
    return assignments


def _last(entries: pandas.DataFrame) -> pandas.Series:
    """The last figure, where it came from, and how many reports were missed in a row since."""
    known = entries[entries["value"].notna() & (entries["state"] != "missing")]
    if known.empty:
        return pandas.Series({"value": math.nan, "submission_id": None, "cell": None, "missed": len(entries)})
    newest = known.iloc[-1]
    missed = int((entries["period_end"] > newest["period_end"]).sum())
    place = {"submission_id": newest["submission_id"], "cell": newest["cell"]}
    return pandas.Series({"value": float(newest["value"]), **place, "missed": missed})


def _scored(row: Any, as_at: date) -> pandas.Series:
    """Attainment, expected fraction, lag, status and points of one indicator of one body: clauses 2.3 to 2.7."""
    elapsed, total = (as_at - row["start"]).days, (row["due"] - row["start"]).days
    share = min(max(elapsed / total, 0.0), 1.0)
    expected = share * share * (3 - 2 * share) if row["trajectory"] == "scurve" else share
    if math.isnan(row["value"]):
        return _row(None, expected, None, "NO_DATA", 0.0, 0.0)
    scale = row["sign"] * (row["target"] - row["baseline"])
    if row["kind"] == "cumulative":
        ratio = (row["value"] - row["baseline"]) / (row["target"] - row["baseline"])
    else:
        ratio = 1 - row["sign"] * (row["target"] - row["value"]) / scale
    fraction = min(max(ratio, -1.0), 2.0)
    within = min(max(fraction, 0.0), 1.0)
    inverse = 0.5 - math.sin(math.asin(1 - 2 * within) / 3) if row["trajectory"] == "scurve" else within
    day = max(total, elapsed) if within >= 1 else 0.0 if within <= 0 else inverse * total
    lag = elapsed - day
    pace = 100 * min(max(1 - max(0.0, expected - fraction) / max(expected, 0.2), 0.0), 1.0)
    timely = 100 * (1 - min(max(lag / max(90.0, 0.2 * elapsed), 0.0), 1.0))
    return _row(fraction, expected, lag, _status(fraction, expected, (elapsed - lag) / elapsed, row), pace, timely)


def _status(fraction: float, expected: float, index: float, row: Any) -> str:
    if fraction >= 1 - 1e-9:
        return "ON_TARGET"
    if fraction < -row["min_step"] / abs(row["target"] - row["baseline"]) - 1e-9:
        return "RED"
    if expected < 0.05 - 1e-9:
        return "GREEN"
    return "GREEN" if index >= 0.95 - 1e-9 else "AMBER" if index >= 0.80 - 1e-9 else "RED"


def _row(
    fraction: float | None, expected: float, lag: float | None, status: str, progress: float, timeliness: float
) -> pandas.Series:
    return pandas.Series(
        {
            "attainment_pct": None if fraction is None else 100 * min(max(fraction, 0.0), 1.2),
            "expected_fraction": expected,
            "lag_days": lag,
            "status": status,
            "progress_low": progress,
            "timeliness_low": timeliness,
        }
    )


def _rolled(group: pandas.DataFrame) -> pandas.Series:
    """Clause 2.9: the weighted mean, the share without data, and the colour."""
    low = (group["weight"] * group["progress_low"]).sum() / group["weight"].sum()
    share = (group["weight"] * (group["status"] == "NO_DATA")).sum() / group["weight"].sum()
    colour = "GREEN" if low >= 90 else "AMBER" if low >= 75 else "RED"
    counts = {status.lower(): int((group["status"] == status).sum()) for status in ("GREEN", "AMBER", "RED", "NO_DATA")}
    return pandas.Series({"low": low, "share_without_data": share, "colour": colour, **counts})
