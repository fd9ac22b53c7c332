"""The document that proves what is done: whether a text names one, and whether two texts name the same.

Source: docs/method.md, clauses 2.3 (evidence) and 2.5 (day of a deliverable).
"""

import re
from dataclasses import dataclass
from datetime import date

_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
# "12/QĐ-BYT ngày 03/9/2026", "số 12/QĐ-BYT, ngày 03 tháng 9 năm 2026".
_DATED = re.compile(
    r"(?:số\s*:?\s*)?(?P<number>\S*\d\S*?),?\s+(?:ký\s+)?ngày\s+"
    r"(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)


# "12/QĐ-BYT", "123-QĐ/TU", "12/2026/QH16": digits and then a symbol, which a day has not.
_NUMBERED = re.compile(r"\d+\w*(?:[-/.][^\s,;()/.-]+)+")
_ISSUER = re.compile(r"[-/]([^\W\d_]+)\d*$")


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its number and symbol, and its legal day."""

    number: str
    issued_on: date


def names_document(number: str | None) -> bool:
    """Whether a text names a document at all: what has no number proves nothing."""
    return bool(number and _DIGIT.search(number))


def has_symbol(number: str) -> bool:
    """Whether a number bears a symbol, as that of every official document does: "12/QĐ-BYT", not "123"."""
    return names_document(number) and bool(_LETTER.search(number))


def document_key(number: str | None) -> str:
    """The same for two writings of one number: blanks and capitals do not tell documents apart."""
    return re.sub(r"\s+", "", number or "").casefold()


def document_numbers(text: str | None) -> frozenset[str]:
    """The keys of all documents that a text names; of one without any symbol the key of the whole text."""
    found = {document_key(number) for number in _NUMBERED.findall(text or "") if _LETTER.search(number)}
    return frozenset(found or ({document_key(text)} if names_document(text) else ()))


def issuer_in(number: str) -> str:
    """Who issued it, by the end of its symbol in small letters: "byt" of "12/qđ-byt"; empty where nobody is named."""
    found = _ISSUER.search(number)
    return found[1] if found else ""


def document_in(text: str | None) -> Document | None:
    """The first document that a text names with its number and its day; None where it names none."""
    found = _DATED.search(text or "")
    if found is None:
        return None
    try:
        issued_on = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Document(found["number"], issued_on)
