"""What the free checkers of PDF/UA-1 say of a page, and what none of them looks at: PDF/A-3, claims, attached files."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf

PDFA, PDFUA = "http://www.aiim.org/pdfa/ns/id/", "http://www.aiim.org/pdfua/ns/id/"
# pdfua's rule on headings asks pikepdf 10 for what it no longer tells; outloud looks at headings too.
UNASKED = {"UA-14-001"}
# A warning that a line stands at the top of three pages: the head of a long table, which heads its columns on each.
REPEATED = ("PAG-001", "warning")
MEDIA_TYPES = {
    "csv": "/text/csv",
    "json": "/application/json",
    "xlsx": "/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def complaints(pdf: bytes) -> list[str]:
    """Every error and warning of outloud and pdfua."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        seen, validated = outloud.check(file.name), pdfua.validate(file.name)
    unasked = {outcome.rule_id: outcome.skipped_reason for outcome in validated.outcomes if outcome.skipped_reason}
    found = [one for one in seen.findings if (one.rule, one.severity) != REPEATED]
    told = [f"outloud {one.rule} {one.severity}: {one.message}: {one.evidence}" for one in found]
    told += [f"pdfua {one.rule_id}: {one.message}" for one in validated.findings]
    told += [f"pdfua could not ask {rule}: {why}" for rule, why in unasked.items() if rule not in UNASKED]
    return [*told, *([f"outloud: {seen.error}"] if seen.error else [])]


@dataclass(frozen=True)
class Claims:
    """
    What a file says of itself.

    Attributes:
        blocks: How many blocks of metadata it has.
        is_same: Whether its two records of title, author and times agree.
        bookmarks: Titles of its outline, level by level.
        attached: Name of each file in it -> its bytes; each is checked as it is read.
    """

    blocks: int
    pdfa: tuple[str, str]
    pdfua: str
    is_same: bool
    language: str
    shows_title: bool
    bookmarks: list[str]
    attached: dict[str, bytes]


def claims(pdf: bytes) -> Claims:
    with pikepdf.open(BytesIO(pdf)) as document:
        metadata = document.open_metadata()
        pdfa = (str(metadata[f"{{{PDFA}}}part"]), str(metadata[f"{{{PDFA}}}conformance"]))
        with document.open_outline() as outline:
            bookmarks = list(_titles(outline.root))
        root = document.Root
        return Claims(
            blocks=root.Metadata.read_raw_bytes().count(b"<rdf:RDF"),
            pdfa=pdfa,
            pdfua=str(metadata[f"{{{PDFUA}}}part"]),
            is_same=_is_same(document.docinfo, metadata),
            language=str(root.Lang),
            shows_title=bool(root.ViewerPreferences.DisplayDocTitle),
            bookmarks=bookmarks,
            attached=dict(_attached(document)),
        )


def _titles(items: list[Any]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def _is_same(info: Any, metadata: Any) -> bool:
    times = {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}
    in_words = all(_digits(str(info[key])) == _digits(metadata[name]) for key, name in times.items())
    return bool(
        in_words and str(info.Title) == metadata["dc:title"] and [str(info.Author)] == list(metadata["dc:creator"])
    )


def _digits(moment: str) -> str:
    return re.sub(r"\D", "", moment)[:14]


def _attached(document: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """Files as PDF/A-3 wants them: listed once, told apart, with their type, their use and a time of their own."""
    listed = [str(one.UF) for one in document.Root.AF] if "/AF" in document.Root else []
    assert sorted(listed) == sorted(document.attachments)
    times = set()
    for specification in document.Root.AF if listed else ():
        name, file = str(specification.UF), specification.EF.F
        assert name == str(specification.F)
        assert str(specification.Desc)
        assert specification.AFRelationship == "/Data"
        assert file.Subtype == MEDIA_TYPES[name.rpartition(".")[2]]
        times |= {str(file.Params.ModDate), str(file.Params.CreationDate)}
        yield name, file.read_bytes()
    assert len(times) <= 1


def drawings(pdf: bytes) -> list[tuple[str, tuple[float, ...]]]:
    """Words and place of each drawing, in the order of reading."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            (str(one.Alt), tuple(float(side) for side in one.A.BBox))
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
