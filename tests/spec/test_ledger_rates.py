"""Completeness and timeliness, as sums that a clerk can check. October 2026 was due on 10 November."""

from datetime import UTC, date, datetime

import numpy as np
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_monitor.ledger.obligations import KEY
from resolution_monitor.ledger.rates import ANSWER_COLUMNS, rates, with_cells

DUE, CUT_OFF = datetime(2026, 11, 10, 17, tzinfo=UTC), datetime(2026, 11, 11, 17, tzinfo=UTC)
EARLY, LATE, NOW = (datetime(2026, 11, day, tzinfo=UTC) for day in (5, 11, 20))
KINDS = {"report": "report", "57.01": "indicator", "57.02": "indicator", "57-T01": "task", "57-T02": "task"}
ON_TIME, MISSING = "received_on_time", "missing"


def owed(*rows: tuple[str, str, datetime | None, float], agency_id: str = "BYT") -> pandas.DataFrame:
    """Obligations of one body: item, state, when it came, weight."""
    return pandas.DataFrame(
        [
            {
                "agency_id": agency_id,
                "item_kind": KINDS[item],
                "item_id": item,
                "period_name": "2026-10",
                "state": state,
                "received_at": pandas.Timestamp(came) if came else pandas.NaT,
                "weight": weight,
                "due_at": DUE,
                "cut_off_at": CUT_OFF,
            }
            for item, state, came, weight in rows
        ]
    )


def answers(*rows: tuple[str, dict[str, object]], agency_id: str = "BYT") -> pandas.DataFrame:
    made = [
        {"agency_id": agency_id, "item_kind": KINDS[item], "item_id": item, "period_name": "2026-10", **said}
        for item, said in rows
    ]
    return pandas.DataFrame(made, columns=[*KEY, *ANSWER_COLUMNS], dtype=object)


def both(obligations: pandas.DataFrame, values: pandas.DataFrame) -> tuple[float, float]:
    """Completeness and timeliness in percent."""
    found = rates(with_cells(obligations, values), ["period_name"], NOW)
    return float(found["completeness_pct"].item()), float(found["timeliness_pct"].item())


def test_weights():
    """
    57.01 (weight 3) came in time and is filled, 57.02 (weight 1) is missing: 3 of 4, both ways.
    """
    obligations = owed(("57.01", ON_TIME, EARLY, 3.0), ("57.02", MISSING, None, 1.0))

    assert (75.0, 75.0) == both(obligations, answers(("57.01", {"value_state": "reported"})))


@pytest.mark.parametrize(
    ("value_state", "completeness"),
    [("reported", 100.0), ("zero", 100.0), ("no_activity", 100.0), ("not_applicable", 0.0), ("withheld", 0.0)],
)
def test_kinds_of_answers(value_state: str, completeness: float):
    """
    Every state is an answer, in time; "not applicable" and "withheld" hold no content. Silence is neither.
    """
    obligations = owed(("57.01", ON_TIME, EARLY, 1.0))

    assert (completeness, 100.0) == both(obligations, answers(("57.01", {"value_state": value_state})))
    assert (0.0, 0.0) == both(owed(("57.01", MISSING, None, 1.0)), answers())


def test_task_that_is_done_has_three_cells():
    """
    Done without the product's number: 2 of 3 cells; the task beside it is under way, 1 of 1: (2/3 + 1) / 2.
    """
    obligations = owed(("57-T01", ON_TIME, EARLY, 1.0), ("57-T02", "late", LATE, 1.0))
    done = {"task_state": "done", "done_on": date(2026, 10, 3), "product": " "}
    found = both(obligations, answers(("57-T01", done), ("57-T02", {"task_state": "under_way", "product": ""})))

    assert (100 * (2 / 3 + 1) / 2, 50.0) == pytest.approx(found)


def test_report_is_an_envelope():
    """
    A report that came in time fills no cell of the task left out; where nothing else is owed, it is the content.
    """
    with_task = owed(("report", ON_TIME, EARLY, 1.0), ("57-T01", MISSING, None, 1.0))
    task_waived = owed(("report", ON_TIME, EARLY, 1.0), ("57-T01", "waived", None, 1.0))

    assert (0.0, 50.0) == both(with_task, answers())
    assert (100.0, 100.0) == both(task_waived, answers())
    assert (100.0, 100.0) == both(owed(("report", "accepted_in_part", EARLY, 1.0)), answers())
    assert (0.0, 0.0) == both(owed(("report", "rejected", EARLY, 1.0)), answers())


def test_nothing_owed_is_no_rate():
    """
    What is waived, or not cut off yet, is in no denominator; neither is what weighs nothing.
    """
    waived = owed(("57.01", "waived", EARLY, 1.0))
    early = with_cells(owed(("57.01", ON_TIME, EARLY, 1.0)), answers(("57.01", {"value_state": "reported"})))
    found = rates(early, ["period_name"], LATE)

    assert np.isnan(both(waived, answers())).all()
    assert (1, 0) == (found["owed"].item(), found["settled"].item())
    assert found[["completeness_pct", "timeliness_pct"]].isna().all(axis=None)
    assert np.isnan(both(owed(("57.01", MISSING, None, 0.0)), answers())).all()


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["BYT", "BTC", "BCA"]),
        st.sampled_from([ON_TIME, "late", "accepted_in_part", "rejected", MISSING, "waived", "due", "not_due"]),
        st.sampled_from([None, EARLY, LATE]),
        st.floats(min_value=0, max_value=1e12),
        st.integers(min_value=0, max_value=3),
        st.integers(min_value=0, max_value=3),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.filterwarnings("error")
@given(rows=ROWS)
def test_always_between_none_and_all(rows: list[tuple[str, str, datetime | None, float, int, int]]):
    """
    Whatever is owed and comes, both rates lie between 0 and 100, and each obligation is in one row.
    """
    columns = ["agency_id", "state", "received_at", "weight", "cells_filled", "cells_required"]
    frame = pandas.DataFrame(rows, columns=columns).assign(due_at=DUE, cut_off_at=CUT_OFF)
    frame["received_at"] = pandas.to_datetime(frame["received_at"], utc=True)
    frame["cells_filled"] = frame[["cells_filled", "cells_required"]].min(axis=1)
    found = rates(frame, ["agency_id"], NOW).set_index("agency_id").sort_index()
    known = found[["completeness_pct", "timeliness_pct"]].to_numpy()
    assert not (known < 0).any()
    assert not (known > 100).any()
    assert len(frame) == found["owed"].sum()
