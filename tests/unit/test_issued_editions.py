"""What was issued stays: kept, proven again after corrections, and corrected by an edition of its own only."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from conftest import NOW, new_settings
from typer.testing import CliRunner
from unit.body_reports import OCTOBER, as_workbook, good_report

from resolution_monitor.__main__ import app
from resolution_monitor.ask.editions import SCORED_ANEW, editions
from resolution_monitor.errors import VERIFY_FOUND_PROBLEMS, IssueError, LedgerError, StorageError
from resolution_monitor.pipeline import Context, issue_edition, open_context
from resolution_monitor.pipeline.brief import brief
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.demonstration_certificate import demonstration_certificate
from resolution_monitor.pipeline.files import write_once
from resolution_monitor.pipeline.issue import Order
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.score import score
from resolution_monitor.pipeline.sign import sign
from resolution_monitor.pipeline.verify_editions import Same, verify_editions
from resolution_monitor.signing import Signing
from resolution_monitor.store import embedded
from resolution_monitor.store.roles import as_purger

REPORT = "resolutions_month"
BEARS = ("Hà Nội", date(2026, 11, 9), "Người ký thử")


def correct(context: Context, value: str) -> None:
    """BYT sends its report with another figure, and the month is scored anew."""
    report = good_report()
    first = replace(report.indicators[0], value=Decimal(value))
    folder = context.settings.inbox_folder / "BYT"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{value}.xlsx").write_bytes(as_workbook(replace(report, indicators=(first, *report.indicators[1:]))))
    collect(context, context.settings.inbox_folder)
    normalise(context, OCTOBER)
    score(context, REPORT, OCTOBER)


def order(edition: str, number: str = "123", corrects: str | None = None) -> Order:
    return Order(edition, number, *BEARS, corrects, "Bộ Chính trị duyệt", "Chánh Văn phòng")


@pytest.fixture(scope="module")
def issued(
    server: embedded.ServerPlace, prepared: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Context, dict[str, str], dict[str, str]]]:
    """A draft, issued; then a late correction, a new draft, and its corrigendum."""
    settings = new_settings(server, tmp_path_factory.mktemp("issued"), prepared)
    with open_context(settings, NOW) as context:
        correct(context, "91.5")
        first = issue_edition(context, order(brief(context, REPORT, OCTOBER)["edition"]))
        later = replace(context, now=NOW + timedelta(days=1))
        correct(later, "92.5")
        draft = brief(later, REPORT, OCTOBER)["edition"]
        with pytest.raises(IssueError, match=r"number 123 and stays; to correct it, .* --corrects 123"):
            issue_edition(later, order(draft, "124"))
        with pytest.raises(IssueError, match="number 123 of 2026 is that of"):
            issue_edition(later, order(draft, "123", "123"))
        with pytest.raises(IssueError, match="no edition of resolutions_month 2026-10 was issued as number 99"):
            issue_edition(later, order(draft, "124", "99"))
        yield later, first, issue_edition(later, order(draft, "124", "123"))


def text_of(path: str) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_an_issued_edition_bears_what_was_ordered(issued: tuple[Context, dict[str, str], dict[str, str]]):
    """
    Number, place, day by the rules of official documents, and signer stand where the draft had blanks; it is no draft.
    """
    page = text_of(issued[1]["pdf"])

    assert "Số 123-BC/VPTW" in page
    assert "Hà Nội, ngày 09 tháng 11 năm 2026" in page
    assert "Người ký thử" in page
    assert not re.search("DỰ THẢO|dự thảo|……|ĐÍNH CHÍNH", page)


def test_what_was_issued_is_what_is_signed(issued: tuple[Context, dict[str, str], dict[str, str]], tmp_path: Path):
    """
    The edition that bears its number is signed as it was kept; it is proven after that as before.
    """
    context, first, _ = issued
    _, passphrase = demonstration_certificate(tmp_path, NOW)
    secrets = Signing(tmp_path / "signing.p12", tmp_path / "passphrase")
    secrets.passphrase.write_bytes(passphrase)
    secrets.passphrase.chmod(0o600)
    done = sign(replace(context, settings=replace(context.settings, signing=secrets)), first["edition"])
    (proof,) = verify_editions(context, first["edition"])

    assert (True, True) == (done.is_new, done.proof.is_intact)
    assert done.path.read_bytes().startswith(Path(first["pdf"]).read_bytes())
    assert Same.SAME == proof.files


def test_a_corrigendum_names_what_it_corrects(issued: tuple[Context, dict[str, str], dict[str, str]]):
    """
    The corrected edition is another file, says so in its head, and leaves the first as it was issued.
    """
    context, first, second = issued
    page = text_of(second["pdf"])
    found = editions(context.database).set_index("number")

    assert "ĐÍNH CHÍNH" in page
    assert "đính chính và thay thế Báo cáo số 123-BC/VPTW ngày 09/11/2026" in page
    assert first["pdf"] != second["pdf"]
    assert [first["edition"], second["edition"]] == list(found["edition"])
    assert (SCORED_ANEW, False) == tuple(found.loc["123", ["why_stale", "is_newest"]])
    assert ("", True, "123") == tuple(found.loc["124", ["why_stale", "is_newest", "corrects"]])


def test_every_edition_is_proven_after_a_correction(issued: tuple[Context, dict[str, str], dict[str, str]]):
    """
    Drafts and issued ones, replaced ones too: rows as known then, content and files; bytes are rendered anew below.
    """
    proofs = list(verify_editions(issued[0]))

    assert 4 == len(proofs)
    assert [Same.SAME] * 12 == [told for one in proofs for told in (one.snapshot, one.view_model, one.files)]


def changed(context: Context, statement: str) -> None:
    with context.database.transaction() as connection:
        as_purger(connection)
        connection.exec_driver_sql(statement)


def test_what_was_changed_behind_our_back_is_seen(
    issued: tuple[Context, dict[str, str], dict[str, str]], monkeypatch: pytest.MonkeyPatch
):
    """
    A stored score, the kept content, or a file that is another: the command names the edition and ends with 61.
    """
    context, first, _ = issued
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(context.settings.home))
    monkeypatch.setenv("DATABASE_URL", str(context.settings.database_url))
    shown = CliRunner().invoke(app, ["verify", first["edition"]])
    assert f"{first['edition']} (issued): snapshot same, content same, files same, rendered same" in shown.output
    assert 0 == shown.exit_code

    pdf = Path(first["pdf"])
    kept = pdf.read_bytes()
    pdf.chmod(0o644)
    pdf.write_bytes(kept.replace(b"%PDF-1.7", b"%PDF-1.6"))
    shown = CliRunner().invoke(app, ["verify", first["edition"]])
    pdf.write_bytes(kept)
    assert f"WRONG {first['edition']} (issued): snapshot same, content same, files differs, rendered" in shown.output
    assert VERIFY_FOUND_PROBLEMS == shown.exit_code

    changed(context, "update assignment_part set progress_high = progress_high + 1 where progress_high is not null")
    proofs = list(verify_editions(context, first["edition"]))
    changed(context, "update assignment_part set progress_high = progress_high - 1 where progress_high is not null")
    assert {Same.DIFFERS} == {one.snapshot for one in proofs}


def test_what_cannot_be_issued_says_why(issued: tuple[Context, dict[str, str], dict[str, str]]):
    """
    A number that is none, an edition that was issued, and a decision without a name.
    """
    context, first, _ = issued
    draft = editions(context.database, is_all=True).query("state != 'issued'")["edition"].iloc[0]
    with pytest.raises(IssueError, match="write the number alone, such as 123"):
        issue_edition(context, order(draft, "125-BC/VPTW", "123"))
    with pytest.raises(IssueError, match="was issued as number 123; an error of it gets a corrigendum"):
        issue_edition(context, order(first["edition"], "125", "123"))
    with pytest.raises(LedgerError, match="the author is empty"):
        issue_edition(context, replace(order(draft, "125", "123"), author=" "))


def test_issued_files_are_never_overwritten(tmp_path: Path):
    """
    The same bytes again change nothing; other bytes are refused, and the file is closed to writing.
    """
    stem = tmp_path / "bao-cao"
    write_once(stem, b"one", b"two")
    write_once(stem, b"one", b"two")
    with pytest.raises(StorageError, match="holds an issued edition with other bytes"):
        write_once(stem, b"other", b"two")

    assert b"one" == stem.with_suffix(".pdf").read_bytes()
    assert not stem.with_suffix(".pdf").stat().st_mode & stat.S_IWUSR
