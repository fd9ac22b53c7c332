"""What is taken away of good files that were refused, and of the time that a file may cost."""

from prove.taken import taken

_SEES = "spec/test_what_a_person_sees.py::"


def _read(name: str) -> str:
    return f"{_SEES}test_read_or_asked[{name}]"


REFUSED = (
    taken(
        "B4a",
        "a path to a file is taken for a live link",
        ("collect/guard_ole.py", " and path[0] != _PATH_MARK:", ":"),
        f"{_SEES}test_link_to_a_file_is_no_live_link",
    ),
    taken(
        "B4b",
        "a query in UTF-16 that nobody reads refuses the workbook",
        ("collect/guard_zip.py", " and not name.lower().startswith(UNREAD):", ":"),
        _read("a query in UTF-16"),
    ),
    taken(
        "B4c",
        "empty rows and cells far out count as extent",
        ("collect/scan_sheet.py", "        rows, columns = _held_extent(xml, places)\n", "        pass\n"),
        _read("rows and cells far out"),
    ),
    taken(
        "B4d",
        "a few leftover old words refuse the whole file",
        ("collect/repair.py", "    if count.confidence < SUREST and count.is_leftover:\n", "    if False:\n"),
        _read("a few old letters"),
    ),
    taken(
        "B4e",
        "a binary workbook is no workbook, and is not told what to do",
        ("collect/guard_xlsx.py", '    if "xl/workbook.bin" in lowered:\n', "    if False:\n"),
        f"{_SEES}test_refused_by_its_true_reason[binary workbook]",
    ),
    taken(
        "B4f",
        "a workbook that is one long text is no workbook",
        ("collect/guard.py", "        if mark in content[:_JUDGED]:\n", "        if False:\n"),
        f"{_SEES}test_refused_by_its_true_reason[flat workbook]",
        f"{_SEES}test_refused_by_its_true_reason[workbook of 2003 as text]",
    ),
    taken(
        "B4g",
        "xl/workbook2.xml is a damaged workbook",
        ("collect/guard_xlsx.py", "    if main == _WORKBOOK or main not in parts", "    if True or main not in parts"),
        _read("another name of the workbook"),
    ),
    taken(
        "B4h",
        "folders parted by backslashes are a damaged workbook",
        ("collect/open_zip.py", 'return member.filename.replace("\\\\", "/")', "return member.filename"),
        _read("backslashes"),
    ),
    taken(
        "B4i",
        "an error that only newer programs know is a damaged workbook",
        ("collect/guard_xlsx.py", 'return _UNKNOWN_ERROR.sub(rb"\\1#N/A", part)', "return part"),
        _read("an unknown error"),
        _read("an error of another program"),
    ),
    taken(
        "B4j",
        "utf8 without its bar is an unknown code",
        ("collect/guard_zip.py", 'if b"utf8" in part[:200].lower() else part', "if False else part"),
        _read("utf8 without its bar"),
    ),
    taken(
        "B4k",
        "wrapped text is told as damaged",
        ("collect/scan_sheet.py", '    if b"<![CDATA[" in xml:\n', "    if False:\n"),
        f"{_SEES}test_refused_by_its_true_reason[wrapped text]",
    ),
    taken(
        "B6a",
        "./monitor read has no time limit",
        ("commands/read.py", "    signal.alarm(seconds)\n", "    pass\n"),
        "unit/test_read_command.py::test_the_alarm_is_set_for_whoever_takes_too_long",
    ),
    taken(
        "B6b",
        "every letter of a long text is compared",
        ("catalogue/names.py", "text[:_LONGEST_COMPARED].translate", "text.translate"),
        "unit/test_read_command.py::test_long_texts_are_compared_by_their_beginning",
    ),
)
