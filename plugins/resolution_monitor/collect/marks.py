"""The mark screen: looks through every text a file carries for a secrecy marking, before anything of it is kept.

Pure and bounded: it meets hostile bytes inside the limited child, opens at most as much as the guard would, and where
something cannot be opened it finds no mark; such a file is refused by the guard and never kept (docs/decisions/0007).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from resolution_monitor.collect.biff_texts import cells_of_ole, texts_of_ole
from resolution_monitor.collect.decode_bytes import decoded
from resolution_monitor.collect.mark_cells import is_fragment, rows_of_parts, spread_level
from resolution_monitor.collect.mark_texts import Text, rows_of_csv, texts_of_plain, texts_of_xml, texts_of_zip
from resolution_monitor.collect.marking_stamps import is_label
from resolution_monitor.collect.marking_words import Marking, clearest, marking_of_name, marking_of_text
from resolution_monitor.collect.open_zip import ZIP_MAGIC, OpenedZip, opened_zip
from resolution_monitor.collect.refusals import RefusedError
from resolution_monitor.terms import SECRECY_DOUBT, SECRECY_MARK

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# "Số: 123-BC/BTC" (Party), "Số: 123/2026/QĐ-BTC" (State): a shape that has no room for other words.
_DOCUMENT_NUMBER = re.compile(
    r"(?:^|\n)\s*Số\s*:?\s*(\d{1,5}(?:/\d{4})?\s?[-/]\s?[A-ZĐ][A-Za-zĐđ]{0,3}\s?[-/]\s?[A-ZĐ][A-ZĐ&]{0,11})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A file is marked; nothing of it is said but this.

    Attributes:
        level: "MẬT", "TỐI MẬT", "TUYỆT MẬT", or "BÍ MẬT NHÀ NƯỚC" where no level stands.
        document_number: Such as "123-BC/BTC"; None where the file gives none.
        is_clear: Nobody could take it for anything else; otherwise a person decides.
    """

    level: str
    document_number: str | None
    is_clear: bool = True


def find_mark(content: bytes, file_name: str, opened: OpenedZip | None = None) -> Mark | None:
    """
    The marking a file bears in its name or in any text it carries; None for none, or where it cannot be opened.

    Args:
        file_name: As the sender wrote it; empty where it was looked at before.
        opened: The same content, where it was opened already.
    """
    if opened is None and content.startswith(ZIP_MAGIC):
        opened = opened_zip(content)
    marking = clearest(_markings(content, file_name, opened))
    if marking is None:
        return None
    number = next(filter(None, map(_document_number, _texts(content, opened, only_near=False))), None)
    return Mark(marking.level, number, marking.is_clear)


def _markings(content: bytes, file_name: str, opened: OpenedZip | None) -> Iterator[Marking]:
    if named := marking_of_file_name(file_name):
        yield named
    label, has_fragment = "", False
    for text in _texts(content, opened, only_near=True):
        yield from _markings_of(text)
        if label and (behind := marking_of_text(f"{label}: {text.words}")):
            yield behind
        label = text.words if is_label(text.words) else ""
        has_fragment = has_fragment or is_fragment(text.words)
    if has_fragment:
        yield from filter(None, map(spread_level, _sheets(content, opened)))


def _markings_of(text: Text) -> Iterator[Marking]:
    if text.is_name and (named := marking_of_name(text.words)):
        yield named
    if written := marking_of_text(text.words):
        yield written


def marking_of_file_name(file_name: str) -> Marking | None:
    """How a file's name marks it; None for not at all."""
    return marking_of_name(PurePath(file_name).stem) if file_name else None


def level_of_file_name(file_name: str) -> str | None:
    """The level a file's name marks it with; None for none."""
    marking = marking_of_file_name(file_name)
    return marking.level if marking else None


def require_unmarked(content: bytes, opened: OpenedZip | None = None) -> None:
    """
    Pass a file without a marking.

    Raises:
        RefusedError: It bears one, or something that may be one; details: level and document_number (empty where the
            file gives none).
    """
    mark = find_mark(content, "", opened)
    if mark is not None:
        check = SECRECY_MARK if mark.is_clear else SECRECY_DOUBT
        raise RefusedError(check, details={"level": mark.level, "document_number": mark.document_number or ""})


def _texts(content: bytes, opened: OpenedZip | None, *, only_near: bool) -> Iterator[Text]:
    """What a person reads in the file, text by text; `only_near` leaves out parts that hold nothing like a mark."""
    if opened is not None:
        return texts_of_zip(opened, only_near=only_near)
    if content.startswith(_OLE_MAGIC):
        return texts_of_ole(content)
    if content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<"):
        return texts_of_xml(content, only_near=only_near)
    return texts_of_plain(content, only_near=only_near)


def _sheets(content: bytes, opened: OpenedZip | None) -> Iterator[list[list[str]]]:
    if opened is not None:
        return rows_of_parts(opened.parts)
    if content.startswith(_OLE_MAGIC):
        return iter([cells_of_ole(content)])
    return iter([[list(row) for row in rows_of_csv(decoded(content))]])


def _document_number(text: Text) -> str | None:
    match = _DOCUMENT_NUMBER.search(unicodedata.normalize("NFC", text.words[:500]))
    return "".join(match[1].split()) if match else None
