"""The texts a person reads in a workbook's XML parts, or in a CSV or JSON file, cut where the reader would cut them."""

import csv
import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from resolution_monitor.collect.marking_words import may_mark
from resolution_monitor.collect.refusals import MAX_INFLATED_BYTES, MAX_MEMBERS

_XML_PARTS = (".xml", ".vml", ".rels")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    struct.error,
    OSError,
    ValueError,
    RuntimeError,
)
_LENGTHS_AT = 26  # in a part's own header: how long its name and its extra field are
# In plain ASCII only these can write a mark: references, escapes, zero bytes of UTF-16, capitals without accents.
_ASCII_TRACES = (b"&#", b"\\u", b"MAT", b"\x00")
_BETWEEN = r"(?:[\s\u00a0\u200b-\u200f\u2060\ufeff._*-]|<[^<>]{0,300}>){0,60}"
# How "ật" ends in every writing: composed, decomposed, TCVN3, VNI; what stands before it is looked at only then.
_ENDING = re.compile(rf"[ẬậËëÄä\u0302\u0323]{_BETWEEN}[Tt]")
_BEGINNING = re.compile(rf"[Mm]{_BETWEEN}[AaÂâẠạ]?{_BETWEEN}[\u0302\u0323]?\Z")
_LONGEST_BEGINNING = 1_500
_PLAIN = re.compile(rf"(?:TUYET|TOI){_BETWEEN}MAT|\\u1[eE][aA]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{2,5})|([0-9]{3,6}));")

# Tags inside one paragraph; whatever else opens or closes begins another text.
_INSIDE = re.compile(
    r"</?(?:\w+:)?(?:r|t|rPr|rFont|sz|b|i|u|color|family|charset|scheme|vertAlign|strike|rPh|phoneticPr|span|s|a|font|"
    r"latin|ea|cs|sym|ln|solidFill|schemeClr|srgbClr|effectLst|noFill|endParaRPr|bookmark)(?:\s[^<>]*)?/?>"
)
_BREAK = re.compile(r"<(?:\w+:)?(?:br|line-break|tab)(?:\s[^<>]*)?/>")
_PARAGRAPH_OF_BOX = re.compile(r"</(?:text:)p>\s*<text:p(?:\s[^<>]*)?>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,40})=(?:"([^"<>]{2,2000})"|'([^'<>]{2,2000})')""")
# The same where a mark is looked for: of the many addresses of cells none has such a letter.
_ODD_ATTRIBUTE = re.compile(
    r"""([\w:.-]{1,40})=(?:"([^"<>]*?(?:[^\x00-\x7f]|MAT)[^"<>]*)"|'([^'<>]*?(?:[^\x00-\x7f]|MAT)[^'<>]*)')"""
)
_NAMING = {"name", "table:name", "displayName"}
_JSON_STRING = re.compile(r'"((?:[^"\\]|\\.){2,2000})"')
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_DELIMITERS = ";,\t"
# What windows-1258 holds where Latin-1 holds something else; Python's own table would have to be loaded too late.
_OF_1258 = str.maketrans("ÃãÌÐÒÕÝÞìðòõýþ", "Ăă\u0300Đ\u0309ƠƯ\u0303\u0301đ\u0323ơư₫")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a file; `is_name` for the names of sheets and the like."""

    words: str
    is_name: bool = False


def texts_of_zip(content: bytes, *, only_near: bool) -> Iterator[Text]:
    """Texts of all XML parts of a workbook, as far as the guard's limits let it open."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            budget = MAX_INFLATED_BYTES
            for member in archive.infolist()[:MAX_MEMBERS]:
                if member.filename.lower().endswith(_XML_PARTS):
                    part = _opened(content, member, budget)
                    budget -= len(part)
                    yield from _texts_of_xml(part, only_near=only_near)
    except _BROKEN:
        return  # refused by the guard


def _opened(content: bytes, member: zipfile.ZipInfo, budget: int) -> bytes:
    """The part, or as much of it as comes out; a broken part hides no mark of the others."""
    try:
        name, extra = struct.unpack_from("<HH", content, member.header_offset + _LENGTHS_AT)
        start = member.header_offset + _LENGTHS_AT + 4 + name + extra
        packed = content[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_DEFLATED:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, max(budget, 1))
        return packed[: max(budget, 0)]
    except (struct.error, zlib.error):
        return b""


def _texts_of_xml(part: bytes, *, only_near: bool) -> Iterator[Text]:
    if only_near and _is_plain(part):
        return
    xml = _REFERENCE.sub(_referred, decoded(part)) if b"&#" in part else decoded(part)
    if only_near and not _holds_likeness(xml):
        return
    is_asked = may_mark if only_near else bool
    for name, *values in (_ODD_ATTRIBUTE if only_near else _ATTRIBUTE).findall(xml):
        if is_asked("".join(values)):
            yield Text(html.unescape("".join(values)), is_name=name in _NAMING)
    lines = _PARAGRAPH_OF_BOX.sub("\n", _BREAK.sub("\n", xml))
    for text in _ANY_TAG.split(_INSIDE.sub("", lines)):
        if is_asked(text.strip()):
            yield Text(html.unescape(text))


def _is_plain(part: bytes) -> bool:
    return part.isascii() and not any(trace in part for trace in _ASCII_TRACES)


def _holds_likeness(text: str) -> bool:
    """Whether "mật" stands anywhere, even torn by tags; or one of the words without accents."""
    for ending in _ENDING.finditer(text):
        start = ending.start()
        before = text[start - 1 : start]
        if before in "Mm" or (
            not (before.isalnum() and before not in "AaÂâẠạ")
            and _BEGINNING.search(text, max(0, start - _LONGEST_BEGINNING), start)
        ):
            return True
    return bool(_PLAIN.search(text))


def _referred(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    return chr(number) if 0xA0 <= number <= 0xFFFF else match[0]


def decoded(content: bytes) -> str:
    """A text as UTF-16 or UTF-8; as Latin-1, which loses nothing, where it is neither."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content[2:].decode("utf-16-le" if content[0] == 0xFF else "utf-16-be", "replace")
    if b"\x00" in content[:200]:
        return content.decode("utf-16-be" if content[:1] == b"\x00" else "utf-16-le", "replace")
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def texts_of_plain(content: bytes, *, only_near: bool) -> Iterator[Text]:
    """Cells of a CSV, strings of a JSON, in any of the encodings they come in; both readings of a one-byte text."""
    if only_near and _is_plain(content):
        return
    text = decoded(content)
    for reading in {text, text.translate(_OF_1258)} if _is_one_byte(content) else {text}:
        unescaped = _JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), reading)
        if only_near and not _holds_likeness(unescaped):
            continue
        begun = unescaped.lstrip()[:1]
        yield from map(Text, _strings_of_json(unescaped) if begun in ("{", "[") else _cells_of_csv(unescaped))


def _is_one_byte(content: bytes) -> bool:
    return (
        not content.isascii()
        and b"\x00" not in content[:200]
        and decoded(content[:4_000]).encode("latin-1", "replace") == content[:4_000]
    )


def _strings_of_json(text: str) -> Iterator[str]:
    for words in _JSON_STRING.findall(text):
        yield words.replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')


def _cells_of_csv(text: str) -> Iterator[str]:
    delimiter = max(_DELIMITERS, key=text.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield from (cell.removeprefix("'") for cell in row if cell)
    except csv.Error:
        yield from re.split(r"[;\t\n]", text)
