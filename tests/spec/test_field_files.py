"""Files made after troubles from the field, as they came: each ends as whoever looks at it expects."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from spec.test_what_a_person_sees import reading_of

from resolution_monitor.collect.read import ReadResult, read_files
from resolution_monitor.settings import from_environment

FOLDER = Path(__file__).parent / "field_files"
BODIES = {"BCT_percent_with_remark.xlsx": "BCT"}
# Documents of before the first report are asked about in every one of them (docs/method.md, clause 2.5).
ASKED_OF_ALL = "done-before-first-report"


@dataclass(frozen=True)
class Expected:
    """The figures that are read, what is told beside what is told of all, and how many obstacles."""

    figures: dict[str, str]
    told: tuple[tuple[str, str | None], ...] = ()
    obstacles: int = 1


BYT = {"72.04": "89.1", "72.07": "100.0", "72.08": "81.3"}
EXPECTED = {
    "BCT_percent_with_remark.xlsx": Expected(
        {"57.11": "41.9", "59.03": "41.2", "70.02": "107.7", "70.07": "55.0"}, obstacles=0
    ),
    "BYT_csv_saved_as_xlsx.xlsx": Expected(BYT),
    "BYT_superscript.xlsx": Expected(BYT, (("raised-mark", "G9"),)),
    "dash_no_activity.xlsx": Expected({"72.04": "89.1", "72.07": "100.0"}, (("nothing-not-plausible", "H9"),)),
    "date_23_59_sheetjs.xlsx": Expected(BYT, (("day-with-time", "I12"),)),
    "empty_row_1048576.xlsx": Expected(BYT),
    "percent_first_report.xlsx": Expected(BYT),
    "power_query_part.xlsx": Expected(BYT),
    "stt_with_dot.xlsx": Expected(BYT),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadResult]:
    paths = sorted(FOLDER.iterdir())
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path_factory.mktemp("field"))})
    return {path.name: result for path, result in zip(paths, read_files(settings, paths), strict=True)}


@pytest.mark.parametrize("name", EXPECTED)
def test_read_as_it_is_seen(results: dict[str, ReadResult], name: str):
    """
    Figures, days and obstacles are those that a person sees; what is odd about the file is told at its cell.
    """
    expected, reading = EXPECTED[name], reading_of(results[name], BODIES.get(name, "BYT"))
    report = reading.report
    assert report is not None, reading.findings

    assert expected.figures == {entry.indicator_id: str(entry.value) for entry in report.indicators}
    assert list(expected.told) == [(one.check, one.cell) for one in reading.findings if one.check != ASKED_OF_ALL]
    assert expected.obstacles == len(report.obstacles)


def test_lost_letters(results: dict[str, ReadResult]):
    """
    A file of which the letters are lost gives nothing and names a cell that lost them.
    """
    reading = reading_of(results["csv_all_question_marks.csv"])

    assert [("letters-lost", "A8")] == [(one.check, one.cell) for one in reading.findings]
    assert "rejected" == reading.state
