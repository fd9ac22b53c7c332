"""The quick look lets through whatever the closer look finds, however the level is written and torn."""

import html
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from spec.test_marking_texts import MARKED
from spec.test_ordinary_texts import COMPOUNDS, HONEY, MEDICINE

from resolution_monitor.collect.mark_filter import may_mark
from resolution_monitor.collect.mark_texts import Text, texts_of_plain, texts_of_xml
from resolution_monitor.collect.marking_words import marking_of_name, marking_of_text

BETWEEN = [
    "",
    "",
    "",
    "<!-- x -->",
    "<?a b?>",
    "</t></r><r><t>",
    "<b/>",
    "\u200b",
    "\u00ad",
    "&#8203;",
    "<![CDATA[]]>",
    "\u2060",
]
TEXTS = (
    [text for text, _ in MARKED]
    + MEDICINE
    + HONEY
    + COMPOUNDS
    + ["TUYET MAT", "toi mat", "mËt", "MAÄT", "m\u00e2\u0323t"]
)
WRITERS = [
    html.escape,
    html.escape,
    lambda letter: f"&#{ord(letter)};",
    lambda letter: f"&#x{ord(letter):X};",
    lambda letter: f"&#x000{ord(letter):x};",
]


@st.composite
def parts(draw: st.DrawFn) -> bytes:
    """A part of a workbook with one text of the tables, each letter written and parted from the next in some way."""
    text = draw(st.sampled_from(TEXTS))
    letters = [draw(st.sampled_from(WRITERS))(letter) + draw(st.sampled_from(BETWEEN)) for letter in text]
    return f"<si><r><t>Tên chỉ tiêu</t></r></si><si><r><t>{''.join(letters)}</t></r></si>".encode()


def is_found(texts: list[Text]) -> bool:
    return any(marking_of_text(text.words) or (text.is_name and marking_of_name(text.words)) for text in texts)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(parts())
def test_filter_lets_marks_through(part: bytes):
    """
    Where any text of the part is a marking, the quick look and the choice of near texts keep it.
    """
    if is_found(list(texts_of_xml(part, only_near=False))):
        assert may_mark(part)
        assert is_found(list(texts_of_xml(part, only_near=True)))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from(TEXTS), st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
)
def test_filter_of_plain_files(text: str, is_ascii: bool, encoding: str):
    """
    The same of a JSON and a CSV, in every encoding of Unicode.
    """
    for content in (
        json.dumps({"note": text, "_meta": 1}, ensure_ascii=is_ascii).encode(encoding, "replace"),
        f'_meta\na;"{text}"\n'.encode(encoding, "replace"),
    ):
        if is_found(list(texts_of_plain(content, only_near=False))):
            assert is_found(list(texts_of_plain(content, only_near=True)))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(TEXTS))
def test_filter_of_names(text: str):
    """
    The same of a sheet's name.
    """
    part = f'<workbook><sheet name="{html.escape(text)}"/></workbook>'.encode()
    assert is_found(list(texts_of_xml(part, only_near=False))) == is_found(list(texts_of_xml(part, only_near=True)))
