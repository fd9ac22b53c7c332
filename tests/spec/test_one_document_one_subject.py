"""A document proves one subject: which numbers are the same document, and whose rows wait for a named person."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from unit.body_reports import TASKS, good_workbook, opened, understood, with_cells

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.closings import Claim, Closed, Closings, Told
from resolution_monitor.reporting.documents import document_numbers, issuer_in

JUNE, OCTOBER = date(2026, 6, 30), date(2026, 10, 31)
ISSUERS = {"byt", "btc"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12/QĐ-BYT", {"12/qđ-byt"}),
        ("Quyết định số 12/QĐ-BYT, ngày 03/10/2026", {"12/qđ-byt"}),
        ("12/QĐ-BYT và 13/KH-BYT.", {"12/qđ-byt", "13/kh-byt"}),
        ("123-QĐ/TU", {"123-qđ/tu"}),
        ("12/2026/QH16", {"12/2026/qh16"}),
        ("Biên bản 7", {"biênbản7"}),
        ("đã ký", set()),
        ("", set()),
    ],
)
def test_numbers_of_documents(text: str, numbers: set[str]):
    """
    A document is known by its number and symbol, whatever stands around them; a day is none.
    """
    assert numbers == document_numbers(text)


@pytest.mark.parametrize(
    ("number", "issuer"), [("12/qđ-byt", "byt"), ("123-qđ/tu", "tu"), ("12/2026/qh16", "qh"), ("12/2026/nđ-cp", "cp")]
)
def test_issuer(number: str, issuer: str):
    """
    The end of a symbol says who issued the document.
    """
    assert issuer == issuer_in(number)


def told(agency_id: str, product: str, *, month: date = JUNE, day: date = date(2026, 6, 18)) -> Told:
    """A task T1 that was done by June."""
    return Told(
        agency_id, "T1", month, True, day, product, submission_id=1, received_at=datetime(2026, 7, 5, tzinfo=UTC)
    )


CLAIM = Claim("T2", "12/QĐ-BYT", date(2026, 10, 20), frozenset({"BYT"}), OCTOBER, datetime(2026, 11, 5, tzinfo=UTC))
KNOWN: dict[str, tuple[Told, Claim, bool]] = {
    "of its own other task": (told("BYT", "12/QĐ-BYT"), CLAIM, True),
    "with its day beside it": (told("BYT", "số 12/QĐ-BYT ngày 18/6/2026"), CLAIM, True),
    "of the same task": (told("BYT", "12/QĐ-BYT"), replace(CLAIM, item_id="T1"), False),
    "another number": (told("BYT", "13/QĐ-BYT"), CLAIM, False),
    "the number of another year": (told("BYT", "12/QĐ-BYT", day=date(2025, 12, 30)), CLAIM, False),
    "of another body": (told("BTC", "12/QĐ-BYT"), CLAIM, True),
    "a symbol of many bodies, another's": (told("T01-UBND", "12/QĐ-UBND"), replace(CLAIM, product="12/QĐ-UBND"), False),
    "a symbol of many bodies, its own": (told("BYT", "12/QĐ-UBND"), replace(CLAIM, product="12/QĐ-UBND"), True),
    "a decree that many carry out": (told("BTC", "12/2026/NĐ-CP"), replace(CLAIM, product="12/2026/NĐ-CP"), False),
    "told for the same period by itself": (told("BYT", "12/QĐ-BYT", month=OCTOBER), CLAIM, False),
    "told later": (told("BYT", "12/QĐ-BYT"), replace(CLAIM, received_at=datetime(2026, 7, 1, tzinfo=UTC)), False),
    "disproved": (replace(told("BYT", "12/QĐ-BYT"), disproved_on=JUNE), CLAIM, False),
    "under way": (replace(told("BYT", "12/QĐ-BYT"), is_closed=False), CLAIM, False),
}


@pytest.mark.parametrize("name", KNOWN)
def test_what_a_document_proves_already(name: str):
    """
    What stands of a document in the same year, by the body itself or by whoever names the one body that issued it.
    """
    before, claim, is_proven = KNOWN[name]

    assert is_proven is bool(Closings([before]).proven(claim, ISSUERS))


def test_what_others_say_in_the_same_run_is_not_compared():
    """
    Several processes read a run's files in no order: only what was kept before it is held against another body's.
    """
    closings = Closings()
    closings.note(1, [told("BTC", "12/QĐ-BYT")])
    closings.note(2, [replace(told("BYT", "12/QĐ-BYT"), submission_id=2)])

    assert [("BYT", "T1")] == closings.proven(CLAIM, ISSUERS)


def test_two_rows_with_one_document_wait_both(catalogue: Catalogue):
    """
    Nobody knows which of two tasks the document is of; what is closed stands, and parts of one task are one subject.
    """
    twice = with_cells(opened(good_workbook()), TASKS, J8="Quyết định 12/QĐ-BYT")
    closed = {"57-T01/BYT": Closed(JUNE, date(2026, 10, 3), "12/QĐ-BYT", False)}
    parent = catalogue.tasks["57-T01/BYT"].parent
    parts = replace(catalogue.tasks["57-T02/BYT"], parent=parent)
    one_subject = replace(catalogue, tasks={**catalogue.tasks, "57-T02/BYT": parts})

    def waiting(**known: object) -> list[str | None]:
        found = understood(twice, **known).findings  # type: ignore[arg-type]
        return [one.cell for one in found if one.check == "product-of-another"]

    assert ["J7", "J8"] == waiting()
    assert ["J8"] == waiting(closed=closed)
    assert [] == waiting(catalogue=one_subject)
