"""What is taken away of pages that can be heard, measured and signed (issue 12)."""

from prove.taken import taken

_FINISH = "unit/test_pdf_finish.py::"
_SIGNED = "unit/test_signing.py::"
_ROAD = "golden/test_pages.py::"

STANDARDS = (
    taken(
        "12.4a",
        "no file claims PDF/UA",
        ("brief/pdf_finish.py", "        _claim(pdf)\n", ""),
        f"{_FINISH}test_a_long_document_can_be_heard",
    ),
    taken(
        "12.4b",
        "a header cell says not what it heads",
        ("brief/pdf_finish.py", '        item["A"]["Scope"] = ', '        item["A"]["Unsaid"] = '),
        f"{_FINISH}test_header_cells_say_what_they_head",
    ),
    taken(
        "12.4c",
        "a heading in two parts is two headings",
        ("brief/pdf_finish.py", '        item["S"] = "/NonStruct"\n', "        pass\n"),
        f"{_FINISH}test_header_cells_say_what_they_head",
    ),
    taken(
        "12.4d",
        "title and number of each page are read out page by page",
        ("brief/pdf_finish.py", "        _set_apart(pdf)\n", ""),
        f"{_FINISH}test_running_titles_are_set_apart",
    ),
    taken(
        "12.4e",
        "the place of a drawing is told in pixels from the upper corner",
        (
            "brief/pdf_finish.py",
            "    return [round(side, 3) for side in (left,",
            "    return box or [side for side in (left,",
        ),
        f"{_FINISH}test_a_drawing_has_its_place_on_the_page",
    ),
    taken(
        "12.4f",
        "what hides in the gap of a signature passes",
        ("pipeline/sign_pdf.py", " and _is_filled(content, signature)", ""),
        f"{_SIGNED}test_a_changed_byte_is_found",
    ),
    taken(
        "12.4g",
        "a certificate out of its time signs",
        ("pipeline/sign_pdf.py", "    if not first <= now <= last:\n", "    if False:\n"),
        f"{_SIGNED}test_a_certificate_is_opened_or_refused",
    ),
    taken(
        "12.4h",
        "a passphrase that others can read is taken",
        ("signing.py", "st_mode) & 0o077", "st_mode) & 0"),
        f"{_SIGNED}test_secrets_lie_outside_and_closed",
    ),
    taken(
        "12.4i",
        "a PDF that is not the one that was stored is signed",
        (
            "pipeline/sign.py",
            'if hashlib.sha256(content).hexdigest() in {row["pdf_sha256"] for row in rows}',
            "if content",
        ),
        f"{_ROAD}test_what_was_changed_is_not_signed[embedded]",
    ),
    taken(
        "12.4j",
        "a draft is signed",
        ("pipeline/sign.py", 'row["state"] != "issued" and', "False and"),
        f"{_ROAD}test_what_was_issued_is_signed[embedded]",
        ends_in="SettingsError",
    ),
    taken(
        "12.4k",
        "a sign beside its word is a drawing without words",
        ("brief/pdf_finish.py", " and max(right - left, bottom - top) <= _SIGN", " and False"),
        f"{_FINISH}test_what_tells_nothing_is_not_heard",
    ),
    taken(
        "12.4l",
        "headings outnumber the cells of a table",
        ("brief/pdf_finish.py", "                _head_columns_only(pdf, table)\n", "                pass\n"),
        f"{_FINISH}test_what_tells_nothing_is_not_heard",
    ),
)
