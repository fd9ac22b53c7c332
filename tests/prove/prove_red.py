"""Part of `make prove`: each mend is taken away by itself in a copy of the house, and its tests must turn red."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import psycopg2
from prove.outcomes import BEFORE_IT_BEGAN, FILE_OF_OUTCOMES, PASSED
from prove.proof_page import write_part
from prove.taken import Edit, Taken
from prove.taken_away import ALL

from resolution_monitor.store import embedded

ROOT = Path(__file__).resolve().parents[2]
TITLE = "## What happens without each mend"
_AT_ONCE = 2
_SECONDS = 300
_NOT_RUN = ("not run", "")
_OWN_DATABASES = "select datname from pg_database where datname ~ '^[a-z]_[0-9a-z_]+$'"
Outcomes = dict[str, tuple[str, str]]
Houses = SimpleQueue["House"]


@dataclass(frozen=True, slots=True)
class House:
    """A copy of the checkout, and a server of its own for its tests."""

    folder: Path
    server: embedded.ServerPlace


@dataclass(frozen=True, slots=True)
class Seen:
    """
    How the tests of one entry ended without its mend.

    Attributes:
        outcomes: By the test's name: how it ended, and the first line of what it said.
    """

    taken: Taken
    outcomes: Outcomes
    seconds: float

    @property
    def is_red(self) -> bool:
        return all(self.ended(test) == self.taken.ends_in for test in self.taken.tests)

    def ended(self, test: str) -> str:
        return self.outcomes.get(test, _NOT_RUN)[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", help="points, such as A1 or B2c; default: all of them")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the table goes into")
    asked = parser.parse_args()
    chosen = [one for one in ALL if not asked.only or one.point.startswith(tuple(asked.only))]
    if misplaced := _misplaced(chosen):
        raise SystemExit("\n".join(misplaced))
    started = time.monotonic()
    with _houses() as houses, ThreadPoolExecutor(_AT_ONCE) as pool:
        untouched = pool.submit(_untouched, houses, chosen)
        seen = [_told(one) for one in pool.map(lambda one: _without(houses, one), chosen)]
    unready = {test: end for test, end in untouched.result().items() if end[0] != PASSED}
    _tell(seen, unready, time.monotonic() - started)
    if not asked.only:
        write_part(asked.proof, TITLE, _words(seen), _table(seen))
    return int(bool(unready) or not all(one.is_red for one in seen))


@contextmanager
def _houses() -> Iterator[Houses]:
    """Copies that are worked in at the same time; the word in their path lets the servers' account come through."""
    houses: Houses = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="prove-red-pytest-") as place, ExitStack() as stack:
        Path(place).chmod(0o755)
        for number in range(_AT_ONCE):
            server = stack.enter_context(embedded.serving(Path(place) / f"state-{number}"))
            houses.put(House(_copied(Path(place) / f"house-{number}"), server))
        yield houses


def _copied(folder: Path) -> Path:
    """The checkout as it stands here, with the same environment."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to((ROOT / ".venv").resolve())
    return folder


def _untouched(houses: Houses, chosen: Sequence[Taken]) -> Outcomes:
    """All tests at once, with every mend in its place."""
    tests = sorted({test for one in chosen for test in one.tests})
    with _one_of(houses) as house:
        found = _tried(house, tests)
    return {test: found.get(test, _NOT_RUN) for test in tests}


def _without(houses: Houses, entry: Taken) -> Seen:
    started = time.monotonic()
    with _one_of(houses) as house, _taken_away(house.folder, entry.edits):
        return Seen(entry, _tried(house, entry.tests), time.monotonic() - started)


@contextmanager
def _one_of(houses: Houses) -> Iterator[House]:
    house = houses.get()
    try:
        yield house
    finally:
        _forget(house.server)
        houses.put(house)


@contextmanager
def _taken_away(house: Path, edits: Sequence[Edit]) -> Iterator[None]:
    """The house without a mend; put back afterwards."""
    for edit in edits:
        _change(house / edit.file, edit)
    try:
        yield
    finally:
        for edit in edits:
            shutil.copy2(ROOT / edit.file, house / edit.file)


def _change(path: Path, edit: Edit) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(edit.now, edit.before), encoding="utf-8")
    # Bytecode is kept by second and size: another time of change makes sure that none of it is taken.
    os.utime(path, (time.time(), (ROOT / edit.file).stat().st_mtime + 86_400))


def _misplaced(chosen: Sequence[Taken]) -> list[str]:
    """Entries that name no place, or several: the code has moved on, and the table has to follow."""
    counts = [
        (one.point, edit, (ROOT / edit.file).read_text(encoding="utf-8").count(edit.now))
        for one in chosen
        for edit in one.edits
    ]
    return [f"{point}: {edit.file} holds {times} times: {edit.now!r}" for point, edit, times in counts if times != 1]


def _forget(server: embedded.ServerPlace) -> None:
    """Databases that tests left behind."""
    connection = psycopg2.connect(embedded.url_of(server, "postgres"))
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(_OWN_DATABASES)
        for (name,) in cursor.fetchall():
            cursor.execute(f'drop database "{name}" with (force)')


def _tried(house: House, tests: Sequence[str]) -> Outcomes:
    told = house.server.home.parent / "outcomes.json"
    told.unlink(missing_ok=True)
    rooms = os.pathsep.join(str(house.folder / room) for room in ("plugins", "tests"))
    shared = {FILE_OF_OUTCOMES: str(told), "SHARED_SERVER": str(house.server.home.parent)}
    environment = {**os.environ, "PYTHONPATH": rooms, **shared}
    options = ["-p", "prove.outcomes", "-p", "no:cacheprovider", "-m", "prove or not prove", "--durations=0"]
    command = [str(house.folder / ".venv/bin/python"), "-m", "pytest", *options, f"--basetemp={house.folder}-tests"]
    run = {"cwd": house.folder, "env": environment, "timeout": _SECONDS}
    try:
        done = subprocess.run([*command, *tests], **run, check=False, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        return dict.fromkeys(tests, ("out of time", ""))
    if not told.exists():
        return dict.fromkeys(tests, ("not run", done.stderr.strip()[:400]))
    return dict(json.loads(told.read_text(encoding="utf-8")))


def _words(seen: Sequence[Seen]) -> str:
    points = {one.taken.point.rstrip("abcdefghijklmnopqrstuvwxyz") for one in seen}
    return (
        f"{len(seen)} mends of {len(points)} points, each taken away by itself in a copy of this checkout: the code, a "
        "statement or the catalogue says again what it said before it. The tests named beside it were run there, and "
        f"fail by an assertion of their own unless an exception is named; what went wrong before a test began "
        f"({BEFORE_IT_BEGAN}) does not count. With all mends in place the same tests pass, all together."
    )


def _table(seen: Sequence[Seen]) -> list[str]:
    rows = [
        f"| {one.taken.point} | {one.taken.what} | {', '.join(sorted({edit.file for edit in one.taken.edits}))} | "
        f"{'; '.join(f'{_short(test)}: {one.ended(test)}' for test in one.taken.tests)} |"
        for one in seen
    ]
    return ["| point | without the mend | taken out of | tests, and how they fail |", "|---|---|---|---|", *rows]


def _short(test: str) -> str:
    return test.removeprefix("tests/").replace("|", "¦")


def _told(one: Seen) -> Seen:
    """The same, said while the others are still tried."""
    taken = one.taken
    sys.stdout.write(f"{'red  ' if one.is_red else 'GREEN'} {taken.point:7} {taken.what} ({one.seconds:.0f} s)\n")
    for test in taken.tests:
        words = one.outcomes.get(test, _NOT_RUN)[1][:150]
        sys.stdout.write(f"            {_short(test)}: {one.ended(test)}: {words}\n")
    sys.stdout.flush()
    return one


def _tell(seen: Sequence[Seen], unready: Outcomes, seconds: float) -> None:
    for why, tests in _by_reason(unready).items():
        sys.stdout.write(f"{len(tests)} NOT PASSED UNTOUCHED, {why}: {', '.join(tests[:9])}\n")
    sys.stdout.write(f"{sum(one.is_red for one in seen)} of {len(seen)} red, {seconds:.0f} s\n")


def _by_reason(unready: Outcomes) -> dict[str, list[str]]:
    """Tests by how they ended: a name that is none keeps all of them from running."""
    found: dict[str, list[str]] = {}
    for test, ended in unready.items():
        found.setdefault(": ".join(ended), []).append(_short(test))
    return found


if __name__ == "__main__":
    sys.exit(main())
