"""The Ministry of Finance's workbooks of 2012 and 2013, from the inbox to scores, on every PostgreSQL there is."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import NOW, SAMPLES, new_settings, one_server
from rewriting import read_workbook, rewritten

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.scores import scores
from resolution_monitor.errors import BusyError, InboxError, NothingToReportError
from resolution_monitor.period import parse_period, tick_of_period
from resolution_monitor.pipeline import Context, open_context, prepare, run_stage
from resolution_monitor.settings import Settings
from resolution_monitor.store import embedded, queries, score_rows
from resolution_monitor.store.locks import exclusive

EVERY_SERVER = True

TABLES = (
    "agency",
    "agency_succession",
    "indicator",
    "load_step",
    "submission",
    "submission_state",
    "finding",
    "observation",
    "target",
    "scoring_run",
    "score",
    "score_source",
    "node_score",
    "briefing",
    "figure",
)


def walk(settings: Settings, inbox: Path, year: str, now: datetime = NOW) -> dict[str, object]:
    """The four stages of one period, as the DAG's tasks call them."""
    period = parse_period(year)
    with open_context(settings, now) as context:
        tick = tick_of_period(context.catalogue.calendars["state_budget"], period)
    asked = {"period": None, "inbox": str(inbox)}
    return {
        stage: run_stage(stage, "state_budget", tick, asked, settings, now)
        for stage in ("collect", "normalise", "score", "brief")
    }


def dump(context: Context) -> dict[str, str]:
    """Every row of every table of ours, hashed."""
    with context.database.transaction() as connection:
        select = "select coalesce(string_agg(t::text, chr(10) order by t::text), '') from {} as t"
        texts = {table: connection.exec_driver_sql(select.format(table)).scalar() for table in TABLES}
    return {table: hashlib.sha256(text.encode()).hexdigest() for table, text in texts.items()}


@pytest.fixture(scope="module")
def walked(
    server: embedded.ServerPlace, prepared: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Settings, dict[str, dict[str, object]]]:
    """Both years walked once; year -> what its stages returned."""
    settings = new_settings(server, tmp_path_factory.mktemp("real"), prepared)
    return settings, {year: walk(settings, SAMPLES, year) for year in ("2012", "2013")}


@pytest.fixture(scope="module")
def done(walked: tuple[Settings, dict[str, dict[str, object]]]) -> Iterator[Context]:
    """Both years walked; tests of this module only look, or walk the same ground again."""
    with open_context(walked[0], NOW) as context:
        yield context


@pytest.mark.parametrize(
    ("year", "level", "code", "expected"),
    [
        ("2013", "indicator", "NS.01", 122.0775),
        ("2013", "province", "46", 173.4882),  # Huế: 7.732.368,46 / 4.457.000
        ("2013", "province", "68", 143.9132),  # Lâm Đồng with Đắk Nông and Bình Thuận: 16.072.224,22 / 11.168.000
        ("2013", "province", "31", 98.2644),  # Hải Phòng with Hải Dương: 53.485.309,47 / 54.430.000
        ("2013", "province", "79", 103.3180),  # TP Hồ Chí Minh with Bình Dương and Bà Rịa - Vũng Tàu
        ("2012", "indicator", "NS.01", 123.0734),
        ("2012", "province", "31", 76.1995),
        ("2012", "province", "12", 682.9395),
        ("2013", "body", "BGTVT", 297.6371),
    ],
)
def test_known_results(done: Context, year: str, level: str, code: str, expected: float):
    """
    The figures that were computed by hand from the published workbooks come out to four decimals.
    """
    frame = scores(done.database, done.catalogue, parse_period(year), level, None)
    got = frame.loc[frame["code"] == code, "attainment_raw_pct"].item()

    assert expected == round(got, 4)


@pytest.mark.parametrize("year", ["2012", "2013"])
def test_every_province_is_there(done: Context, year: str):
    """
    63 of 63 provinces have plan and final account, and make 34.
    """
    bodies = scores(done.database, done.catalogue, parse_period(year), "body", None)
    provinces = bodies[bodies["indicator"] == "NS.01"]
    today = scores(done.database, done.catalogue, parse_period(year), "province", None)

    assert 63 == len(provinces)
    assert provinces[["observed", "planned"]].notna().all(axis=None)
    assert 34 == len(today)
    assert provinces["observed"].sum() == today["observed"].sum()


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        ("2013", []),
        # The printed total holds ministries that the sheet does not list; the parts that it lists do not make it up.
        ("2012", [("subtotal-not-met", "Final_2012.xls", "M07+", "C12")]),
    ],
)
def test_totals(done: Context, year: str, expected: list[tuple[str, ...]]):
    """
    Every printed total is met, or is a finding with its cell.
    """
    findings = standing_findings(done.database, parse_period(year), with_notes=False)
    unmet = findings[findings["check_code"].str.contains("total")]

    assert expected == list(unmet[["check_code", "file_name", "sheet", "cell"]].itertuples(index=False, name=None))


@one_server
def test_unknown_body_is_told_with_its_amount(ready: Settings, tmp_path: Path):
    """
    A body that is not in the catalogue is a finding on its name, with the amount of its cell, which no score holds.
    """
    inbox = tmp_path / "inbox" / "BTC"
    inbox.mkdir(parents=True)
    for name, changes in (("Plan_2013", {("N07", "B22"): "Ủy ban Sông Lớn"}), ("Final_2013", {})):
        (inbox / f"{name}.xlsx").write_bytes(rewritten(SAMPLES / "BTC" / f"{name}.xls", changes))
    walk(ready, inbox.parent, "2013")
    with open_context(ready, NOW) as context:
        findings = standing_findings(context.database, parse_period("2013"), with_notes=False)
        spending = scores(context.database, context.catalogue, parse_period("2013"), "central", None)

    (unknown,) = findings[findings["check_code"] == "unknown-body"].to_dict("records")
    assert ("Plan_2013.xlsx", "B22", "Ủy ban Sông Lớn") == (unknown["file_name"], unknown["cell"], unknown["raw_value"])
    assert ("23410.0", "C22") == (unknown["details"]["number"], unknown["details"]["number_cell"])
    assert spending.set_index("code").loc["UBSMK", "planned"] is None


def test_every_body_of_the_samples_is_known(done: Context):
    """
    No name of the Ministry's workbooks of 2012 and 2013 is left unmatched.
    """
    for year in ("2012", "2013"):
        findings = standing_findings(done.database, parse_period(year), with_notes=False)

        assert "unknown-body" not in set(findings["check_code"])


@pytest.mark.parametrize("year", ["2012", "2013"])
def test_every_value_stands_in_its_cell(done: Context, year: str):
    """
    Each stored value is read again from the sheet and cell it names and is the same.
    """
    values = score_rows.values_as_known(done.database, parse_period(year))
    workbooks = {
        path.name: {sheet.name: sheet for sheet in read_workbook(path).sheets}
        for path in (SAMPLES / "BTC").glob(f"*{year}.xls")
    }

    # 63 provinces and 46 central bodies, each planned and settled but for two; the nation's lines.
    assert {"2012": 126 + 92 + 5, "2013": 126 + 90 + 6}[year] == len(values)
    for row in values.to_dict("records"):
        column, number = re.fullmatch(r"([A-Z])(\d+)", row["cell"]).groups()  # type: ignore[union-attr]
        held = workbooks[row["file_name"]][row["sheet"]].value(int(number) - 1, ord(column) - ord("A"))
        factor = 1_000 if row["agency_id"] == "VN" else 1  # the nation's sheets count in tỷ đồng
        assert Decimal(repr(held)) * factor == row["value"], row


def test_stored_scores_are_those_asked_for(done: Context):
    """
    What was stored for the briefing is what the question computes afresh.
    """
    with done.database.transaction() as connection:
        stored = queries.frame(done.database, connection, "score/scores_of_run", scoring_run_id=2)
    asked = scores(done.database, done.catalogue, parse_period("2013"), "body", None)

    stored, asked = (frame.reset_index(drop=True) for frame in (stored, asked.sort_values(["indicator", "code"])))
    assert list(stored["agency_id"]) == list(asked["code"])
    assert list(stored["status"]) == list(asked["status"])
    assert list(stored["attainment_raw_pct"].dropna()) == list(asked["attainment_raw_pct"].dropna())


@one_server
def test_again_is_the_same(walked: tuple[Settings, dict[str, dict[str, object]]], done: Context):
    """
    The same input gives the same rows and the same bytes.
    """
    settings, first = walked
    files = sorted(settings.briefings_folder.iterdir())
    before = [path.read_bytes() for path in files]
    rows = dump(done)

    prepare(settings, NOW + timedelta(days=1))
    second = walk(settings, SAMPLES, "2013", NOW + timedelta(days=1))

    assert rows == dump(done)
    assert first["2013"]["brief"] == second["brief"]
    assert files == sorted(settings.briefings_folder.iterdir())
    assert before == [path.read_bytes() for path in files]


@one_server
def test_correction_and_the_past(ready: Settings, tmp_path: Path):
    """
    A corrected workbook changes what is known now, and not what was known before; nothing is counted twice.
    """
    inbox = tmp_path / "inbox"
    shutil.copytree(SAMPLES, inbox)
    walk(ready, inbox, "2013")
    before = datetime.now(UTC)
    corrected = rewritten(inbox / "BTC" / "Final_2013.xls", {("M09+", "C31"): 48_217_000.0}, only={"M09+"})
    (inbox / "BTC" / "Final_2013_corrected.xlsx").write_bytes(corrected)
    later = before + timedelta(hours=1)
    walk(ready, inbox, "2013", later)

    with open_context(ready, later) as context:
        then, now = (
            scores(context.database, context.catalogue, parse_period("2013"), "province", moment)
            for moment in (before, None)
        )
        nation = scores(context.database, context.catalogue, parse_period("2013"), "indicator", None)
        unmet = standing_findings(context.database, parse_period("2013"), with_notes=False)

    haiphong = [frame.loc[frame["code"] == "31", "attainment_raw_pct"].item() for frame in (then, now)]
    assert 98.2644 == round(haiphong[0], 4)
    # Hải Phòng alone now 48.217.000, with Hải Dương 8.513.653,659114, of 54.430.000.
    assert round((48_217_000 + 8_513_653.659114) / 54_430_000 * 100, 4) == round(haiphong[1], 4)
    total = 1076723842.225285 - 44_971_655.806117 + 48_217_000
    assert round(total / 882_000_000 * 100, 4) == round(nation["attainment_raw_pct"][0], 4)
    # The region no longer adds up to its printed subtotal; the regions still do to the printed total.
    assert {"subtotal-not-met"} == {check for check in unmet["check_code"] if "total" in check}


@one_server
def test_same_bytes_from_two_places(ready: Settings, tmp_path: Path):
    """
    The same file under another name is one submission; nothing is counted twice.
    """
    inbox = tmp_path / "inbox"
    shutil.copytree(SAMPLES, inbox)
    shutil.copy(inbox / "BTC" / "Final_2013.xls", inbox / "BTC" / "copy.xls")

    outcome = walk(ready, inbox, "2013")

    assert {"files": 5, "new": 4, "refused": 0, "receipts": 5} == outcome["collect"]


@one_server
def test_refused_files_do_not_stop_the_others(ready: Settings, tmp_path: Path):
    """
    Broken, foreign and misplaced files end in findings; the good ones are scored.
    """
    inbox = tmp_path / "inbox"
    shutil.copytree(SAMPLES, inbox)
    (inbox / "BTC" / "broken.xls").write_bytes((inbox / "BTC" / "Plan_2013.xls").read_bytes()[:50_000])
    (inbox / "BTC" / "=2+3.xlsx").write_bytes(b"not a workbook")
    (inbox / "BTC" / ".hidden.xls").write_bytes(b"")
    (inbox / "BTC" / "half.xls.part").write_bytes(b"")
    (inbox / "BYT").mkdir()
    shutil.copy(inbox / "BTC" / "Final_2013.xls", inbox / "BYT" / "Final_2013.xls")
    (inbox / "XYZ").mkdir()
    shutil.copy(inbox / "BTC" / "Final_2013.xls", inbox / "XYZ" / "Final_2013.xls")
    (inbox / "BTC" / "link.xls").symlink_to("/etc/passwd")

    outcome = walk(ready, inbox, "2013")

    with open_context(ready, NOW) as context:
        findings = standing_findings(context.database, parse_period("2013"), with_notes=False)
        nation = scores(context.database, context.catalogue, parse_period("2013"), "indicator", None)
    told = set(zip(findings["sender_id"], findings["file_name"], findings["check_code"], strict=True))
    assert {"files": 8, "new": 8, "refused": 2, "receipts": 8} == outcome["collect"]
    assert ("BTC", "broken.xls", "damaged-file") in told
    assert ("BTC", "=2+3.xlsx", "not-a-workbook") in told
    assert ("BYT", "Final_2013.xls", "wrong-sender") in told
    assert ("XYZ", "Final_2013.xls", "unknown-sender") in told
    assert 122.0775 == round(nation["attainment_raw_pct"][0], 4)
    assert 4 == len(list(ready.raw_folder.glob("*/*")))  # three senders sent the same bytes
    assert 2 == len(list(ready.held_folder.glob("*/*")))


def test_empty_inbox(context: Context, tmp_path: Path):
    """
    An empty inbox is an error only while nothing was ever received.
    """
    (tmp_path / "inbox").mkdir()
    asked = {"period": "2013", "inbox": str(tmp_path / "inbox")}

    with pytest.raises(InboxError, match="is empty"):
        run_stage("collect", "state_budget", NOW, asked, context.settings, NOW)
    with pytest.raises(InboxError, match="cannot be read"):
        run_stage("collect", "state_budget", NOW, {**asked, "inbox": str(tmp_path / "none")}, context.settings, NOW)
    run_stage("collect", "state_budget", NOW, {**asked, "inbox": str(SAMPLES)}, context.settings, NOW)

    assert 0 == run_stage("collect", "state_budget", NOW, asked, context.settings, NOW)["files"]


def test_nothing_to_report(context: Context, tmp_path: Path):
    """
    A period without a final account is refused in one sentence that says what is missing.
    """
    inbox = tmp_path / "inbox" / "BTC"
    inbox.mkdir(parents=True)
    shutil.copy(SAMPLES / "BTC" / "Plan_2013.xls", inbox)

    with pytest.raises(NothingToReportError, match="110 planned and 0 final"):
        walk(context.settings, inbox.parent, "2013")


def test_second_run_at_the_same_time(context: Context):
    """
    A run that is under way keeps others out, and lets them in when it ends.
    """
    name = "the run of state_budget"
    with (
        exclusive(context.database, name),
        pytest.raises(BusyError, match="under way"),
        exclusive(context.database, name),
    ):
        pass

    with exclusive(context.database, name):
        pass


@one_server
def test_xlsx_of_the_same_sheets(ready: Settings, tmp_path: Path):
    """
    The same sheets saved as .xlsx give the same figures.
    """
    inbox = tmp_path / "inbox" / "BTC"
    inbox.mkdir(parents=True)
    for name, sheets in (("Plan_2013", {"M09", "N07"}), ("Final_2013", {"M09+", "M07+"})):
        (inbox / f"{name}.xlsx").write_bytes(rewritten(SAMPLES / "BTC" / f"{name}.xls", {}, only=sheets))
    walk(ready, inbox.parent, "2013")

    with open_context(ready, NOW) as context:
        nation = scores(context.database, context.catalogue, parse_period("2013"), "indicator", None)
    assert [122.0775, 122.7009] == [round(value, 4) for value in nation["attainment_raw_pct"]]
