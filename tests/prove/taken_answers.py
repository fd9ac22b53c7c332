"""What is taken away of answers and workbooks that help whoever has to send again."""

from prove.taken import taken

_SEES = "spec/test_what_a_person_sees.py::"
_TEMPLATE = "unit/test_template.py::"


def _read(name: str) -> str:
    return f"{_SEES}test_read_or_asked[{name}]"


ANSWERS = (
    taken(
        "B5a",
        "the state that says zero needs a second zero beside it",
        (
            "normalise/value_states.py",
            "(Decimal(0) if value is None and state is ValueState.ZERO else value)",
            "value",
        ),
        "spec/test_body_report.py::test_nothing_is_written_as_people_write_it[nothing]",
    ),
    taken(
        "B5p",
        "a bar beside the state that says so is no number, and to write 0 is advised, which the state then refuses",
        ("normalise/report_cells.py", "is_empty(held) or is_dash(held) for held", "is_empty(held) for held"),
        "spec/test_body_report.py::test_nothing_is_written_as_people_write_it[bar]",
        _read("bar for nothing"),
    ),
    taken(
        "B5b",
        "the state written where the value belongs is no number",
        ("normalise/value_states.py", "    return _STATES_FOR_VALUES.get(folded(held))\n", "    return None\n"),
        _read("state where the value is"),
    ),
    taken(
        "B5c",
        'a row numbered "1." is left out',
        (
            "normalise/values.py",
            "    if found := _ORDINAL.fullmatch(written):\n",
            "    if (found := _ORDINAL.fullmatch(written)) and written.isdigit():\n",
        ),
        _read("number and a dot"),
        _read("number in brackets"),
    ),
    taken(
        "B5d",
        "a signature below the table is an unknown code",
        (
            "normalise/report_entries.py",
            "            if code not in known and is_footing(cells, field):\n",
            "            if False:\n",
        ),
        _read("signatures"),
        _read("place and day"),
        _read("total"),
        _read("numbers of columns"),
    ),
    taken(
        "B5e",
        "CSV of an English locale is not read",
        ("normalise/values.py", "    is_english = not is_typed and", "    is_english = False and"),
        _read("English CSV"),
    ),
    taken(
        "B5f",
        "a time stamp of ISO is no day",
        ("normalise/days.py", "    if _STAMP.fullmatch(text):\n", "    if False:\n"),
        _read("moment of a program"),
    ),
    taken(
        "B5g",
        "ngày 05 tháng 11 năm 2025 is no day",
        ("normalise/days.py", "_DAY.fullmatch(text) or _LONG_DAY.fullmatch(text)", "_DAY.fullmatch(text)"),
        _read("day in words"),
        also=[("normalise/days.py", "    written = written_day(text)\n", "    written = None\n")],
    ),
    taken(
        "B5h",
        "5/11/25 is a day of the year 25",
        ("normalise/days.py", "year if year >= _SHORTEST_YEAR else _CENTURY + year", "year"),
        _read("day of a short year"),
    ),
    taken(
        "B5i",
        "a deleted column is not said",
        ("normalise/report_tables.py", '    if missing and "name" in table.columns:\n', "    if False:\n"),
        _read("column gone"),
    ),
    taken(
        "B5j",
        "the keyboard accepts what the reader refuses, without a warning",
        (
            "exchange/template_skeleton.py",
            'showErrorMessage=bool(column.choices or kind), errorStyle="warning"',
            "showErrorMessage=False",
        ),
        f"{_TEMPLATE}test_whoever_writes_something_else_is_warned",
    ),
    taken(
        "B5k",
        '"trước 00:00 ngày 11/11" instead of "hết ngày 10/11"',
        ("exchange/template.py", "    if due_at.time() == time(0):", "    if False:"),
        f"{_TEMPLATE}test_due_day_as_people_say_it[end of a day]",
    ),
    taken(
        "B5l",
        "the known first value of a body stands not in its workbook",
        (
            "exchange/planned.py",
            "        elif indicator is not None and item in first_values and kinds()[indicator.kind].needs_baseline:\n",
            "        elif False:\n",
        ),
        f"{_TEMPLATE}test_start_and_plan_stand_beside_the_cell",
    ),
    taken(
        "B5m",
        "the planned value of the month stands not beside the target",
        ("exchange/template_sheets.py", "    if planned is not None:\n", "    if False:\n"),
        f"{_TEMPLATE}test_start_and_plan_stand_beside_the_cell",
    ),
    taken(
        "B5n",
        "every row seems to ask for numerator and denominator",
        (
            "exchange/template_sheets.py",
            "if one is not None and not kinds()[one.kind].has_parts}",
            "if False}",
        ),
        f"{_TEMPLATE}test_only_ratios_are_asked_for_their_parts",
    ),
    taken(
        "B5o",
        "the first of October, as a spreadsheet keeps 2026-10, is a day",
        ("normalise/whole_report.py", "return month if owes(month) else period", "return period"),
        "spec/test_body_report.py::test_a_period_that_became_a_day_is_the_month[2026-10-01]",
    ),
)
