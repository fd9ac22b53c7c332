"""Finds and masks personal data in free text: identity numbers, telephone and account numbers, e-mail addresses.

Shapes only, no list of persons. Where a number alone could as well be an amount, a code or a value, it is taken for
personal data only behind a word that says so (STK, CMND, ĐT). Amounts, dates, document numbers and codes stay.
"""

import re
from collections.abc import Iterator
from enum import StrEnum


class PersonalKind(StrEnum):
    """What was found, in the words of a page."""

    IDENTITY = "số định danh cá nhân"
    TELEPHONE = "số điện thoại"
    EMAIL = "địa chỉ thư điện tử"
    ACCOUNT = "số tài khoản"


# Nothing without "@", nine digits with at most separators between them, or one of these words can be any of it.
_TRACE = re.compile(r"@|(?:\d[ .()\-\u00a0]{0,2}){9}|\b(?:stk|tknh|số\s+tk|hộ\s+chiếu)\b", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")

# 12 digits of the citizen's number: province (001 to 096), century and sex (0 to 3: born 1900 to 2099), year, six more.
_PROVINCES = r"0(?:0[1-9]|[1-8]\d|9[0-6])"
_BEFORE, _AFTER = r"(?<!\d)(?<!\d[.,/-])(?<![A-Za-zĐđ]\d)", r"(?!\d)(?![.,/-]\d)(?!-?[A-ZĐ]{2})"
_CITIZEN = re.compile(rf"{_BEFORE}(?:{_PROVINCES})[0-3]\d{{2}}\d{{6}}{_AFTER}")
_IDENTITY_WORD = (
    r"(?:cccd|cmnd|cmtnd|cmt|căn\s+cước(?:\s+công\s+dân)?|chứng\s+minh(?:\s+(?:nhân\s+dân|thư))?|"
    r"số\s+định\s+danh(?:\s+cá\s+nhân)?|hộ\s+chiếu)"
)
_LINK = r"(?:\s*(?:số|là|của\s+ông|của\s+bà))?\s*[:.#–-]{0,2}\s*"
_SAID_IDENTITY = re.compile(
    rf"\b{_IDENTITY_WORD}{_LINK}((?:\d[ .]?){{8}}\d(?:(?:[ .]?\d){{3}})?|[A-Z]\d{{7}})(?![.,]?\d)", re.IGNORECASE
)

# Mobile numbers: ten digits from 03, 05, 07, 08, 09; fixed lines: ten or eleven from 02; +84 in place of 0.
_GAP = r"[ .\-\u00a0]?"
# The first digits stand together, or a date and an hour would do: 03.01.2000 00:00.
_MOBILE_REST = rf"[35789]\d(?:{_GAP}\d){{7}}"
_FIXED_REST = rf"2\d{{1,2}}(?:{_GAP}\d){{7,8}}"
_ABROAD = rf"(?:\(?\+84\)?|0084)\s?(?:\(0\))?{_GAP}"
_TELEPHONE = re.compile(
    rf"(?<![\d+])(?<!\d[.,/-])(?<![A-Za-zĐđ]\d)(?:{_ABROAD}(?:{_MOBILE_REST}|{_FIXED_REST})|0{_MOBILE_REST}|0{_FIXED_REST}"
    rf"|\(02\d{{1,2}}\){_GAP}\d(?:{_GAP}\d){{6,7}}){_AFTER}"
)
_TAX_CODE = re.compile(r"(?:mst|mã\s+số\s+thuế|mã\s+số\s+doanh\s+nghiệp|mã\s+số|mã)\W{0,3}\Z", re.IGNORECASE)
_TELEPHONE_WORD = r"(?:sđt|đt|đtdđ|đtcq|điện\s+thoại|di\s+động|tel|phone|zalo|hotline)"
_SAID_TELEPHONE = re.compile(
    rf"\b{_TELEPHONE_WORD}{_LINK}(\+?\(?(?:84|0)(?:[ .\-()]{{0,2}}\d){{8,10}})(?![.,]?\d)", re.IGNORECASE
)

# "Số tài khoản" is also how many accounts there are: behind it only a long run without thousands' dots is a number.
_ACCOUNT_DIGITS = r"\d{6,19}(?!\d)|\d{3,6}(?:[ -]\d{2,6}){1,4}(?![.,]?\d)"
_SAID_ACCOUNT = re.compile(rf"\b(?:stk|số\s+tk|tknh){_LINK}({_ACCOUNT_DIGITS})", re.IGNORECASE)
_LONG_ACCOUNT = r"\d{9,19}(?![.,]?\d)|\d{3,6}(?: \d{2,6}){2,4}(?![.,]?\d)"
_NAMED_ACCOUNT = re.compile(
    rf"\b(?:số\s+)?tài\s+khoản(?:\s+(?:ngân\s+hàng|số|cá\s+nhân))?{_LINK}({_LONG_ACCOUNT})", re.IGNORECASE
)

_SHAPES = (
    (PersonalKind.EMAIL, _EMAIL),
    (PersonalKind.IDENTITY, _SAID_IDENTITY),
    (PersonalKind.ACCOUNT, _SAID_ACCOUNT),
    (PersonalKind.ACCOUNT, _NAMED_ACCOUNT),
    (PersonalKind.IDENTITY, _CITIZEN),
    (PersonalKind.TELEPHONE, _SAID_TELEPHONE),
    (PersonalKind.TELEPHONE, _TELEPHONE),
)


def may_hold(text: str) -> bool:
    """Whether a closer look is worth it; a text of any length is answered quickly."""
    return bool(_TRACE.search(text))


def personal_data(text: str) -> list[PersonalKind]:
    """The kinds of personal data in a text, each once, in the order of their places."""
    return list(dict.fromkeys(kind for _, _, kind in _places(text)))


def masked(text: str) -> str:
    """The text with each piece of personal data replaced by its kind: "[đã che: số điện thoại]"; else as it is."""
    end = 0
    pieces = []
    for start, stop, kind in _places(text):
        pieces += [text[end:start], f"[đã che: {kind.value}]"]
        end = stop
    return "".join(pieces) + text[end:] if pieces else text


def _places(text: str) -> list[tuple[int, int, PersonalKind]]:
    """Start, end and kind of each piece, in order; where two shapes overlap the earlier of the list holds."""
    if not may_hold(text):
        return []
    taken: list[tuple[int, int, PersonalKind]] = []
    for start, stop, kind in _candidates(text):
        if all(stop <= other[0] or start >= other[1] for other in taken):
            taken.append((start, stop, kind))
    return sorted(taken)


def _candidates(text: str) -> Iterator[tuple[int, int, PersonalKind]]:
    for kind, shape in _SHAPES:
        for match in shape.finditer(text):
            if shape is _TELEPHONE and _TAX_CODE.search(text, max(0, match.start() - 30), match.start()):
                continue
            yield *match.span(shape.groups), kind
