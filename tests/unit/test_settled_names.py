"""Names that nobody bears wait for a person, are settled once, and hold from then on."""

from dataclasses import replace

import pytest
from hostile.workbooks import good_xlsx
from unit.test_forms import HEAD, ROWS

from resolution_monitor.ask.uncertain_names import uncertain_names
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import NameIndex, name_key
from resolution_monitor.errors import LedgerError
from resolution_monitor.period import year_period
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.names import settle_name
from resolution_monitor.pipeline.normalise import normalise

WRITTEN = "CAO BẰNGG"
DECISION = {"reason": "gõ nhầm", "author": "An"}


def rows_of(context: Context, statement: str) -> list[tuple[object, ...]]:
    with context.database.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


@pytest.fixture
def waiting(context: Context) -> Context:
    """A road on which one plan waits for the names of two of its rows."""
    inbox = context.settings.inbox_folder / "BTC"
    inbox.mkdir(parents=True)
    rows = [*HEAD, *ROWS[:3], [2.0, WRITTEN, 20.0], [3.0, "Chưa phân bổ", 1.0]]
    (inbox / "plan.xlsx").write_bytes(good_xlsx([[cell or None for cell in row] for row in rows]))
    collect(context, context.settings.inbox_folder)
    normalise(context, None)
    return context


def test_settled_once(waiting: Context):
    """
    The likeness is only a suggestion; once a person decides, the file is read again without being sent again, and
    both decisions stand in the journal.
    """
    listed = uncertain_names(waiting.database, waiting.catalogue)
    assert [(WRITTEN, "T04"), ("Chưa phân bổ", "")] == list(
        listed.sort_values("agency_id", ascending=False)[["written_name", "agency_id"]]
        .drop_duplicates("written_name")
        .itertuples(index=False, name=None)
    )
    assert [("T63-02",)] == rows_of(waiting, "select agency_id from target")

    assert settle_name(waiting, WRITTEN, "T04", **DECISION)
    assert not settle_name(waiting, WRITTEN, "T04", **DECISION)
    assert settle_name(waiting, "Chưa phân bổ", None, **DECISION)
    assert 1 == normalise(waiting, None)["files"]
    assert 0 == normalise(waiting, None)["files"]

    assert [("T04",), ("T63-02",)] == rows_of(waiting, "select agency_id from target order by 1")
    assert uncertain_names(waiting.database, waiting.catalogue).empty
    assert [("settle name",)] * 2 == rows_of(waiting, "select action from journal")


def test_decisions_that_are_refused(waiting: Context):
    """
    Nobody decides without a name, for a body that is none, or over a name that no file waits for.
    """
    refused = {
        (WRITTEN, "T04", " "): "author is empty",
        (WRITTEN, "XYZ", "An"): "XYZ",
        ("Hà Nội", "T01", "An"): "no file waits",
    }
    for (written, agency_id, author), expected in refused.items():
        with pytest.raises(LedgerError, match=expected):
            settle_name(waiting, written, agency_id, reason="x", author=author)

    assert [] == rows_of(waiting, "select * from name_decision")


def test_an_alias_comes_first(catalogue: Catalogue):
    """
    What the catalogue knows is never overruled; a decision holds only among its own kind of bodies and in its time.
    """
    names = {name_key(catalogue, written): agency_id for written, agency_id in (("Hà Nội", "T04"), ("Kinh đô", "T01"))}
    settled = replace(catalogue, settled_names=names)
    province, central = NameIndex(settled, "province"), NameIndex(settled, "central")
    found = [index.resolve(written, year_period(2026)) for index, written in
             ((province, "Hà Nội"), (province, "KINH ĐÔ"), (central, "Kinh đô"))]  # fmt: skip

    assert ["T01", "T01", None] == [body.agency_id if body else None for body in found]
