"""The texts a person reads in a file, cut where the reader would cut them: XML, CSV, JSON, and what is attached."""

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from resolution_monitor.collect import mark_filter
from resolution_monitor.collect.decode_bytes import decoded, is_one_byte, loose_texts
from resolution_monitor.collect.mark_letters import OLD_LETTERS, seen
from resolution_monitor.collect.marking_levels import may_hold_level
from resolution_monitor.collect.marking_stamps import is_label
from resolution_monitor.collect.open_zip import ZIP_MAGIC, OpenedZip, opened_zip

_XML_PARTS = (".xml", ".vml", ".rels", ".rdf", ".svg", ".html", ".htm", ".xhtml")
_TEXT_PARTS = (".txt", ".csv", ".json", ".md", ".log", ".eml", ".rtf", ".ini")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_WIDE_TRACE = (b"\xac\x1e", b"\xad\x1e")  # "ậ" in two bytes
_DEEPEST = 3  # zips within zips

# What is not shown; the content of CDATA is.
_UNSHOWN = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&#(?:[xX]0{0,20}([0-9a-fA-F]{1,6})|0{0,20}([0-9]{1,7}));")
# Tags inside one paragraph; whatever else opens or closes begins another text.
_INSIDE = re.compile(
    r"</?(?:\w+:)?(?:r|t|rPr|rFont|sz|b|i|u|color|family|charset|scheme|vertAlign|strike|rPh|phoneticPr|span|s|a|font|"
    r"latin|ea|cs|sym|ln|solidFill|schemeClr|srgbClr|effectLst|noFill|endParaRPr|bookmark|tspan|textPath)(?:\s[^<>]*)?/?>"
)
_BREAK = re.compile(r"<(?:\w+:)?(?:br|line-break|tab)(?:\s[^<>]*)?/>")
_PARAGRAPH_OF_BOX = re.compile(r"</(?:text:)p>\s*<text:p(?:\s[^<>]*)?>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,40})\s*=\s*(?:"([^"<>]{2,40000})"|'([^'<>]{2,40000})')""")
_NAMING = {"name", "table:name", "displayName"}
_JSON_STRING = re.compile(r'"((?:[^"\\]|\\.){2,})"', re.DOTALL)
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_JSON_WRITTEN = {"\\n": "\n", "\\r": "\n", "\\t": "\t", '\\"': '"', "\\/": "/"}
_DELIMITERS = ";,\t"
# What windows-1258 holds where Latin-1 holds something else; Python's own table would have to be loaded too late.
_OF_1258 = str.maketrans("ÃãÌÐÒÕÝÞìðòõýþ", "Ăă\u0300Đ\u0309ƠƯ\u0303\u0301đ\u0323ơư₫")
_PARTING = "\x1f"  # between texts that are looked at together
_LONGEST_FRAGMENT = 6


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a file; `is_name` for the names of sheets and the like."""

    words: str
    is_name: bool = False


def texts_of_zip(opened: OpenedZip, *, only_near: bool, depth: int = 0) -> Iterator[Text]:
    """Texts of all parts of a workbook, and of files attached to it; names of attached files are names."""
    for name, part in opened.parts:
        lowered = name.lower()
        if part.startswith(ZIP_MAGIC):
            yield Text(name.rpartition("/")[2].rpartition(".")[0], is_name=True)
            if depth < _DEEPEST:
                yield from texts_of_zip(opened_zip(part), only_near=only_near, depth=depth + 1)
        elif lowered.endswith(_XML_PARTS) or part[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<"):
            yield from texts_of_xml(part, only_near=only_near)
        elif lowered.endswith(_TEXT_PARTS):
            yield Text(name.rpartition("/")[2].rpartition(".")[0], is_name=True)
            yield from texts_of_plain(part, only_near=only_near)
        elif not part.startswith(_PICTURES) and (not only_near or _may_hold(part)):
            yield from map(Text, near(loose_texts(part)) if only_near else loose_texts(part))


def _may_hold(part: bytes) -> bool:
    return any(trace in part for trace in _WIDE_TRACE) or b"\xe1\xba\xac" in part or b"\xe1\xba\xad" in part


def near(texts: Iterable[str]) -> list[str]:
    """Those of the texts that a closer look is worth, and each that follows a label, behind it."""
    told = [text for text in texts if text]
    together = _PARTING.join(told)
    shown = seen(together)
    is_old = OLD_LETTERS.search(together) is not None
    if not (is_old or may_hold_level(shown) or "ậ" in shown or "Ậ" in shown):
        return []
    as_seen = shown.split(_PARTING)
    if len(as_seen) != len(told):
        return told
    kept = [
        (is_old and OLD_LETTERS.search(text) is not None) or _is_near(as_seen[place]) for place, text in enumerate(told)
    ]
    labels = [place for place, is_kept in enumerate(kept) if is_kept and is_label(as_seen[place])]
    for place in labels:
        kept[place + 1 : place + 2] = [True]
    return [text for text, is_kept in zip(told, kept[: len(told)], strict=True) if is_kept]


def _is_near(letters: str) -> bool:
    return may_hold_level(letters) or (len(letters.strip()) <= _LONGEST_FRAGMENT and "ậ" in letters.lower())


def texts_of_xml(part: bytes, *, only_near: bool) -> Iterator[Text]:
    """Attributes and texts of a part; `only_near` leaves out whatever holds nothing like a mark."""
    if only_near and not mark_filter.may_mark(part):
        return
    xml = decoded(part)
    if "<!" in xml or "<?" in xml:
        xml = _UNSHOWN.sub(_shown, xml)
    if "&#" in xml:
        xml = _REFERENCE.sub(_referred, xml)
    named = [("".join(values), name in _NAMING) for name, *values in _ATTRIBUTE.findall(xml)]
    lines = _PARAGRAPH_OF_BOX.sub("\n", _BREAK.sub("\n", xml))
    texts = [text for text in _ANY_TAG.split(_INSIDE.sub("", lines)) if not text.isspace()]
    for is_name in (True, False):
        values = [value for value, is_naming in named if is_naming == is_name]
        for value in near(map(html.unescape, values)) if only_near else map(html.unescape, values):
            yield Text(value, is_name)
    unescaped = list(map(html.unescape, texts)) if "&" in xml else texts
    yield from map(Text, near(unescaped) if only_near else unescaped)


def _shown(found: re.Match[str]) -> str:
    return html.escape(found[1]) if found[1] else ""


def _referred(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    # What would be taken for markup stays a reference until the texts are cut.
    return chr(number) if number <= 0x10FFFF and chr(number) not in "<>&\"'" else found[0]


def texts_of_plain(content: bytes, *, only_near: bool) -> Iterator[Text]:
    """Cells of a CSV, strings of a JSON, in any of the encodings they come in; both readings of a one-byte text."""
    if only_near and not mark_filter.may_mark(content):
        return
    text = decoded(content)
    for reading in (text, text.translate(_OF_1258)) if is_one_byte(content) else (text,):
        begun = reading.lstrip("\ufeff \t\r\n")[:1]
        cells = (
            strings_of_json(reading) if begun in ("{", "[") else [cell for row in rows_of_csv(reading) for cell in row]
        )
        yield from map(Text, near(cells) if only_near else cells)


def strings_of_json(text: str) -> list[str]:
    return [_JSON_ESCAPE.sub(_escaped, _written(words)) for words in _JSON_STRING.findall(text)]


def _written(words: str) -> str:
    for escape, meant in _JSON_WRITTEN.items() if "\\" in words else ():
        words = words.replace(escape, meant)
    return words


def _escaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def rows_of_csv(text: str) -> Sequence[list[str]]:
    """Rows of cells; lines and pieces of lines where it is no CSV."""
    delimiter = max(_DELIMITERS, key=text.count)
    try:
        return [
            [cell.removeprefix("'") for cell in row]
            for row in csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
        ]
    except csv.Error:
        return [re.split(r"[;\t,]", line) for line in text.split("\n")]
