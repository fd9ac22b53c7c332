"""Answers on the road: each sender's own workbook back, marked; CSV and JSON in kind; the same offline."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from conftest import NOW
from openpyxl import load_workbook
from typer.testing import CliRunner
from unit.body_reports import CHANGES, OCTOBER, REASON, good_report, good_workbook

from resolution_monitor.__main__ import app
from resolution_monitor.errors import CHECK_FOUND_PROBLEMS, InboxError
from resolution_monitor.exchange.answer import Answer, AnsweredFinding, answer_name, answer_of
from resolution_monitor.exchange.feedback import answer_workbook, findings_workbook
from resolution_monitor.exchange.plain import report_csv, report_json
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.answer_process import AnswerProcess
from resolution_monitor.pipeline.answers import content_of, write_answers
from resolution_monitor.pipeline.check_file import check_file
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.reporting.content import ValueState
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.terms import Severity, SubmissionState


def spoiled() -> bytes:
    """The good workbook with words in the place of a number, and a figure without a reason."""
    workbook = load_workbook(io.BytesIO(good_workbook()))
    workbook["Chỉ tiêu"]["G7"] = "chín mươi"
    workbook["Chỉ tiêu"]["G8"], workbook["Chỉ tiêu"]["H8"] = None, "Không áp dụng"
    return saved(workbook)


def saved(workbook: object) -> bytes:
    target = io.BytesIO()
    workbook.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def lay(inbox: Path, name: str, content: bytes) -> None:
    (inbox / "BYT").mkdir(parents=True, exist_ok=True)
    (inbox / "BYT" / name).write_bytes(content)
    clock = inbox / "received.csv"
    told = clock.read_text() if clock.exists() else "path,received_at\n"
    clock.write_text(f"{told}BYT/{name},2026-11-05T10:0{told.count(chr(10))}:00+07:00\n")


def walk(context: Context, inbox: Path) -> dict[str, int]:
    collect(context, inbox)
    normalise(context, OCTOBER)
    return write_answers(context)


def settings_at(home: Path) -> Settings:
    return from_environment({"RESOLUTION_MONITOR_HOME": str(home)})


def told(severity: Severity, sheet: str | None, cell: str | None, **more: str) -> AnsweredFinding:
    return AnsweredFinding(severity, "not-a-number", sheet, cell, "x", text="Ô sai.", action="Đề nghị sửa.", **more)


def test_own_workbook_comes_back_and_mended_is_accepted(context: Context, tmp_path: Path):
    """
    Sent, answered, only the marked cells mended in the answer itself, sent again: accepted; told once and no more.
    """
    lay(tmp_path, "bao-cao.xlsx", spoiled())
    assert {"answered": 1, "marked": 1} == walk(context, tmp_path)
    assert {"answered": 0, "marked": 0} == walk(context, tmp_path)

    path = context.settings.outbox_folder / "BYT" / "bao-cao.tra-loi.xlsx"
    workbook = load_workbook(path)
    listed = [[cell.value for cell in row] for row in workbook["Lỗi"].iter_rows(min_row=7, max_col=4)]
    assert ["✖ Phải sửa", "✎ Cần giải trình"] == [row[1] for row in listed]
    assert ["G7", "H8"] == [row[3] for row in listed]
    workbook["Chỉ tiêu"]["G7"] = 91.5
    workbook["Chỉ tiêu"]["K8"] = REASON
    lay(tmp_path, "bao-cao-2.xlsx", saved(workbook))
    assert {"answered": 1, "marked": 1} == walk(context, tmp_path)

    again = load_workbook(context.settings.outbox_folder / "BYT" / "bao-cao-2.tra-loi.xlsx")
    assert "Được tiếp nhận toàn bộ." == again["Lỗi"]["A3"].value
    assert ["▲ Lưu ý"] == [row[1].value for row in again["Lỗi"].iter_rows(min_row=7, max_col=4)]


def test_each_kind_is_answered_in_kind(context: Context, tmp_path: Path):
    """
    CSV by CSV, JSON by JSON; a clean workbook, and one that cannot be opened, by the list alone.
    """
    report = good_report()
    wrong = replace(report.indicators[0], state=ValueState.NO_ACTIVITY)
    bad = replace(report, indicators=(wrong, *report.indicators[1:]))
    lay(tmp_path, "a.csv", report_csv(bad))
    lay(tmp_path, "b.json", report_json(bad))
    lay(tmp_path, "c.xlsx", good_workbook())
    lay(tmp_path, "d.xlsx", b"PK\x03\x04 but no workbook")
    counts = walk(context, tmp_path)
    folder = context.settings.outbox_folder / "BYT"

    assert {"answered": 4, "marked": 0} == counts
    csv = (folder / "a.tra-loi.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "Số;Mức độ;Trang tính;Ô;Giá trị;Nội dung;Đề nghị" == csv[1]
    assert csv[2].startswith("1;Phải sửa;Chỉ tiêu;")
    plain = json.loads((folder / "b.tra-loi.json").read_text())
    assert ["state-contradicts-value"] == [one["check"] for one in plain["findings"]]
    assert "accepted_in_part" == plain["state"]
    assert "Được tiếp nhận toàn bộ." == load_workbook(folder / "c.tra-loi.xlsx")["Kết quả"]["A3"].value
    assert "Chưa được tiếp nhận." == load_workbook(folder / "d.tra-loi.xlsx")["Kết quả"]["A3"].value


def test_answer_survives_a_kill_between_outbox_and_note(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """
    An answer that lies there without being noted is written again, the same bytes.
    """
    lay(tmp_path, "bao-cao.xlsx", spoiled())
    collect(context, tmp_path)
    normalise(context, OCTOBER)
    with monkeypatch.context() as patch:
        patch.setattr("resolution_monitor.pipeline.answers.load_step", _killed)
        with pytest.raises(InboxError):
            write_answers(context)
    path = context.settings.outbox_folder / "BYT" / "bao-cao.tra-loi.xlsx"
    first = path.read_bytes()

    assert {"answered": 1, "marked": 1} == write_answers(context)
    assert first == path.read_bytes()


def _killed(*arguments: object) -> None:
    raise InboxError("killed here")


def test_old_marks_go_when_new_ones_come():
    """
    An answer to an answer bears the new marks alone, in the same columns; what the body wrote stays.
    """
    first = answer_of("a.xlsx", SubmissionState.REJECTED, [told(Severity.BLOCK, "Chỉ tiêu", "G7")])
    second = answer_of("a.xlsx", SubmissionState.REJECTED, [told(Severity.WARN, "Chỉ tiêu", "G8")])
    workbook = load_workbook(io.BytesIO(answer_workbook(answer_workbook(good_workbook(), first), second)))
    page = workbook["Chỉ tiêu"]

    assert ["Lỗi", "Hướng dẫn"] == workbook.sheetnames[:2]
    assert page["G7"].comment is None
    assert "00FFF8DC" == page["G7"].fill.start_color.rgb
    assert "Ô sai." in str(page["G8"].comment)
    assert "◄ ▲ Lưu ý (số 1)" == page["L8"].value
    assert None is page["L7"].value
    assert 91.5 == page["G7"].value


def test_marks_speak_without_colour():
    """
    Each severity has its own edge, its own sign in the row and its own word in the comment.
    """
    severities = {"G7": Severity.BLOCK, "G8": Severity.JUSTIFY, "G9": Severity.WARN}
    findings = [told(severity, "Chỉ tiêu", cell) for cell, severity in severities.items()]
    answer = answer_of("a.xlsx", SubmissionState.ACCEPTED_IN_PART, findings)
    page = load_workbook(io.BytesIO(answer_workbook(good_workbook(), answer)))["Chỉ tiêu"]

    assert ["thick", "mediumDashed", "dotted"] == [page[cell].border.left.style for cell in severities]
    assert ["✖", "✎", "▲"] == [page[f"L{cell[1:]}"].value[2] for cell in severities]
    words = ["Phải sửa", "Cần giải trình", "Lưu ý"]
    assert all(word in page[cell].comment.text for word, cell in zip(words, severities, strict=True))


def test_format_lists_and_lock_are_kept():
    """
    Widths, lists to choose from, the lock and unlocked inputs are those of the file that was sent.
    """
    answer = answer_of("a.xlsx", SubmissionState.REJECTED, [told(Severity.BLOCK, "Chỉ tiêu", "B7")])
    before = load_workbook(io.BytesIO(good_workbook()))["Chỉ tiêu"]
    after = load_workbook(io.BytesIO(answer_workbook(good_workbook(), answer)))["Chỉ tiêu"]

    assert before.column_dimensions["B"].width == after.column_dimensions["B"].width
    assert {str(one.sqref) for one in before.data_validations.dataValidation} == {
        str(one.sqref) for one in after.data_validations.dataValidation
    }
    assert after.protection.sheet
    assert not after["G8"].protection.locked
    assert after["B8"].protection.locked
    assert not after["B7"].protection.locked  # it is to be mended


def test_words_of_a_file_stay_words():
    """
    What stands in a cell never becomes a formula, or a link to anywhere outside, in the answer.
    """
    wild = AnsweredFinding(Severity.BLOCK, "x", "Không có", "A1", '=HYPERLINK("http://x")', text="=1+1", action="@x")
    workbook = load_workbook(io.BytesIO(findings_workbook(answer_of("=a.xlsx", SubmissionState.REJECTED, [wild]))))
    cells = [cell for row in workbook.worksheets[0].iter_rows() for cell in row if cell.value is not None]

    assert {"s", "n"} == {cell.data_type for cell in cells}
    assert [] == [cell.hyperlink for cell in cells if cell.hyperlink]


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"PK\x05\x06" + bytes(18), {}),
        (b"PK\x03\x04 nothing", {}),
        (good_workbook(), {"reader_seconds": 0.001}),
    ],
)
def test_what_cannot_be_marked_is_listed(tmp_path: Path, content: bytes, limits: dict[str, float]):
    """
    A workbook that ends the child, or that it cannot take, is answered by the list; the next is marked as ever.
    """
    path, good = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(content)
    good.write_bytes(good_workbook())
    answer = answer_of("a.xlsx", SubmissionState.REJECTED, [told(Severity.BLOCK, "Chỉ tiêu", "G7")])
    with AnswerProcess(replace(settings_at(tmp_path), **limits)) as process:  # type: ignore[arg-type]
        listed, is_marked = content_of(process, path, answer)
        _, is_next_marked = content_of(process, good, answer)

    assert not is_marked
    assert ["Kết quả"] == load_workbook(io.BytesIO(listed)).sheetnames
    assert is_next_marked is not bool(limits)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bao-cao.xlsx", "bao-cao.tra-loi.xlsx"),
        ("Báo cáo tháng 10.XLS", "Báo cáo tháng 10.tra-loi.xlsx"),
        ("a.b.csv", "a.b.tra-loi.csv"),
        ("khong-duoi", "khong-duoi.tra-loi.xlsx"),
    ],
)
def test_name_of_an_answer(name: str, expected: str):
    """
    The stem, what it is, and an ending that fits; never longer than a disk takes.
    """
    assert expected == answer_name(name)
    assert len(answer_name("ă" * 120 + ".xlsx").encode()) <= 255


class InTime(datetime):
    """The clock of a command that is called before October's cut-off."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "InTime":
        return cls(2026, 11, 5, 9, tzinfo=tz)


def test_check_says_the_same_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """
    The command lists what would be answered, writes the marked workbook, and ends with its exit code; no state is made.
    """
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("resolution_monitor.commands.check.datetime", InTime)
    bad, good, out = tmp_path / "bad.xlsx", tmp_path / "good.xlsx", tmp_path / "out.xlsx"
    bad.write_bytes(spoiled())
    good.write_bytes(good_workbook())
    asked = ["--agency", "BYT", "--period", "2026-10"]
    found = CliRunner().invoke(app, ["check", str(bad), *asked, "--answer", str(out)])
    clean = CliRunner().invoke(app, ["check", str(good), *asked])

    assert CHECK_FOUND_PROBLEMS == found.exit_code
    assert "Chỉ tiêu!G7" in found.stdout
    assert "Lỗi" in load_workbook(out).sheetnames
    assert (0, "Được tiếp nhận toàn bộ.") == (clean.exit_code, clean.stdout.strip())
    assert not (tmp_path / "state").exists()


def test_check_tells_of_marks_and_of_personal_data(tmp_path: Path):
    """
    A mark of secrecy in the file's name refuses it before it is opened; a telephone number is told, masked.
    """
    told_file, marked_file = tmp_path / "bao-cao.json", tmp_path / "bao-cao (TỐI MẬT).json"
    report = good_report()
    obstacle = replace(report.obstacles[0], text="Liên hệ 0912345678")
    for path in (told_file, marked_file):
        path.write_bytes(report_json(replace(report, obstacles=(obstacle,))))
    settings = settings_at(tmp_path / "state")
    told, marked = (check_file(settings, path, "BYT", OCTOBER, NOW) for path in (told_file, marked_file))

    assert "personal-data" in [one.check for one in told.answer.findings]
    assert "0912345678" not in str(told.answer)
    assert ["secrecy-mark"] == [one.check for one in marked.answer.findings]


def test_check_of_another_period_or_body(tmp_path: Path):
    """
    A workbook of another period, or another body, is told at once.
    """
    path = tmp_path / "a.xlsx"
    path.write_bytes(good_workbook())
    settings = settings_at(tmp_path / "state")
    from resolution_monitor.period import parse_period

    other_period = check_file(settings, path, "BYT", parse_period("2026-09"), NOW)
    other_body = check_file(settings, path, "BTC", OCTOBER, NOW)

    assert ["period-differs"] == [told.check for told in other_period.answer.findings]
    assert ["wrong-sender"] == [told.check for told in other_body.answer.findings]
    with pytest.raises(InboxError, match="no file that can be read"):
        check_file(settings, tmp_path / "none.xlsx", "BYT", OCTOBER, NOW)


def test_answers_of_one_file_are_the_same_bytes():
    """
    Marking again gives the same file, with no trace of when it was made.
    """
    answer: Answer = answer_of("a.xlsx", SubmissionState.REJECTED, [told(Severity.BLOCK, "Chỉ tiêu", "G7")])
    first, second = (answer_workbook(good_workbook(), answer) for _ in range(2))

    assert first == second
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert len(CHANGES) > 30
