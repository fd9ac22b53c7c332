"""Part of `make prove`: whole runs, and PostgreSQL alone, are killed, as root and as an ordinary user."""

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests")]

from prove.kills_account import KILLS, Account, Place, accounts  # noqa: E402 - beside the tests
from prove.kills_ground import STRETCHES, Ground, lay_ground  # noqa: E402
from prove.kills_of_runs import BEFORE, STAGES, Killer, RunsTally, kill_runs, walk  # noqa: E402
from prove.kills_of_servers import ServersTally, kill_servers  # noqa: E402
from prove.kills_state import State, counted, differences, state_of  # noqa: E402
from prove.proof_page import write_part  # noqa: E402

from resolution_monitor.store import embedded  # noqa: E402

TITLE = "## Kills"


@dataclass(slots=True)
class Lane:
    """One account: its runs that nobody disturbs, and those that are killed."""

    account: Account
    runs: RunsTally = field(default_factory=RunsTally)
    servers: ServersTally = field(default_factory=ServersTally)
    state: State = field(default_factory=dict)
    lost: int = 0
    extra: int = 0
    other_bytes: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        begun_after = any(code for (_, when, code), _ in self.servers.codes.items() if when != "under way")
        wrong = self.lost + self.extra + self.other_bytes + len(self.runs.refusals) + len(self.runs.left)
        refused = max(self.servers.refused_for, default=0.0) >= 1.0
        return not (wrong or begun_after or refused or set(self.runs.stopped) - {143})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="kills of whole runs")
    parser.add_argument("--servers", type=int, default=60, help="kills of PostgreSQL alone")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the table goes into")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder, accounts(_opened(Path(folder))) as started_by:
        work = Path(folder)
        ground = lay_ground(work)
        lanes = [Lane(account) for account in started_by]
        shares = [asked.kills // len(lanes), asked.servers // len(lanes)]
        with ThreadPoolExecutor(len(lanes)) as pool:
            list(pool.map(lambda lane: _walk_lane(lane, work, ground, shares, asked.seed), lanes))
    lines = _lines(lanes)
    write_part(asked.proof, TITLE, _words(lanes, asked.seed), lines)
    _say("\n".join([*lines, *(word for lane in lanes for word in (*lane.words, *lane.runs.refusals, *lane.runs.left))]))
    return int(not all(lane.is_sound for lane in lanes))


def _opened(folder: Path) -> Path:
    folder.chmod(0o755)  # the other account must come through
    return folder


def _walk_lane(lane: Lane, work: Path, ground: Ground, shares: Sequence[int], seed: int) -> None:
    number = "root" if lane.account.entry is None else "other"
    chance = random.Random(f"{seed} {number}")
    twin, place = (_place(lane.account, work, f"{number}-{name}") for name in ("undisturbed", "killed"))
    try:
        lengths = [walk(twin, ground, stretch) for stretch in range(STRETCHES)]
        _say(f"{lane.account.name}: undisturbed runs took {', '.join(f'{one:.1f}' for one in lengths)} s")
        killer = Killer(place, chance, lane.runs)
        kill_runs(killer, ground, shares[0], lengths)
        _say(f"{lane.account.name}: {lane.runs.killed.total()} runs killed")
        kill_servers(place, ground.lay(place, STRETCHES - 1), shares[1], chance, lane.servers)
        _say(f"{lane.account.name}: {lane.servers.killed.total()} servers killed")
        lane.other_bytes = _made_again(place, killer)
        expected = _served(twin, state_of)
        lane.state = _served(place, state_of)
        lane.lost, lane.extra, lane.words = differences(expected, lane.state)
        lane.words += [f"{lane.account.name}: {word}" for word in lane.servers.words]
    finally:
        for one in (twin, place):
            embedded.remove(one.home)


def _place(account: Account, work: Path, name: str) -> Place:
    account.give(work / name)
    inbox = work / f"{name}.inbox"
    inbox.mkdir(mode=0o755)
    return Place(account, work / name, inbox)


def _served(place: Place, question: Callable[[Path], State]) -> State:
    with embedded.serving(place.home):
        return question(place.home)


def _made_again(place: Place, killer: Killer) -> int:
    """Editions that a run which nobody disturbs makes otherwise than the killed ones left them."""
    folder = place.home / "briefings"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    newest = max(folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime).stem
    for path in folder.glob(f"{newest}.*"):
        path.unlink()
    killer.complete(place.run_arguments("2026-10"))
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())


def _words(lanes: Sequence[Lane], seed: int) -> str:
    rows, files = counted(lanes[0].state)
    names = " and ".join(lane.account.name for lane in lanes)
    alone = "" if len(lanes) > 1 else " It was not started as root, so that no other account was tried."
    return (
        f"`./monitor run` on files that come in {STRETCHES} stretches, as {names} (seed {seed}), killed with SIGKILL "
        "at moments spread evenly over its length; the next command is the same command. Then PostgreSQL alone, while "
        "commands are under way or begin. At the end every table and every file is held against a twin that nobody "
        f"disturbed ({rows} rows, {files} files; numbers and times of the moment left out), and the last edition "
        f"against the bytes that an undisturbed run makes.{alone}"
    )


def _lines(lanes: Sequence[Lane]) -> list[str]:
    kinds = [(lane, kind) for lane in lanes for kind in KILLS]
    lines = [
        f"| killed while at | {' | '.join(f'{lane.account.name}: {kind}' for lane, kind in kinds)} |",
        f"|---|{'--:|' * len(kinds)}",
    ]
    for stage in (BEFORE, *STAGES.values()):
        lines.append(f"| {stage} | {' | '.join(str(lane.runs.killed[stage, kind]) for lane, kind in kinds)} |")
    heads = " | ".join(lane.account.name for lane in lanes)
    lines += ["", f"| | {heads} |", f"|---|{'--:|' * len(lanes)}"]
    told = [_told(lane) for lane in lanes]
    lines += [f"| {name} | {' | '.join(one[name] for one in told)} |" for name in told[0]]
    return lines


def _told(lane: Lane) -> dict[str, str]:
    servers, waits = lane.servers, sorted(lane.servers.served_after) or [0.0]
    after = {code: n for (_, when, code), n in servers.codes.items() if when != "under way" and code}
    ended = " ".join(f"{n} x {code}" for (code, n) in _ended_under_way(servers))
    return {
        "runs killed": str(lane.runs.killed.total()),
        "runs begun after a kill that refused": str(len(lane.runs.refusals)),
        "runs stopped by SIGTERM: exit codes": " ".join(f"{n} x {code}" for code, n in lane.runs.stopped.items()),
        "processes left over": str(len(lane.runs.left)),
        "PostgreSQL killed, whole / a part": " / ".join(
            str(sum(n for (kind, _), n in servers.killed.items() if kind == what))
            for what in ("PostgreSQL", "one of its processes")
        ),
        "commands under way then ended with": ended,
        "commands begun after the kill that refused": str(sum(after.values())),
        "kill to the next answer: median, 95 %, longest": f"{statistics.median(waits):.2f}, "
        f"{waits[int(0.95 * (len(waits) - 1))]:.2f}, {waits[-1]:.2f} s",
        "longest refusal": f"{max(servers.refused_for, default=0.0):.2f} s",
        "rows and files lost": str(lane.lost),
        "rows and files too many": str(lane.extra),
        "editions with other bytes": str(lane.other_bytes),
    }


def _ended_under_way(servers: ServersTally) -> list[tuple[int, int]]:
    codes: dict[int, int] = {}
    for (_, when, code), number in servers.codes.items():
        if when == "under way":
            codes[code] = codes.get(code, 0) + number
    return sorted(codes.items())


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
