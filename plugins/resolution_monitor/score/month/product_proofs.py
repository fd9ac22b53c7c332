"""Indicators that are products: what is reported as done counts with the document that proves it, and from its day.

Source: docs/method.md, clauses 2.3 (binary) and 2.5 (day of a deliverable). Day numbers as float64; NaN is null.
"""

from dataclasses import dataclass

import numpy as np
import pandas

from resolution_monitor.method.arrays import Flags, Floats, at_least, nulls
from resolution_monitor.method.registry import kinds
from resolution_monitor.reporting.documents import document_in, document_key
from resolution_monitor.score.month.aims import Aims
from resolution_monitor.score.month.claimed import INVALID, VALID, first_days, run_from
from resolution_monitor.score.month.figures import figures_of
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.report_history import History
from resolution_monitor.score.rules.days import day_numbers
from resolution_monitor.score.rules.met_day import met_day

# Columns that tell of the document of each figure; those of measured kinds need none and are always proven.
PROOF_COLUMNS = ("is_proven", "document", "told_day", "first_day", "verified_day")


@dataclass(frozen=True, slots=True)
class ProductProof:
    """
    By what products are done; one element per assignment, null for measured kinds.

    Attributes:
        met_day: The day that counts.
        told_day: The legal day as told.
        document: Number of the document; None where there is none.
        is_unproven: The last figure says done and names no document that holds.
    """

    met_day: Floats
    told_day: Floats
    document: np.ndarray
    is_unproven: Flags


def with_proofs(month: Month, values: pandas.DataFrame) -> pandas.DataFrame:
    """
    Figures with PROOF_COLUMNS where any of them is of a product; else as they are: most months have none.

    Args:
        values: agency_id, item_id, period_end, received_at, and the explanation in which the document is named.
    """
    products = {key: one for key, one in month.catalogue.indicators.items() if kinds()[one.kind].is_product}
    place = np.flatnonzero(values["item_id"].isin(products).to_numpy())
    if not len(place):
        return values
    plain = values.assign(is_proven=True, document=None, told_day=np.nan, first_day=np.nan, verified_day=np.nan)
    some = values.iloc[place]
    texts = some["explanation"] if "explanation" in some else pandas.Series("", some.index)
    named = [document_in(text if isinstance(text, str) else "") for text in texts]
    found = _found(month)
    keys = zip(some["agency_id"], some["item_id"], named, strict=True)
    verdicts = [
        found.get((agency_id, item_id, document_key(one.number)), ("", np.nan)) if one else ("", np.nan)
        for agency_id, item_id, one in keys
    ]
    calendars = some["item_id"].map({key: one.frequency for key, one in products.items()})
    told = {
        "is_proven": [
            one is not None and verdict != INVALID for one, (verdict, _) in zip(named, verdicts, strict=True)
        ],
        "document": [one.number if one else None for one in named],
        "told_day": [float(one.issued_on.toordinal()) if one else np.nan for one in named],
        "first_day": first_days(month, calendars, some["period_end"], some["received_at"]),
        "verified_day": [day if verdict == VALID else np.nan for verdict, day in verdicts],
    }
    for name, column in told.items():
        whole = plain[name].to_numpy(copy=True)
        whole[place] = column
        plain = plain.assign(**{name: whole})
    return plain


def _found(month: Month) -> dict[tuple[str, str, str], tuple[str, float]]:
    """Verdict and legal day, by body, item and document."""
    held = month.documents
    keys = zip(held["agency_id"], held["item_id"], held["document_key"], strict=True)
    return dict(zip(keys, zip(held["verdict"], day_numbers(held["issued_on"]), strict=True), strict=True))


def proofs_of(aims: Aims, history: History) -> ProductProof:
    """What proves the products among indicators: the document of the first proven figure of the unbroken run."""
    size = history.size
    document = np.full(size, None, dtype=object)
    if not (aims.is_product.any() and "is_proven" in history.entries):
        return ProductProof(nulls(size), nulls(size), document, np.zeros(size, dtype=bool))
    figures, entries = figures_of(aims, history), history.entries
    is_own = aims.is_product[history.row]
    is_told, is_done = is_own & ~np.isnan(figures.written), is_own & at_least(figures.observed, 1.0)
    claimed = run_from(history, is_told, is_done, history.numbers("first_day"))
    first = _first_of_run(history, is_told, is_done)
    told, verified = (np.append(history.numbers(name), np.nan)[first] for name in ("told_day", "verified_day"))
    document[first >= 0] = entries["document"].to_numpy(dtype=object)[first[first >= 0]]
    last = history.last_of(is_told)
    says_done, counts = (at_least(np.append(one, np.nan)[last], 1.0) for one in (figures.written, figures.observed))
    return ProductProof(met_day(told, claimed, verified), told, document, says_done & ~counts)


def _first_of_run(history: History, is_told: Flags, is_done: Flags) -> np.ndarray:
    """The number of the first entry of the unbroken run of each row; -1 where the last is not done."""
    last_open = history.last_of(is_told & ~is_done)
    in_run = np.flatnonzero(is_done & (np.arange(len(history.row)) > last_open[history.row]))
    found = np.full(history.size, -1, dtype=np.int64)
    found[history.row[in_run[::-1]]] = in_run[::-1]
    return found
