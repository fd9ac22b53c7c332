"""The two pages of 2012 and 2013 as they stand: their words, their fonts, their margins, their every number.

After a wanted change: UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/golden, then read the difference in git.
"""

import csv
import hashlib
import json
import os
import re
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from conftest import NOW, ROOT, SAMPLES, new_settings
from page_geometry import Margins, faults
from page_standards import claims, complaints, drawings
from rewriting import read_workbook

from resolution_monitor.errors import NothingToReportError, SettingsError, SigningError
from resolution_monitor.period import parse_period, tick_of_period
from resolution_monitor.pipeline import Context, open_context, run_stage
from resolution_monitor.pipeline.demonstration_certificate import SUBJECT, demonstration_certificate
from resolution_monitor.pipeline.sign import sign
from resolution_monitor.settings import Settings
from resolution_monitor.signing import Signing
from resolution_monitor.store import embedded
from resolution_monitor.store.briefing_rows import Edition, save_edition
from resolution_monitor.store.kind_rows import Kind, say_kind
from resolution_monitor.terms import cell_address

YEARS = ("2012", "2013")
HERE = Path(__file__).parent
MM = 72 / 25.4


@pytest.fixture(scope="module")
def made(
    server: embedded.ServerPlace, prepared: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Settings, dict[str, dict[str, str]]]:
    """Both years rendered; year -> what the brief stage returned."""
    settings = new_settings(server, tmp_path_factory.mktemp("golden"), prepared)
    with open_context(settings, NOW) as context:
        calendar = context.catalogue.calendars["state_budget"]
    asked = {"period": None, "inbox": str(SAMPLES)}
    made = {}
    for year in YEARS:
        tick = tick_of_period(calendar, parse_period(year))
        for stage in ("collect", "normalise", "score", "brief"):
            made[year] = run_stage(stage, "state_budget", tick, asked, settings, NOW)
    return settings, made


def words_of(path: str) -> list[str]:
    """Text of each page, with the edition's hash masked: it changes with every change of the drawing code."""
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [re.sub(r"(RM-NS-\d{4})-[0-9a-f]{8}", r"\1-########", text.replace("\r\n", "\n")) for text in texts]


@pytest.mark.parametrize("year", YEARS)
def test_words(made: tuple[Settings, dict[str, dict[str, str]]], year: str):
    """
    Page by page the words and numbers are those that were read and approved.
    """
    golden = HERE / f"state_budget_{year}.txt"
    text = "\n\f\n".join(words_of(made[1][year]["pdf"]))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")

    # Without blanks: where a line breaks is Pango's business, what it says is ours.
    assert "".join(golden.read_text(encoding="utf-8").split()) == "".join(text.split())


@pytest.mark.parametrize("year", YEARS)
def test_two_pages_within_their_margins(made: tuple[Settings, dict[str, dict[str, str]]], year: str):
    """
    Two A4 pages; nothing is printed outside the margins, so nothing is cut off by a printer.
    """
    with pypdfium2.PdfDocument(made[1][year]["pdf"]) as document:
        pages = list(document)
        assert 2 == len(pages)
        for page in pages:
            width, height = page.get_size()
            assert (595, 841) == (int(width), int(height))
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            drawn = [box for box in boxes if box[2] - box[0] > 0.1]
            assert min(box[0] for box in drawn) >= 24.5 * MM
            assert max(box[2] for box in drawn) <= width - 12.5 * MM
            assert min(box[1] for box in drawn) >= 4 * MM


@pytest.mark.parametrize("year", YEARS)
def test_fonts_are_ours(made: tuple[Settings, dict[str, dict[str, str]]], year: str):
    """
    Every letter is set in a font that we bring: no machine's fallback shows through.
    """
    names = set()
    with pypdfium2.PdfDocument(made[1][year]["pdf"]) as document:
        for page in document:
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                buffer = bytes(200)
                font = pdfium.FPDFTextObj_GetFont(item.raw)
                size = pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
                names.add(buffer[: size - 1].decode().split("+")[-1])

    assert names
    assert set() == {name for name in names if not name.startswith(("Tn", "Be"))}


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_cut_off_or_written_over(made: tuple[Settings, dict[str, dict[str, str]]], year: str):
    """
    No letter leaves its margins, none covers another, on the map neither, and no drawing is too narrow for its words.
    """
    assert [] == faults(Path(made[1][year]["pdf"]).read_bytes(), Margins(top=14, right=13, bottom=14, left=25))


@pytest.mark.parametrize("year", YEARS)
def test_pages_can_be_heard(made: tuple[Settings, dict[str, dict[str, str]]], year: str):
    """
    The checkers of PDF/UA-1 find nothing, and every drawing has words and a place on its page.
    """
    pdf = Path(made[1][year]["pdf"]).read_bytes()
    drawn = drawings(pdf)

    assert [] == complaints(pdf)
    assert len(drawn) > 60
    assert [] == [one for one in drawn if not one[0].strip() or not on_a_page(one[1])]


def on_a_page(box: tuple[float, ...]) -> bool:
    left, bottom, right, top = box
    return 24.5 * MM <= left < right <= 595 and 0 <= bottom < top <= 842


@pytest.mark.parametrize("year", YEARS)
def test_the_file_says_what_it_is(made: tuple[Settings, dict[str, dict[str, str]]], year: str):
    """
    PDF/A-3a and PDF/UA-1 in one block of metadata that says the same as the older record; the box of decisions has a
    bookmark; in it lie the workbook, byte by byte, and every table for programs.
    """
    pdf, xlsx = (Path(made[1][year][kind]).read_bytes() for kind in ("pdf", "xlsx"))
    said = claims(pdf)
    stem = Path(made[1][year]["pdf"]).stem
    book = openpyxl.load_workbook(BytesIO(xlsx), read_only=True)
    tables = json.loads(said.attached[f"{stem}.json"])["tables"]
    sheets = [name for name in said.attached if name.endswith(".csv")]

    assert (1, ("3", "A"), "1") == (said.blocks, said.pdfa, said.pdfua)
    assert said.is_same
    assert ("vi", True) == (said.language, said.shows_title)
    assert said.bookmarks[0].startswith("BÁO CÁO thu ngân sách")
    assert "Việc cần quyết định:" == said.bookmarks[1]
    assert xlsx == said.attached[f"{stem}.xlsx"]
    assert book.sheetnames == [table["name"][:31] for table in tables.values()]
    assert len(book.sheetnames) == len(sheets)
    for name, table in zip(sheets, tables.values(), strict=True):
        head, *rows = csv.reader(said.attached[name].decode("utf-8-sig").splitlines(keepends=True))
        assert list(table["columns"].values()) == head
        assert len(table["rows"]) == len(rows) == book[table["name"][:31]].max_row - 4
    assert len(pdf) - len(xlsx) < 300_000


@pytest.mark.parametrize("year", YEARS)
def test_text_is_composed(made: tuple[Settings, dict[str, dict[str, str]]], year: str):
    """
    Vietnamese letters are composed (NFC), so that they can be searched and copied.
    """
    text = "".join(words_of(made[1][year]["pdf"]))

    assert unicodedata.is_normalized("NFC", text)
    assert "\ufffd" not in text


def test_every_printed_number_is_a_figure(made: tuple[Settings, dict[str, dict[str, str]]]):
    """
    Each percentage on the pages is a stored figure, and each figure of a body names the cells it came from.
    """
    settings, briefs = made
    with open_context(settings, NOW) as context, context.database.transaction() as connection:
        rows = connection.exec_driver_sql(
            "select printed_text, unit, rule, sources from figure join briefing using (briefing_id)"
            " where period_end = '2013-12-31'"
        ).fetchall()
    stored = {text for text, *_ in rows}
    printed = set(re.findall(r"[+−]?\d[\d.]*,\d%", "\n".join(words_of(briefs["2013"]["pdf"]))))

    assert printed
    # "vượt trên 0,5%" is a threshold of the method and no figure of the year.
    assert {"0,5%"} == printed - stored
    assert [] == [text for text, unit, _, sources in rows if unit == "%" and text != "–" and not sources]


ADDED_UP = ("dự toán: ", "quyết toán: ", "số trong ô", "cộng các khoản")
MILLIONS = {"tỷ đồng": 1_000, "nghìn tỷ đồng": 1_000_000}


def test_every_amount_is_the_sum_of_its_cells(made: tuple[Settings, dict[str, dict[str, str]]]):
    """
    Whoever adds up the cells that a printed amount names gets that amount.
    """
    settings, _ = made
    with open_context(settings, NOW) as context, context.database.transaction() as connection:
        rows = connection.exec_driver_sql(
            "select figure_id, value, unit, rule, sources from figure join briefing using (briefing_id)"
            " where value is not null and sources <> '[]'"
        ).fetchall()
    amounts = [row for row in rows if row[2] in MILLIONS and row[3].startswith(ADDED_UP)]
    cells = {path.name: cells_in_millions(path) for path in SAMPLES.glob("*/*.xls")}

    assert len(amounts) > 300
    for figure_id, value, unit, rule, sources in amounts:
        added = sum(cells[one["file_name"]][one["sheet"], one["cell"]] for one in sources)
        assert pytest.approx(added / MILLIONS[unit], rel=1e-12) == float(value), (figure_id, rule)


def cells_in_millions(path: Path) -> dict[tuple[str, str], float]:
    """Every number of a workbook by sheet and cell; the national sheets count in tỷ đồng, the others in triệu đồng."""
    return {
        (sheet.name, cell_address(row, column)): value * (1_000 if sheet.name.startswith(("M01", "M02")) else 1)
        for sheet in read_workbook(path).sheets
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if isinstance(value, int | float)
    }


def test_workbook_holds_what_stands_behind(made: tuple[Settings, dict[str, dict[str, str]]]):
    """
    The workbook has the 63 behind the 34, each with its two cells, as numbers that can be computed with.
    """
    book = openpyxl.load_workbook(made[1]["2013"]["xlsx"])
    rows = list(book["Tỉnh của năm ngân sách"].iter_rows(min_row=5, values_only=True))
    huế = next(row for row in rows if row[1] == "Huế")

    assert 63 == len(rows)
    assert 34 == book["34 địa phương"].max_row - 4
    assert (4457000, 7732368.455848) == (huế[3], huế[4])
    assert ("Plan_2013.xls M09!C47", "Final_2013.xls M09+!C47") == huế[-2:]
    for sheet in book:
        assert sheet.freeze_panes == "C5"
        assert sheet.auto_filter.ref


def test_same_bytes_in_another_process(
    made: tuple[Settings, dict[str, dict[str, str]]], monkeypatch: pytest.MonkeyPatch
):
    """
    Another hash seed, another time zone, another working folder: the same bytes.
    """
    settings, briefs = made
    before = {key: Path(briefs["2013"][key]).read_bytes() for key in ("pdf", "xlsx")}
    for key in before:
        Path(briefs["2013"][key]).unlink()
    monkeypatch.setenv("PYTHONHASHSEED", "4711")
    monkeypatch.setenv("TZ", "America/Lima")
    monkeypatch.chdir("/")
    asked = {"period": "2013", "inbox": None}
    run_stage("brief", "state_budget", NOW, asked, settings, NOW)

    assert before == {key: Path(briefs["2013"][key]).read_bytes() for key in ("pdf", "xlsx")}


def test_fonts_are_what_their_notice_says():
    """
    The vendored fonts are the files whose sha256 stand beside them.
    """
    folder = ROOT / "report_templates" / "_shared" / "fonts"
    listed = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text().splitlines())

    assert {path.name for path in folder.glob("*.ttf")} == set(listed)
    for name, digest in listed.items():
        assert digest == hashlib.sha256((folder / name).read_bytes()).hexdigest()


def stored_as_issued(context: Context, edition: str) -> None:
    """The same edition once more, as it stands when it was issued."""
    content = dict.fromkeys(("language", "catalogue_sha256", "renderer_sha256", "content"), "")
    others = {"before_run_id": None, "state": "issued", "snapshot_sha256": "0" * 64, "seen_until": None, **content}
    names = ", ".join(Edition.__dataclass_fields__.keys() - others)
    with context.database.transaction() as connection:
        statement = f"select {names} from briefing where edition = '{edition}'"
        row = dict(connection.exec_driver_sql(statement).mappings().one())
    issued = Edition(**row, **others)  # type: ignore[arg-type]
    save_edition(context.database, issued, parse_period("2013"), [], context.now)


def test_what_was_issued_is_signed(made: tuple[Settings, dict[str, dict[str, str]]], tmp_path: Path):
    """
    A draft is not signed, nor anything without a certificate; the signed file begins with the one whose hash is stored.
    Signed again, it is proved; in a demonstration it bears a name that nobody takes for an authority's.
    """
    settings, edition, pdf = made[0], made[1]["2013"]["edition"], Path(made[1]["2013"]["pdf"])
    certificate, passphrase = demonstration_certificate(tmp_path, NOW)
    secrets = Signing(tmp_path / "signing.p12", tmp_path / "passphrase")
    secrets.passphrase.write_bytes(passphrase)
    secrets.passphrase.chmod(0o600)
    with open_context(settings, NOW) as context:
        with pytest.raises(NothingToReportError, match="there is no edition RM-NS-1999-00000000"):
            sign(context, "RM-NS-1999-00000000")
        with pytest.raises(SigningError, match="is a draft edition; only what was issued is signed"):
            sign(context, edition)
        stored_as_issued(context, edition)
        with pytest.raises(SettingsError, match=r"no certificate is set: name its file in RESOLUTION_MONITOR_SIGNING_"):
            sign(context, edition)
        done = sign(replace(context, settings=replace(settings, signing=secrets)), edition)
        again = sign(context, edition) if done.is_new else None

    unsigned = pdf.read_bytes()
    assert again is not None
    assert (False, done.path, done.signed_sha256) == (again.is_new, again.path, again.signed_sha256)
    assert done.path.read_bytes().startswith(unsigned)
    assert (hashlib.sha256(unsigned).hexdigest(), f"{pdf.stem}.signed.pdf") == (done.unsigned_sha256, done.path.name)
    assert certificate == (tmp_path / "signing.p12").read_bytes()
    assert f"Common Name: {SUBJECT}" == done.proof.signer


def test_what_was_changed_is_not_signed(made: tuple[Settings, dict[str, dict[str, str]]]):
    """
    A signed file that changed is told, and a PDF that is no longer the one that was stored is never signed.
    """
    settings, edition, pdf = made[0], made[1]["2013"]["edition"], Path(made[1]["2013"]["pdf"])
    whole, signed = pdf.read_bytes(), pdf.with_name(f"{pdf.stem}.signed.pdf")
    with open_context(settings, NOW) as context:
        say_kind(context.database, Kind.DEMONSTRATION)
        signed.unlink(missing_ok=True)
        sign(context, edition)
        signed.write_bytes(signed.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6"))
        with pytest.raises(SigningError, match="is not what was signed: a byte changed"):
            sign(context, edition)
        signed.unlink()
        pdf.write_bytes(whole + b"\n")
        with pytest.raises(SigningError, match="it changed or is lost; bring it back first"):
            sign(context, edition)

    pdf.write_bytes(whole)
    assert not signed.exists()
