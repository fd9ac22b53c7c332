"""Part of `make prove`: the road from inbox to observations is killed at every point and at any time, and run again."""

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from interruption import PHASES, Ground, lay_ground, new_run, state_of, walk

from resolution_monitor.store import embedded

ROOT = Path(__file__).resolve().parents[2]
TITLE = "## Interruption"
_KINDS = ("commit", "rename", "replace", "unlink")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many kills at any time")
    parser.add_argument(
        "--seconds", type=float, default=float("inf"), help="stop after so long, and say how far it came"
    )
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the table goes into")
    asked = parser.parse_args()
    deadline = time.monotonic() + asked.seconds
    with _server() as place, tempfile.TemporaryDirectory(prefix="prove-") as work:
        ground = lay_ground(Path(work), place, removes_taken=True)
        with new_run(ground) as run:
            points = walk(run) or []
            undisturbed = state_of(run)
        _say(f"{len(points)} points: {dict(Counter(points))}")
        proof = _Proof(ground, undisturbed)
        proof.at_points(points, deadline)
        proof.at_any_time(asked.kills, deadline)
    _write(asked.proof, points, proof)
    _say("\n".join(proof.table(points)))
    return int(bool(proof.wrong))


class _Proof:
    """Counts what was killed, and what was otherwise afterwards."""

    def __init__(self, ground: Ground, undisturbed: dict[str, object]) -> None:
        self._ground = ground
        self._undisturbed = undisturbed
        self.killed: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()

    def at_points(self, points: list[str], deadline: float) -> None:
        for number, kind in enumerate(points, start=1):
            for phase in PHASES:
                if time.monotonic() > deadline:
                    return
                self._killed_once(f"{phase} {kind}", kill_at=(number, phase))

    def at_any_time(self, kills: int, deadline: float) -> None:
        """As long as a run takes, told by one that is not killed; a kill that came too late counts for nothing."""
        with new_run(self._ground) as run:
            began = time.monotonic()
            walk(run)
            longest = time.monotonic() - began
        chance = random.Random(1)
        while self.killed["any time"] < kills and time.monotonic() < deadline:
            self._killed_once("any time", kill_after=chance.uniform(0, longest))

    def _killed_once(self, what: str, kill_at: tuple[int, str] | None = None, kill_after: float | None = None) -> None:
        with new_run(self._ground) as run:
            if walk(run, kill_at=kill_at, kill_after=kill_after) is not None:
                return
            walk(run)
            state = state_of(run)
        self.killed[what] += 1
        if state != self._undisturbed:
            self.wrong[what] += 1
            different = [name for name, value in state.items() if value != self._undisturbed[name]]
            _say(f"  {what} {kill_at or kill_after}: {', '.join(different)} differ")

    def table(self, points: list[str]) -> list[str]:
        counted = Counter(points)
        rows = [(f"{phase} {kind}", counted[kind]) for kind in _KINDS for phase in PHASES]
        lines = [f"| {what} | {there} | {self.killed[what]} | {self.wrong[what]} |" for what, there in rows]
        last = f"| at any time | | {self.killed['any time']} | {self.wrong['any time']} |"
        return ["| killed | points | runs | otherwise afterwards |", "|---|--:|--:|--:|", *lines, last]


@contextlib.contextmanager
def _server() -> Iterator[embedded.ServerPlace]:
    with tempfile.TemporaryDirectory(prefix="prove-") as home:
        Path(home).chmod(0o755)  # the server's own account must come through
        with embedded.serving(Path(home), None) as place:
            yield place


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _write(page: Path, points: list[str], proof: _Proof) -> None:
    """Put the table under its heading; what other parts wrote stays."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# What was proved\n\nWritten by `make prove`.\n"
    before, _, rest = text.partition(f"\n{TITLE}\n")
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    words = (
        f"Five files from the inbox to stored observations (collect, normalise, receipts): {len(points)} points. The "
        "run is killed with SIGKILL and run again; then every file has one submission, and submissions, observations, "
        "tasks, findings, arrivals, kept files, receipts and the inbox are those of an undisturbed run."
    )
    lines = "\n".join(proof.table(points))
    page.write_text(f"{before.rstrip()}\n\n{TITLE}\n{words}\n\n{lines}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
