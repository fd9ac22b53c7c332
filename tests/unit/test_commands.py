"""What commands print on a terminal, and what clean spares."""

import io
import re
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
from rich.console import Console

from resolution_monitor.commands.clean import require_demonstration
from resolution_monitor.commands.output import Format, write
from resolution_monitor.errors import SettingsError
from resolution_monitor.settings import from_environment


def test_table_fits_the_terminal():
    """
    At 80 columns each row stands on one line; the name gives way, codes and numbers are whole.
    """
    row = {
        "code": "BVHTTDL",
        "name": "Bộ Văn hóa, Thể thao và Du lịch",
        "indicator": "NS.02",
        "observed": Decimal("1076723842.3"),
        "planned": Decimal(882000000),
        "attainment_raw_pct": 122.0775,
        "attainment_pct": None,
        "status": "NO_DATA",
    }
    shown = {}
    for width in (80, 120):
        buffer = io.StringIO()
        write(pandas.DataFrame([row]), Format.TABLE, Console(file=buffer, width=width), if_empty="")
        shown[width] = buffer.getvalue().splitlines()

    assert [2, 2] == [len(lines) for lines in shown.values()]
    assert max(map(len, shown[80])) <= 80
    assert re.fullmatch(
        r"BVHTTDL Bộ Văn.*… +NS\.02 1\.076\.723\.842 882\.000\.000 122,08 +NO_DATA", shown[80][1].rstrip()
    )
    assert "Bộ Văn hóa, Thể thao và Du lịch" in shown[120][1]


def test_table_of_the_nation_names_its_indicator_once():
    """
    Where each row is its indicator, the table has no second column of the same codes; CSV keeps it.
    """
    frame = pandas.DataFrame({"code": ["NS.01"], "name": ["Thu"], "indicator": ["NS.01"]})
    shown = {}
    for form in (Format.TABLE, Format.CSV):
        buffer = io.StringIO()
        write(frame, form, Console(file=buffer, width=80), if_empty="")
        shown[form] = buffer.getvalue()

    assert ["code", "name", "NS.01", "Thu"] == shown[Format.TABLE].split()
    assert "code,name,indicator\nNS.01,Thu,NS.01\n" == shown[Format.CSV]


def test_clean_spares_what_is_not_the_demonstration(tmp_path: Path):
    """
    Another state folder, and a link in the demonstration's place, are refused; var/demo itself passes.
    """
    demonstration = tmp_path / "var" / "demo"
    (tmp_path / "var" / "live").mkdir(parents=True)
    live = from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path / "var" / "live")}, tmp_path)
    with pytest.raises(SettingsError, match="nothing was removed; unset RESOLUTION_MONITOR_HOME"):
        require_demonstration(live)

    require_demonstration(from_environment({}, tmp_path))
    demonstration.symlink_to(tmp_path / "var" / "live")
    with pytest.raises(SettingsError, match=r"leads to .*live; nothing was removed"):
        require_demonstration(from_environment({}, tmp_path))
