"""The mark screen: looks through every text a file carries for a secrecy marking, before anything of it is kept.

Pure and bounded: it meets hostile bytes inside the limited child, opens at most as much as the guard would, and where
something cannot be opened it finds no mark; such a file is refused by the guard and never kept (docs/decisions/0007).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from resolution_monitor.collect.biff_texts import texts_of_ole
from resolution_monitor.collect.mark_texts import Text, texts_of_plain, texts_of_zip
from resolution_monitor.collect.marking_words import level_of_name, level_of_text
from resolution_monitor.collect.refusals import RefusedError
from resolution_monitor.terms import SECRECY_MARK

_ZIP_MAGIC, _OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# "Số: 123-BC/BTC" (Party), "Số: 123/BC-BTC", "Số: 123/2026/QĐ-BTC" (State): a shape that has no room for other words.
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
    """

    level: str
    document_number: str | None


def find_mark(content: bytes, file_name: str) -> Mark | None:
    """
    The marking a file bears in its name or in any text it carries; None for none, or where it cannot be opened.

    Args:
        file_name: As the sender wrote it; empty where it was looked at before.
    """
    level = level_of_file_name(file_name) or next(filter(None, map(_level, _texts(content, only_near=True))), None)
    if level is None:
        return None
    return Mark(level, next(filter(None, map(_document_number, _texts(content, only_near=False))), None))


def level_of_file_name(file_name: str) -> str | None:
    """The level a file's name marks it with; None for none."""
    return level_of_name(PurePath(file_name).stem)


def require_unmarked(content: bytes) -> None:
    """
    Pass a file without a marking.

    Raises:
        RefusedError: It bears one; details: level and document_number (empty where the file gives none).
    """
    mark = find_mark(content, "")
    if mark is not None:
        raise RefusedError(SECRECY_MARK, details={"level": mark.level, "document_number": mark.document_number or ""})


def _texts(content: bytes, *, only_near: bool) -> Iterator[Text]:
    """What a person reads in the file, text by text; `only_near` leaves out parts that hold nothing like a mark."""
    if content.startswith(_ZIP_MAGIC):
        return texts_of_zip(content, only_near=only_near)
    if content.startswith(_OLE_MAGIC):
        return texts_of_ole(content)
    return texts_of_plain(content, only_near=only_near)


def _level(text: Text) -> str | None:
    return level_of_name(text.words) or level_of_text(text.words) if text.is_name else level_of_text(text.words)


def _document_number(text: Text) -> str | None:
    match = _DOCUMENT_NUMBER.search(unicodedata.normalize("NFC", text.words[:500]))
    return "".join(match[1].split()) if match else None
