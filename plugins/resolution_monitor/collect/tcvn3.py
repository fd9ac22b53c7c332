"""TCVN 5712:1993, set VN3: the code behind the fonts .VnTime, .VnArial and their like ("TCVN3", "ABC").

One byte a letter. Capital letters with a tone have no code: the fonts whose name ends in H print the small letter as
a capital. A workbook holds such text as the Latin-1 letters of the same bytes: "Bé Tµi chÝnh" is "Bộ Tài chính".
"""

# First code of a run -> the letters from there on, after the table of the standard.
_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộ",
    0xEA: "ờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
LETTERS: dict[int, str] = {first + step: letter for first, run in _RUNS.items() for step, letter in enumerate(run)}


def decoded(text: str) -> str | None:
    """Text of the Latin-1 letters read as VN3; None where one of them has no meaning there."""
    if any(ord(letter) > 0xA0 and ord(letter) not in LETTERS for letter in text):
        return None
    return text.translate(LETTERS)
