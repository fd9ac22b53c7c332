"""`make drill`: a bare Debian 12, an ordinary user in a Vietnamese home, and everything that an operator does."""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from drill import airflow_acts, kill_acts, start_acts, state_acts
from drill.bare import PACKAGES, bare_room, call_inside, why_not
from drill.room import HOME, Room, room_here
from drill.stage import Stage, require
from drill.table import Act, Row, lines, played
from proof_page import write_part
from smtp_server import MailServer

ROOT = Path(__file__).resolve().parents[2]
TITLE = "## An operator's drill"
_CACHE = Path("/var/tmp/resolution-monitor-drill")  # noqa: S108 (kept between drills; nothing secret lies there)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--here", action="store_true", help="as the present user, below a folder of his own")
    parser.add_argument("--page", type=Path, help="page that the table goes into")
    asked = parser.parse_args()
    reason = "asked for" if asked.here else why_not()
    if reason:
        _say(f"No bare Debian is made ({reason}): the acts are played by the present user in a fresh checkout.")
    else:
        call_inside([sys.executable, *sys.argv])
    began = time.monotonic()
    with _room(is_bare=not reason) as (room, folder), MailServer() as mail:
        rows = _played(Stage(room=room, folder=folder, mail=mail), is_bare=not reason)
    table = lines(rows)
    _say("\n".join(["", *table, "", f"{time.monotonic() - began:.0f} s"]))
    if asked.page:
        write_part(asked.page, TITLE, _words(is_bare=not reason), table)
    return int(not all(row.is_ok for row in rows))


@contextlib.contextmanager
def _room(*, is_bare: bool) -> Iterator[tuple[Room, Path]]:
    cache = Path(os.environ.get("DRILL_CACHE") or _CACHE)
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drill-", dir=cache) as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        room = stack.enter_context(bare_room(cache, folder)) if is_bare else room_here(folder)
        stack.callback(room.end_all)
        yield room, folder


def _played(stage: Stage, *, is_bare: bool) -> list[Row]:
    acts = [
        Act("`git clone` of what is committed", lambda: _clone(stage), is_needed=True),
        *start_acts.acts(stage, is_bare=is_bare),
        *airflow_acts.acts(stage),
        *state_acts.acts_while_served(stage),
        *kill_acts.acts(stage),
        *state_acts.acts_at_rest(stage),
    ]
    rows = list(played(acts))
    return [*rows, *played([Act("at the end", lambda: _nothing_left(stage))])]


def _clone(stage: Stage) -> str:
    """The checkout that the drill proves, through a bundle: the user may not enter ours."""
    bundle = stage.room.outside(stage.room.home) / "monitor.bundle"
    subprocess.run(["git", "-C", str(ROOT), "bundle", "create", "--quiet", str(bundle), "HEAD"], check=True)
    bundle.chmod(0o644)
    stage.room.must(stage.room.home, "git", "clone", "--quiet", "monitor.bundle", stage.checkout.name)
    bundle.unlink()
    who = stage.room.must(stage.checkout, "id", "-un").strip()
    return f"in {stage.checkout}, as {who}"


def _nothing_left(stage: Stage) -> str:
    left = [seen.words[:100] for seen in stage.room.processes()]
    require(not left, f"left running: {left}")
    return "no process of the user is left"


def _words(*, is_bare: bool) -> str:
    where = (
        f"A bare Debian 12 (debootstrap minbase with {', '.join(PACKAGES)}), an ordinary user with the home {HOME}, "
        "processes and mounts of its own."
        if is_bare
        else "The present user on this machine, in a fresh checkout below a Vietnamese path; no bare system was made."
    )
    return f"{where} Each row says what was seen, not only that it ended well."


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
