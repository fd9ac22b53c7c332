"""Old codes of Vietnamese text: what is repaired, what is refused, and that Unicode text is left alone."""

import random
import string
import unicodedata
from collections import Counter

import pytest
from conftest import SAMPLES
from rewriting import read_workbook

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect import tcvn3, vni
from resolution_monitor.collect.read_text import text_answer
from resolution_monitor.collect.refusals import RefusedError
from resolution_monitor.collect.repair import counted, is_tcvn3, repaired
from resolution_monitor.collect.syllables import is_syllable

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
TONED = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
# The letters of Vietnamese beyond ASCII: 67 small ones and as many capitals.
LETTERS = sorted({letter for small in (*TONED, "đ") for letter in (small, small.upper()) if not small.isascii()})
CODES = {letter: chr(code) for code, letter in tcvn3.LETTERS.items()}


def as_tcvn3(text: str) -> str:
    """Unicode text as a workbook of .VnTime would hold it; a capital with a tone has only its small letter's code."""
    return "".join(
        CODES.get(letter, CODES.get(letter.lower(), letter)) for letter in unicodedata.normalize("NFC", text)
    )


def as_1258(text: str) -> bytes:
    """Windows-1258: letters with hat, breve or horn have a code, tones follow them."""
    out = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts[1:] if mark in TONES)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone))
        out += (base + tone).encode("cp1258")
    return bytes(out)


def shipped_texts(catalogue: Catalogue) -> list[str]:
    """Names of bodies and communes, titles of tasks and indicators, texts of checks: all in Unicode."""
    bodies = [name for body in catalogue.bodies.values() for name in (body.name_vi, body.short_vi, *body.aliases)]
    titles = [entry.name_vi for entry in (*catalogue.tasks.values(), *catalogue.indicators.values())]
    communes = [commune.name_vi for commune in catalogue.communes.values()]
    return sorted({*bodies, *titles, *communes, *(check.text for check in catalogue.checks.values())})


def verdict(texts: list[str]) -> str:
    try:
        return "repaired" if is_tcvn3(counted(texts), ()) else "left alone"
    except RefusedError as refused:
        return refused.check


def test_all_134_letters_come_back():
    """
    74 codes hold the 134 letters: every small one, and the seven capitals without a tone.
    """
    assert 134 == len(LETTERS)
    assert 74 == len(tcvn3.LETTERS) == len(set(tcvn3.LETTERS.values()))
    for letter in LETTERS:
        expected = letter if letter in "ĂÂÊÔƠƯĐ" else letter.lower()

        assert expected == tcvn3.decoded(as_tcvn3(letter))


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("Bé KÕ ho¹ch vµ §Çu t\u00ad", "Bộ Kế hoạch và Đầu tư"),
    ],
)
def test_lines_of_every_letterhead(stored: str, expected: str):
    """
    The lines that every office knows, as they show in a font of Unicode.
    """
    assert expected == tcvn3.decoded(stored)


@pytest.mark.parametrize(
    ("stored", "expected"), [("Boä", "bộ"), ("Taøi", "tài"), ("ñöôïc", "được"), ("Kyõ", "kỹ"), ("Ñaèng", "đằng")]
)
def test_vni_is_understood_enough_to_be_told(stored: str, expected: str):
    """
    A word of VNI becomes the syllable it means.
    """
    assert expected == vni.decoded(stored)


def test_no_false_alarm_on_what_we_ship(catalogue: Catalogue):
    """
    No Unicode text of the catalogue, alone or together, and no sample workbook, is taken for an old code.
    """
    texts = shipped_texts(catalogue)
    samples = [read_workbook(path) for path in sorted(SAMPLES.rglob("*.xls"))]

    assert len(texts) > 4_000
    assert Counter({"left alone": len(texts)}) == Counter(verdict([text]) for text in texts)
    assert "left alone" == verdict(texts)
    assert [None] * 4 == [workbook.repair_confidence for workbook in samples]


def test_old_text_is_found(catalogue: Catalogue):
    """
    Of 200 made files of 30 lines in TCVN3 all are repaired to their own letters, but for one in which names that are
    no syllables (Đăk Lăk, Đăk Tô) may pile up; of files of 5 lines at least nine in ten, the others are refused or,
    with fewer than three telling words, left as they are.
    """
    # The code has no guillemets: no text with them was ever written in it.
    texts = [text for text in shipped_texts(catalogue) if not text.isascii() and "«" not in text]
    chance = random.Random(1)
    found = {size: Counter() for size in (5, 30)}
    for size, verdicts in found.items():
        for _ in range(200):
            chosen = chance.sample(texts, size)
            verdicts[verdict([as_tcvn3(text) for text in chosen])] += 1

    assert found[30]["repaired"] >= 199
    assert found[5]["repaired"] >= 180
    answer = repaired({"sheets": [{"rows": [[as_tcvn3(text)] for text in texts]}]}, ())
    back = [row[0] for row in answer["sheets"][0]["rows"]]
    wrong = [
        (text, got)
        for text, got in zip(texts, back, strict=True)
        if unicodedata.normalize("NFC", text).lower() != got.lower() and counted([as_tcvn3(text)]).as_tcvn3
    ]
    assert [] == wrong
    assert answer["repair"]["confidence"] > 0.9


def test_fonts_tell():
    """
    One word of TCVN3 is enough where the file names such a font, and VNI is never repaired.
    """
    one = {"sheets": [{"rows": [["Bé Tµi chÝnh", "café"]]}]}
    with pytest.raises(RefusedError, match="text-encoding-unclear"):
        repaired({"sheets": [{"rows": [["Boä Taøi chính"]]}]}, {"VNI-Times"})

    assert "Bé Tµi chÝnh" == repaired(one, {"Arial"})["sheets"][0]["rows"][0][0]
    assert (
        "Bộ Tài chính" == repaired({"sheets": [{"rows": [["Bé Tµi chÝnh"]]}]}, {".VnTime"})["sheets"][0]["rows"][0][0]
    )


LINES = [
    "STT;Tên đơn vị;Số liệu",
    "1;Bộ Kế hoạch và Đầu tư;1.234,5",
    "2;Uỷ ban nhân dân tỉnh Quảng Trị;7",
    "3;Hoà Bình;",
]
TEXT = "\n".join(LINES)
ROWS = [line.split(";") for line in LINES]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (as_1258(TEXT), "windows-1258"),
        (as_tcvn3(TEXT).encode("latin-1"), "tcvn3"),
        (TEXT.replace(";", "\t").encode(), "utf-8"),
        (TEXT.replace("1.234,5", '"1.234,5"').replace(";", ",").encode(), "utf-8"),
    ],
)
def test_text_files(content: bytes, encoding: str):
    """
    The same table comes out of every code and with every mark between its cells.
    """
    answer = text_answer(content, "read")
    rows = [[cell or "" for cell in row] for row in answer["sheets"][0]["rows"]]

    assert encoding == answer["encoding"]
    assert ROWS == rows


@pytest.mark.parametrize(
    ("word", "expected"),
    [("nghiêng", True), ("quyết", True), ("ĐƯỜNG", True), ("giếng", True), ("tµi", False), ("cấch", True),
     ("càch", False), ("ngẩt", False), ("bộộ", False), ("", False), ("Krông", False)],
)  # fmt: skip
def test_syllables(word: str, expected: bool):
    """
    Onset, vowels, ending and one tone; before c, ch, p and t only the acute and the dot.
    """
    assert expected == is_syllable(word)


def test_ascii_is_never_touched():
    """
    Text of ASCII letters means the same in every code.
    """
    assert "left alone" == verdict([string.printable] * 5)


def test_two_readings_are_told():
    """
    Bytes that make sense in two codes are read by one, and the other is told with a word in both.
    """
    western = "_meta\nperiod;2026-10\nx;Võ Lý, rõ\n".encode("cp1252")
    answer = text_answer(western, "read")

    assert ("Vơ", "Võ") == answer.get("two_readings")
    assert "two_readings" not in text_answer("_meta\nx;Võ Lý\n".encode(), "read")
    assert "two_readings" not in text_answer(b"_meta\nx;" + as_1258("Bộ Nông nghiệp và Môi trường") + b"\n", "read")
