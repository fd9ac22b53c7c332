"""Files, processes and drawings at the edges of the house."""

import io
import re
import signal
import socket
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import psycopg2
import pytest
from conftest import ROOT
from openpyxl import Workbook
from rich.console import Console

from resolution_monitor.brief.charts.drawing import text
from resolution_monitor.brief.charts.label_places import place_labels
from resolution_monitor.brief.render_pdf import pdf_maker, render_pdf
from resolution_monitor.brief.render_xlsx import with_fixed_times, write_text
from resolution_monitor.brief.report import load_report
from resolution_monitor.commands.output import Format, write
from resolution_monitor.errors import DatabaseError, RenderError, StorageError
from resolution_monitor.pipeline import Context, prepare
from resolution_monitor.store import embedded, embedded_process
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.driver_errors import translated
from resolution_monitor.store.migrate import migrate, read_migrations

sys.path.insert(0, str(ROOT / "setup"))
import set_up


def test_full_database_is_a_storage_error():
    """
    A database without room is told like a disk without room.
    """
    assert isinstance(translated(psycopg2.errors.DiskFull("x")), StorageError)
    assert isinstance(translated(psycopg2.OperationalError("x")), DatabaseError)


def test_copy_keeps_every_text(context: Context):
    """
    Quotes, line breaks, backslashes, the empty text and no text at all come back as they were.
    """
    texts = ['"', "a\nb", "\\N", "\\.", "", None, "1,2", "=2+3", "Ðắk"]
    with context.database.transaction() as connection:
        connection.exec_driver_sql("create temporary table t (number integer, words text) on commit drop")
        copy_rows(connection, "t", ["number", "words"], enumerate(texts))
        got = [row[0] for row in connection.exec_driver_sql("select words from t order by number")]

    assert texts == got


def test_migrations_are_final(context: Context, tmp_path: Path):
    """
    Applying again changes nothing; an applied migration that changed is refused; a gap is refused.
    """
    folder = tmp_path / "migrations"
    folder.mkdir()
    for migration in read_migrations(ROOT / "sql" / "migrations"):
        (folder / migration.name).write_text(migration.text, encoding="utf-8")

    assert [] == migrate(context.database, folder)
    last = sorted(folder.iterdir())[-1]
    last.write_text(last.read_text(encoding="utf-8") + "\n-- later", encoding="utf-8")
    with pytest.raises(DatabaseError, match="was changed after it was applied"):
        migrate(context.database, folder)
    last.rename(folder / "0099_skip_numbers.sql")
    with pytest.raises(DatabaseError, match="expected number"):
        read_migrations(folder)


def test_catalogue_rows_end_and_return(context: Context):
    """
    Loading again appends nothing; the counts in the database are those of the files.
    """
    again = prepare(context.settings, context.now)
    with context.database.transaction() as connection:
        agencies = connection.exec_driver_sql("select agency_id, is_ended from agency").fetchall()

    assert {"migrations": 0, "catalogue_rows": 0} == again
    assert 63 + 34 + 170 + 61 + 6 + 1 == len(agencies)
    assert not any(is_ended for _, is_ended in agencies)


def test_a_port_that_was_taken_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """
    Between asking for a free port and taking it somebody else may take it: the server starts on another.
    """
    ask = embedded_process._free_port
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports = [int(other.getsockname()[1])]
        monkeypatch.setattr(embedded_process, "_free_port", lambda: ports.pop() if ports else ask())
        with embedded.serving(tmp_path) as place:
            assert str(other.getsockname()[1]) not in embedded.url_of(place, embedded.DATABASE)
    embedded.remove(tmp_path)


def test_lock_block():
    """
    Set-up takes uv's own pin and hashes out of the lock, and nothing else.
    """
    block = set_up.block_of("uv", (ROOT / "requirements.txt").read_text())

    assert re.match(r"uv==[\d.]+ \\\n    --hash=sha256:[0-9a-f]{64}", block)
    assert 1 == block.count("==")


def test_every_package_the_user_named_is_locked():
    """
    The lock pins each named package with hashes.
    """
    lock = (ROOT / "requirements.txt").read_text()
    named = ("apache-airflow", "pandas", "sqlalchemy", "psycopg2-binary", "jinja2", "weasyprint", "openpyxl", "pytest")

    for package in named:
        assert re.search(rf"^{package}(\[[a-z]+\])?==[\d.]+ \\\n    --hash=sha256:", lock, re.MULTILINE), package


@pytest.mark.parametrize(
    "inside",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="file:///etc/hostname">',
        '<link rel="stylesheet" href="../../../etc/passwd">',
    ],
)
def test_page_fetches_nothing_from_outside(inside: str):
    """
    A page that asks for a file outside the templates is not rendered.
    """
    html = f'<html lang="vi"><head><title>x</title>{inside}</head><body><p>x</p>{inside}</body></html>'

    with pytest.raises(RenderError, match="refused to fetch"):
        render_pdf(html, ROOT / "report_templates", "0" * 32)


def test_text_in_a_drawing_is_escaped():
    """
    A name cannot become markup.
    """
    assert "&lt;script&gt;" in text(0, 0, "<script>")


def test_text_in_a_workbook_is_no_formula():
    """
    A text that begins like a formula stays a text.
    """
    cell = Workbook().worksheets[0]["A1"]

    write_text(cell, "=HYPERLINK(1)")

    assert ("s", True) == (cell.data_type, cell.quotePrefix)


def test_workbook_bytes_do_not_tell_the_time():
    """
    Saved twice, the bytes are the same once their times are fixed.
    """

    def saved() -> bytes:
        buffer = io.BytesIO()
        workbook = Workbook()
        workbook.worksheets[0]["A1"] = 1
        workbook.save(buffer)
        return with_fixed_times(buffer.getvalue(), "2015-08-01T00:00:00Z")

    first = saved()

    assert first == saved()
    assert 1 == openpyxl.load_workbook(io.BytesIO(first)).worksheets[0]["A1"].value
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in archive.infolist()}


def test_labels_cover_nothing():
    """
    Names stand beside the shape and beside each other.
    """
    square = [(20.0, 20.0), (80.0, 20.0), (80.0, 80.0), (20.0, 80.0)]
    boxes = place_labels([(f"Tỉnh {n}", (50.0, 50.0)) for n in range(6)], [square], 200.0, 8.0)

    for number, box in enumerate(boxes):
        assert not any(20 < x < 80 and 20 < y < 80 for x, y in box.probes())
        assert not any(box.overlaps(other) for other in boxes[:number])


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a và b"), (["a", "b", "c"], "a, b và c")]
)
def test_listed(names: list[str], expected: str):
    """
    Names are listed as a Vietnamese sentence lists them.
    """
    assert expected == load_report(ROOT / "report_templates", "state_budget", ROOT).messages.listed(names)


def test_formats_agree():
    """
    CSV and JSON hold the same values; unknown is empty in one and null in the other.
    """
    import pandas

    frame = pandas.DataFrame({"code": ["01"], "observed": [Decimal("1.5")], "attainment_raw_pct": [float("nan")]})
    shown = {}
    for form in (Format.CSV, Format.JSON):
        buffer = io.StringIO()
        write(frame, form, Console(file=buffer), if_empty="nothing")
        shown[form] = buffer.getvalue()

    assert "code,observed,attainment_raw_pct\n01,1.5,\n" == shown[Format.CSV]
    assert '"attainment_raw_pct": null' in shown[Format.JSON]


def test_a_child_that_is_not_asked_is_gone():
    """
    Whoever finds out before there is a page that there will be none leaves no process behind.
    """
    with pdf_maker() as maker:
        child = maker._child

    assert -signal.SIGKILL == child.returncode
