"""From a fresh checkout to files to open: without Pango, then with it."""

import re

from drill.bare import as_root
from drill.stage import Stage, require
from drill.table import Act


def acts(stage: Stage, *, is_bare: bool) -> list[Act]:
    first = [Act("`make run` without Pango", lambda: _without_pango(stage))] if is_bare else []
    return [*first, Act("`make run`", lambda: _run(stage), is_needed=True)]


def _without_pango(stage: Stage) -> str:
    """Refused in a sentence before the download, with the command for root; that command is then given."""
    done = stage.room.run(stage.checkout, "make", "run")
    found = re.search(r"^set-up: the PDF needs Pango .*: (apt-get update && apt-get .*)$", done.said, re.MULTILINE)
    require(found and done.code and "Traceback" not in done.said, done.said[-1500:])
    command = found[1] if found else ""
    as_root(stage.room, command)
    return f"refused before the download with one sentence; root gave the command it names: {command}"


def _run(stage: Stage) -> str:
    said = stage.room.must(stage.checkout, "make", "run")
    files = re.findall(r"^  (\S.*/briefings/\S+)$", said, re.MULTILINE)
    whole = [name for name in files if stage.outside(stage.checkout / name).stat().st_size > 5_000]
    require(files and files == whole, said[-1500:])
    stage.kept["editions"] = stage.hashes(stage.demonstration, "briefings")
    pages = sum(name.endswith(".pdf") for name in stage.kept["editions"])
    require(not stage.room.processes(), "a process was left running")
    return f"{pages} PDF made; all {len(files)} files it names are there; no process is left"
