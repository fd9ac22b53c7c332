"""What is taken away of marks of secrecy: writings, packings and wrappings that were missed, and false alarms."""

from prove.taken import taken

_WRAPPED = "unit/test_mark_wrappings.py::"
_TEXTS = "spec/test_marking_texts.py::"
_PLAIN = "spec/test_ordinary_texts.py::"


def _carriers(*names: str) -> tuple[str, ...]:
    return tuple(f"{_WRAPPED}test_carrier[{name}]" for name in names)


def _texts(level: str, *texts: str) -> tuple[str, ...]:
    return tuple(_named(f"{_TEXTS}test_marked_text", f"{text}-{level}") for text in texts)


def _named(test: str, case: str) -> str:
    """A test of a table, by its name in the letters that pytest writes it with."""
    return f"{test}[{case.encode('unicode_escape').decode()}]"


CARRIERS = (
    taken(
        "S-D3a",
        "a part packed by bzip2 or LZMA is not looked into",
        (
            "collect/open_zip.py",
            "    try:\n        with archive.open(member) as stream:\n",
            '    if member.compress_type > zipfile.ZIP_DEFLATED:\n        return b"", None\n'
            "    try:\n        with archive.open(member) as stream:\n",
        ),
        *_carriers("bzip2", "lzma"),
    ),
    taken(
        "S-D3b",
        "letters written as references pass the quick look",
        ("collect/mark_filter.py", '    if b"&#" in part:\n', "    if False:\n"),
        *_carriers("references of all letters", "references in hexadecimal", "references with zeros"),
    ),
    taken(
        "S-D3c",
        "fullwidth letters are other letters",
        ("collect/mark_letters.py", 'unicodedata.normalize("NFKD", ', 'unicodedata.normalize("NFD", '),
        *_carriers("fullwidth"),
        *_texts("MẬT", "ＭẬＴ"),
    ),
    taken(
        "S-D3d",
        "soft hyphens and other unseen signs part a level",
        ("collect/mark_letters.py", '_INVISIBLE.sub("", text))', "text)"),
        *_carriers("soft hyphens"),
        also=[("collect/marking_levels.py", "    text = _APART.sub(_joined, text)\n", "")],
    ),
    taken(
        "S-D3e",
        "a JSON in UTF-16 is noise",
        (
            "collect/decode_bytes.py",
            '    if b"\\x00" in content[:200]:\n        return content.decode("utf-16-be"',
            '    if False:\n        return content.decode("utf-16-be"',
        ),
        *_carriers("json utf-16-le", "json utf-16-be"),
    ),
    taken(
        "S-D3f",
        "a Cyrillic or Greek letter hides a level",
        ("collect/mark_letters.py", "apart.translate(_MEANT)", "apart"),
        *_carriers("Cyrillic", "Greek"),
    ),
    taken(
        "S-D3g",
        "M, Ậ and T in neighbouring cells are three letters",
        ("collect/marks.py", "    if has_fragment:\n", "    if False:\n"),
        *_carriers("cells of a row", "cells of a column", "numbered cells", "xls cells", "ods cells", "csv cells"),
    ),
    taken(
        "S-D3h",
        "a cell of more than 2,000 letters is not looked at",
        ("collect/marking_words.py", "_LONGEST = 1_000_000\n", "_LONGEST = 2_000\n"),
        *_carriers("long cell", "long cell, last line", "csv, long"),
    ),
    taken(
        "S-D3i",
        "text in an SVG is a picture",
        (
            "collect/mark_texts.py",
            "        elif lowered.endswith(_XML_PARTS) or",
            '        elif lowered.endswith(".svg"):\n            continue\n        elif lowered.endswith(_XML_PARTS) or',
        ),
        *_carriers("svg", "svg in spans"),
    ),
    taken(
        "S-D3j",
        "a comment or an instruction within a text hides a level",
        ("collect/mark_texts.py", "        xml = _UNSHOWN.sub(_shown, xml)\n", "        pass\n"),
        *_carriers("comment within", "instruction within"),
    ),
    taken(
        "S-D3k",
        "an attached zip or text is taken along, and nobody looked into it",
        (
            "collect/guard_zip.py",
            "        elif part.startswith(_ATTACHED_MAGIC) or _ATTACHED_NAMES.search(name):\n",
            "        elif False:\n",
        ),
        f"{_WRAPPED}test_attached_file_is_refused[zip]",
        f"{_WRAPPED}test_attached_file_is_refused[text]",
    ),
)

WRITINGS = (
    taken(
        "S-D3l",
        "HỎA TỐC/MẬT is no marking",
        ("collect/marking_context.py", 'URGENT = r"(?:(?:HỎA', 'URGENT = r"(?:(?:XXX'),
        *_texts("MẬT", "HỎA TỐC/MẬT", "Hỏa tốc/Mật"),
    ),
    taken(
        "S-D3m",
        "Mật. Bản số 12 is no marking",
        ("collect/marking_context.py", '    r"(?:(?:BẢN SỐ|BẢN|SỐ', '    r"(?:(?:XXX|'),
        *_texts("MẬT", "Mật. Bản số 12"),
    ),
    taken(
        "S-D3n",
        "BÁO CÁO MẬT is no marking",
        ("collect/marking_context.py", '    r"(?:TÀI LIỆU|HỒ SƠ|BÁO CÁO|', '    r"(?:TÀI LIỆU|HỒ SƠ|'),
        *_texts("MẬT", "BÁO CÁO MẬT"),
    ),
    taken(
        "S-D3o",
        "Độ mật: A is no marking",
        (
            "collect/marking_stamps.py",
            "    if lettered := _LETTERED.fullmatch(upper):\n",
            "    if False and (lettered := _LETTERED.fullmatch(upper)):\n",
        ),
        *_texts("TUYỆT MẬT", "Độ mật: A"),
    ),
    taken(
        "S-D3p",
        "[Mật] ... and (Tối mật) are no markings",
        ("collect/marking_lines.py", "        yield from marking_of_pieces(line.text)\n", "        yield from ()\n"),
        *_texts("MẬT", "[Mật] Báo cáo tháng 10"),
        *_texts("TỐI MẬT", "Báo cáo tháng 10 (Tối mật)"),
    ),
    taken(
        "S-D3q",
        "MẬT 01 is no marking",
        ("collect/marking_stamps.py", "(?:(?P<number>{BARE_NUMBER})|", "(?:(?P<number>XXX)|"),
        *_texts("MẬT", "MẬT 01"),
    ),
    taken(
        "S-D3r",
        "MẠT is passed by",
        (
            "collect/marking_lines.py",
            "    if not found and (read := read_by_machine(line.text)):\n",
            '    if False and (read := ""):\n',
        ),
        _named(f"{_PLAIN}test_doubtful_text", "MẠT"),
    ),
    taken(
        "S-D3s",
        "bile and honey are secrets",
        (
            "collect/marking_stamps.py",
            "    return bool(before and before[-1] in _FIRST_HALVES | ORDINARY) or follows in _OTHER_HALVES | ORDINARY\n",
            "    return False\n",
        ),
        _named(f"{_PLAIN}test_ordinary_text", "KHOA GAN - MẬT - TỤY"),
        _named(f"{_PLAIN}test_ordinary_text", "HONEY - MẬT"),
    ),
    taken(
        "S-D3t",
        "what is doubtful is turned away, and its sender's file deleted",
        ("pipeline/taking.py", "        if mark is not None and not mark.is_clear:\n", "        if False:\n"),
        "unit/test_closed_files.py::test_doubtful_file_is_closed[embedded]",
    ),
)
