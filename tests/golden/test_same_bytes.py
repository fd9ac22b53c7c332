"""The same figures give the same bytes on another machine: other clocks, seeds, languages and fonts around it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

# The longest, with most lists put together from sets; a budget year is made twice in test_pages.py.
REPORT = "resolutions_month"
# All that a machine could let into a file: the first has its fonts, the second is told of ours alone.
RENDER = """
import sys
from pathlib import Path
from resolution_monitor.pipeline.preview import preview
from resolution_monitor.pipeline.wanted_preview import Wanted
from resolution_monitor.settings import from_environment
import os
out = Path(sys.argv[1])
preview(from_environment(os.environ), Wanted(sys.argv[2], out))
"""


def machine(folder: Path, **around: str) -> tuple[subprocess.Popen[bytes], Path]:
    out = folder / "out"
    told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "plugins"), "RESOLUTION_MONITOR_HOME": str(folder)}
    command = [sys.executable, "-c", RENDER, str(out), REPORT]
    return subprocess.Popen(command, env={**told, **around}, cwd=around.get("HOME", "/")), out


def hashes(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


def test_same_bytes_on_another_machine(tmp_path: Path):
    """
    PDF with all that is attached and workbook, by two processes that share nothing but the figures.
    """
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{ROOT / 'report_templates/_shared/fonts'}</dir></fontconfig>")
    here = {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "HOME": os.environ.get("HOME", "/")}
    there = {"TZ": "America/Lima", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "LANG": "tr_TR.UTF-8"}
    there |= {"FONTCONFIG_FILE": str(fonts), "XDG_DATA_HOME": "/nonexistent"}
    started = [machine(tmp_path / name, **around) for name, around in (("here", here), ("there", there))]
    codes = [process.wait() for process, _ in started]
    first, second = (hashes(out) for _, out in started)

    assert [0, 0] == codes
    assert 2 == len(first)
    assert first == second
