"""What is taken away of reading what a person sees: whole files, looks of cells."""

from prove.taken import taken

_SEES = "spec/test_what_a_person_sees.py::"


def _read(name: str) -> str:
    return f"{_SEES}test_read_or_asked[{name}]"


WHOLE = (
    taken(
        "B1a",
        "a report of which no row was understood is accepted in whole",
        ("normalise/whole_report.py", "    if asked and not written & set(asked) and tables:\n", "    if False:\n"),
        "spec/test_body_report.py::test_a_report_without_a_row_is_not_accepted",
    ),
    taken(
        "B1b",
        "a report whose table of tasks was not recognised is accepted in whole",
        ("normalise/whole_report.py", "        if mine and name not in tables:\n", "        if False:\n"),
        _read("a section gone"),
        _read("a section retyped"),
    ),
    taken(
        "B1c",
        "a section of which the name was not understood is passed over in silence",
        ("normalise/whole_report.py", "in list(strange_rows(workbook))[:1]:", "in ():"),
        _read("a section retyped"),
    ),
    taken(
        "B1d",
        "a sheet with sections is split only where it has no name",
        ("normalise/sections.py", "(sheet.name and len(starts) < _FEWEST_SECTIONS)", "sheet.name"),
        _read("sections in a workbook"),
    ),
    taken(
        "B1e",
        "places in such a sheet are those of a sheet that nobody sees",
        (
            "normalise/sections.py",
            "    if sectioned is whole:\n        return {}\n",
            "    if True:\n        return {}\n",
        ),
        f"{_SEES}test_places_are_those_of_the_file",
    ),
    taken(
        "B1f",
        "a file that lost its letters is read as far as it goes",
        ("normalise/whole_report.py", "    lost = lost_letters(workbook)\n", "    lost = None\n"),
        f"{_SEES}test_nothing_is_taken_of_lost_letters[letters lost everywhere]",
        f"{_SEES}test_nothing_is_taken_of_lost_letters[letters lost in headings]",
    ),
    taken(
        "B1g",
        "a sheet that was not recognised is passed over in silence",
        ("normalise/report_tables.py", "            _tell_unread(sheet, notes)\n", "            pass\n"),
        _read("column retyped"),
    ),
)

LOOKS = (
    taken(
        "B2a",
        "2735 with a raised 1 is read as 27351",
        ("collect/traits.py", "        traits.raised[place] = base\n", "        pass\n"),
        _read("footnote mark raised"),
        _read("footnote in a shared string"),
        _read("ods footnote"),
        _read("xls footnote"),
    ),
    taken(
        "B2b",
        "figures that were struck out count",
        (
            "normalise/unseen.py",
            '    if sheet.struck.get(place) == "":\n',
            "    if False:\n",
        ),
        _read("figure struck out"),
        _read("style struck out"),
        _read("xls struck"),
    ),
    taken(
        "B2c",
        "an old figure struck out before the new one is part of it",
        ("collect/traits.py", "    if len(kept) < len(runs):\n", "    if False:\n"),
        _read("old figure struck out"),
    ),
    taken(
        "B2d",
        "a cell that shows 81,3 % is read as .813",
        ("collect/number_formats.py", "scaled = value * 100**section.percents", "scaled = value"),
        _read("percent"),
        _read("percent of a task"),
        "spec/test_number_formats.py::test_what_is_printed[0.0%-0.813-81.3-]",
    ),
    taken(
        "B2e",
        "built-in formats of percentages are no formats",
        ("collect/number_formats.py", 'BUILT_IN = {9: "0%", 10: "0.00%", ', "BUILT_IN = {"),
        _read("percent built in"),
        _read("xls percent"),
    ),
    taken(
        "B2f",
        "a format that prints thousands is read in units",
        ("collect/number_formats.py", "/ 1000**section.thousands", ""),
        _read("thousands"),
        "spec/test_number_formats.py::test_what_is_printed[#,##0,-1234567-1234.567-]",
    ),
    taken(
        "B2g",
        "a format that prints nothing, or words, is read as the number behind it",
        (
            "normalise/looks.py",
            "    if seen.value is None:\n        return Looked(None, FORMAT, told)\n",
            "    if seen.value is None:\n        return Looked(held)\n",
        ),
        _read("nothing"),
        _read("words"),
        _read("by condition"),
    ),
    taken(
        "B2h",
        "a format that prints something behind the number is not asked about",
        ("normalise/looks.py", "    if not words_fit or seen.percents > 1:\n", "    if False:\n"),
        _read("something behind"),
        _read("a digit before"),
        _read("a comma within"),
    ),
    taken(
        "B2i",
        "2650% of a count, or 91,2% of GW, is read without its sign",
        (
            "normalise/looks.py",
            '    if (seen.percents or "%" in seen.words) and not is_percentage(unit):\n',
            "    if False:\n",
        ),
        _read("percent of a count"),
        _read("percent of a numerator"),
    ),
    taken(
        "B2j",
        "a written percent sign behind what is no share is passed over",
        ("normalise/looks.py", '    if text.endswith("%") and not is_percentage(unit):\n', "    if False:\n"),
        _read("percent sign on GW"),
    ),
    taken(
        "B2k",
        "marks that turn digits round are passed over",
        ("normalise/looks.py", "    if _TURNS.search(held):\n        return", "    if False:\n        return"),
        _read("digits turned round"),
    ),
    taken(
        "B2l",
        "a day with a time of day is taken without a word",
        ("normalise/report_cells.py", "        if found.told:\n", "        if False:\n"),
        _read("day with a time"),
        _read("day with a written time"),
        _read("just before midnight"),
    ),
    taken(
        "B2m",
        "a day that a library wrote seconds before midnight is the day before",
        ("normalise/days.py", "if moment.time() >= _JUST_BEFORE else", "if False else"),
        "spec/test_body_report.py::test_a_day_written_just_before_its_midnight",
    ),
    taken(
        "B2n",
        "what an .ods printed of a number is not looked at",
        ("collect/read_ods.py", "            traits.formats[place] = code\n", "            pass\n"),
        _read("ods percent"),
        _read("ods hidden"),
        _read("ods thousands"),
    ),
    taken(
        "B2o",
        "what an .xls prints of a number is not looked at",
        (
            "collect/biff_looks.py",
            "                traits.formats[place] = self._codes[code]\n",
            "                pass\n",
        ),
        _read("xls percent"),
        _read("xls hidden"),
    ),
)
