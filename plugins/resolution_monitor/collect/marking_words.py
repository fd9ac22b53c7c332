"""Tells a secrecy marking from a mention of secrecy, in one text or one name; takes text, gives the level.

The levels are those of the Law on the protection of state secrets 117/2025/QH15, which replaced 29/2018/QH14: Tuyệt
mật, Tối mật, Mật. What counts as a marking here is this system's own rule, laid on the safe side:

1. The whole of a text (cell, paragraph, header, comment, property) is a level, in any case, spaced or not, with nothing
   beside it but punctuation, a label ("Độ mật:", "Dấu") or, in capitals, the noun it marks ("TÀI LIỆU MẬT").
2. The whole of one line of a text is: two words that begin with a capital, one word only in capitals and not torn from
   a compound ("SỐ VĂN BẢN / MẬT"); after a line that ends with a colon in any case ("Độ mật: / Mật").
3. Between dashes, bars, brackets or wide gaps of a longer text a level stands in capitals ("BÁO CÁO THÁNG 10 (MẬT)").
4. "BÍ MẬT NHÀ NƯỚC" in capitals, as the whole of a text or line.
5. In names of files and sheets: a level as a part of its own, or as first or last word; without accents only the levels
   of two words, since "mat" is also "mặt", "mất", "mát".

A mention is all else: running text, "Số văn bản mật: 0", "bảo mật", "mật độ", a label without a level, and a text that
sets several levels side by side, for it speaks of levels.
"""

import re
import unicodedata
from collections.abc import Iterator

ANY_LEVEL = "BÍ MẬT NHÀ NƯỚC"
_LEVELS = {"TUYỆTMẬT": "TUYỆT MẬT", "TỐIMẬT": "TỐI MẬT", "MẬT": "MẬT"}
_PLAIN_LEVELS = {"TUYETMAT": "TUYỆT MẬT", "TOIMAT": "TỐI MẬT"}
_LONGEST = 2_000  # letters of a text that can be a marking; what is longer is running text

_LABEL = r"(?:(?:DẤU)?(?:CHỈ)?(?:CẤP|MỨC)?ĐỘMẬT(?:CỦA(?:VĂNBẢN|TÀILIỆU|HỒSƠ))?(?:LÀ)?|(?:ĐÓNG)?DẤU|LOẠI|PHÂNLOẠI)"
_WHOLE = re.compile(rf"(?:{_LABEL}|ĐỘ(?=TUYỆT|TỐI))?(TUYỆTMẬT|TỐIMẬT|MẬT)")
_NOUN = re.compile(r"(?:(?:TÀILIỆU|HỒSƠ)(MẬT)|(?:TÀILIỆU|HỒSƠ|VĂNBẢN|CÔNGVĂN|BÁOCÁO)(?:ĐỘ)?(TUYỆTMẬT|TỐIMẬT))")
_SECRET = re.compile(r"(?:(?:VĂNBẢN|TÀILIỆU|HỒSƠ)(?:CÓ|CHỨA)?)?BÍMẬTNHÀNƯỚC")
# Words that make another word of "mật" when they stand before or after it.
_BEFORE = "BÍ BẢO CƠ ĐỘ MỨC BẢN LIỆU TIN SỐ SƠ VĂN THÂN GỬI TÚI NUÔI LẤY HOẶC VÀ CÓ KHÔNG VIỆC DANH THƯ MỎ"
_AFTER = "ĐỘ KHẨU MÃ ONG VỤ THIẾT NGHỊ THÁM ƯỚC DANH BÁO ĐÀM HIỆU GẤU MÍA NHÀ VÀ HOẶC CỦA TRONG NGỌT NGỮ THƯ LỆNH"
# "mật" or "mat" in every writing, letters apart or not; what has none of it is not looked at further.
_TRACE = re.compile(r"m[\W_]{0,20}[ẬẠÂËAE][\W_ÄA]{0,24}t", re.IGNORECASE)
_MAY_BE_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_INVISIBLE = {"Cf", "Cc"}
_GAPS = re.compile(r"\s[-–—]+\s|\s{3,}|[\t|()\[\]{}«»*_]+")
_HEADER_SECTION = re.compile(r"&[LCR](?![A-Za-z]*;)")
_HEADER_CODE = re.compile(r'&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[A-Z]')
_NAME_PARTS = re.compile(r"[_\-–—.()\[\]{},;+&#~]+")

_ONLY_UNICODE = re.compile(r"[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
# TCVN3 (ABC) and VNI as they look where nothing repaired them; only the letters of the words above.
_SOFT_HYPHEN = "\u00ad"  # how TCVN3 writes ư
_TCVN3 = str.maketrans("ËëèÈÖöÝ\u00b5\u00adíé§ø", "ẬẬỐỐỆỆÍÀƯỚỘĐỨ")
_VNI = {"AÄ": "Ậ", "OÁ": "Ố", "EÄ": "Ệ", "OÄ": "Ộ", "AØ": "À", "ÔÙ": "Ớ", "ÖÙ": "Ứ", "Ö": "Ư", "Ñ": "Đ"}


def may_mark(text: str) -> bool:
    """Whether a closer look is worth it; a text of any length is answered quickly."""
    return bool(_TRACE.search(text))


def level_of_text(text: str) -> str | None:
    """The level that a text marks its file with; None for a mention or no word of it."""
    if len(text) > _LONGEST or not may_mark(text):
        return None
    return next((level for reading in _readings(text) if (level := _level_of_text(reading))), None)


def level_of_name(name: str) -> str | None:
    """The level that the name of a file (without its suffix) or of a sheet marks it with; None for none."""
    if len(name) > _LONGEST or not may_mark(name):
        return None
    return next((level for reading in _readings(name) if (level := _level_of_name(reading))), None)


def _readings(text: str) -> Iterator[str]:
    """The text as Unicode, and as TCVN3 or VNI where it holds no letter that only Unicode has."""
    visible = text.replace("\r", "\n")
    if _MAY_BE_INVISIBLE.search(visible):
        visible = "".join(map(_seen, visible))
    plain = unicodedata.normalize("NFKC", visible.replace(_SOFT_HYPHEN, ""))
    yield plain.replace("Ð", "Đ").replace("Ɖ", "Đ").replace("ð", "đ")
    if not _ONLY_UNICODE.search(plain) and not plain.isascii():
        composed = unicodedata.normalize("NFC", visible)
        yield composed.translate(_TCVN3)
        yield _of_vni(composed)


def _seen(letter: str) -> str:
    """Nothing for a letter that is not seen, but the soft hyphen, with which TCVN3 writes ư."""
    is_kept = letter in ("\n", "\t", _SOFT_HYPHEN) or unicodedata.category(letter) not in _INVISIBLE
    return letter if is_kept else ""


def _of_vni(text: str) -> str:
    for written, meant in _VNI.items():
        text = text.replace(written, meant).replace(written.lower(), meant.lower())
        text = text.replace(written[0] + written[1:].lower(), meant)
    return text


def _key(text: str) -> str:
    """Letters and digits only, in capitals: "T ố i  M ậ t:" is "TỐIMẬT"."""
    return "".join(filter(str.isalnum, text)).upper()


def _level_of_text(text: str) -> str | None:
    lines = [line for line in text.split("\n") if line.strip()]
    whole = _level_of_whole(text)
    if whole or not lines:
        return whole
    sections = [_HEADER_CODE.sub("", part) for part in _HEADER_SECTION.split(text)] if "&" in text else []
    found = [level for part in sections if (level := _level_of_whole(part))]
    for number, line in enumerate(lines):
        before, after = lines[number - 1] if number else "", "".join(lines[number + 1 : number + 2])
        level = _level_of_line(line, before, after) if len(lines) > 1 else None
        found += [level] if level else _levels_between_gaps(line)
    return found[0] if len(set(found)) == 1 else None


def _level_of_whole(text: str) -> str | None:
    key = _key(text)
    if match := _WHOLE.fullmatch(key):
        return _LEVELS[match[1]]
    if text.upper() != text:
        return None
    if match := _NOUN.fullmatch(key):
        return _LEVELS[match[1] or match[2]]
    return ANY_LEVEL if _SECRET.fullmatch(key) else _PLAIN_LEVELS.get(key)


def _level_of_line(line: str, before: str, after: str) -> str | None:
    level = _level_of_whole(line)
    if level is None or before.rstrip().endswith(":"):
        return level
    if level != _LEVELS["MẬT"]:
        return level if line.strip().strip("([{«\"'*-–. ")[:1].isupper() else None
    return level if line.isupper() and not _is_torn(before.upper().split(), after.upper().split()) else None


def _levels_between_gaps(line: str) -> list[str]:
    parts = [part for part in _GAPS.split(line) if part.strip()]
    words = [part.split() for part in parts]
    return [
        level
        for number, part in enumerate(parts)
        if len(parts) > 1 and part.isupper() and (level := _level_of_whole(part))
        if not _is_torn(words[number - 1] if number else [], words[number + 1] if number + 1 < len(parts) else [])
    ]


def _is_torn(before: list[str], after: list[str]) -> bool:
    """Whether "mật" between these words is part of another word."""
    return bool(before and before[-1] in _BEFORE.split()) or bool(after and after[0].strip(".,;:") in _AFTER.split())


def _level_of_name(name: str) -> str | None:
    for part in _NAME_PARTS.split(name):
        if level := _level_of_whole(part) or _PLAIN_LEVELS.get(_key(part)):
            return level
        if level := _level_of_words(part.upper().split()):
            return level
    return _level_of_words(_NAME_PARTS.sub(" ", name).upper().split(), only_two=True)


def _level_of_words(words: list[str], *, only_two: bool = False) -> str | None:
    """Two words anywhere but after "độ", which names the level of something else; one word only first or last."""
    for place in range(len(words) - 1):
        key = words[place] + words[place + 1]
        level = (_LEVELS | _PLAIN_LEVELS).get(key)
        if level and words[place - 1 : place] not in (["ĐỘ"], ["DO"]) and not _is_torn([], words[place + 2 :]):
            return level
    for place in () if only_two or len(words) < 2 else (0, len(words) - 1):
        if words[place] == "MẬT" and not _is_torn(words[max(place - 1, 0) : place], words[place + 1 :]):
            return _LEVELS["MẬT"]
    return None
