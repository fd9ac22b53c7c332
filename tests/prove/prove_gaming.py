"""Part of `make prove`: ways of gaming, each played through the inbox beside a body that reports honestly."""

import argparse
import contextlib
import importlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "spec")]

from conftest import NOW, new_settings  # noqa: E402 - beside the tests, whose states plays are made of
from prove.gaming_play import Play  # noqa: E402
from prove.proof_page import write_part  # noqa: E402

from resolution_monitor.catalogue.load import load_catalogue  # noqa: E402
from resolution_monitor.pipeline import Context, prepare  # noqa: E402
from resolution_monitor.store import embedded  # noqa: E402
from resolution_monitor.store.connect import database  # noqa: E402

TITLE = "## Gaming of scores"
WORDS = (
    "Two bodies with the same tasks or indicators report from April to October 2026 by workbooks through the inbox,\n"
    "one honestly, one gaming; gains are points of C (LOW) of October, before these rules and now. `make prove` ends\n"
    "with 1 where one is above 0. Below what no rule takes away, with its gain: it is for verification to find."
)
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Played:
    """What a way of gaming gave."""

    play: Play
    honest: float
    gamed: float

    @property
    def gain(self) -> float:
        return self.gamed - self.honest

    @property
    def pays(self) -> bool:
        return self.gain > _TOLERANCE

    @property
    def line(self) -> str:
        before = "–" if self.play.gain_before is None else f"{self.play.gain_before:+.2f}"
        now = f"{self.gain + 0.0:+.2f}" if abs(self.gain) > _TOLERANCE else "0.00"
        return f"| {self.play.name} | {self.play.clause} | {before} | {self.honest:.2f} | {self.gamed:.2f} | {now} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the table goes into")
    parser.add_argument("--only", default="", help="only plays whose name holds this; the page stays as it is")
    asked = parser.parse_args()
    with _roads() as road:
        played, remaining = (
            [_played(road, one, asked.only) for one in _named(name)] for name in ("PLAYS", "REMAINING")
        )
        paid, left = ([one for one in group if one is not None] for group in (played, remaining))
    if not asked.only:
        write_part(asked.proof, TITLE, WORDS, [*_table("way of gaming", paid), "", *_table("what remains", left)])
    for one in paid:
        if one.pays:
            _say(f"it pays: {one.play.name}: {one.gain:+.2f}")
    return int(any(one.pays for one in paid))


def _named(name: str) -> list[Play]:
    """The plays of every module gaming_of_*.py beside this one."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("gaming_of_*.py"))
    return [play for module in modules for play in getattr(importlib.import_module(f"prove.{module}"), name, ())]


def _played(road: "Roads", play: Play, only: str) -> Played | None:
    if only not in play.name:
        return None
    with road.new() as context:
        one = Played(play, *play.play(context))
    _say(one.line)
    return one


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _table(title: str, played: Sequence[Played]) -> list[str]:
    head = f"| {title} | clause | gain before | honest | gamed | gain now |"
    return [head, "|---|---|--:|--:|--:|--:|", *(one.line for one in played)]


@dataclass(frozen=True, slots=True)
class Roads:
    """Roads on empty, migrated databases of one server, one for each play."""

    server: embedded.ServerPlace
    home: Path
    template: str

    @contextlib.contextmanager
    def new(self) -> Iterator[Context]:
        """A road that nothing was sent on."""
        with tempfile.TemporaryDirectory(dir=self.home) as home:
            settings = new_settings(self.server, Path(home) / "state", self.template)
            with database(settings) as opened:
                yield Context(settings, load_catalogue(ROOT / "catalogue"), opened, NOW)


@contextlib.contextmanager
def _roads() -> Iterator[Roads]:
    with tempfile.TemporaryDirectory() as home:
        place = Path(home)
        place.chmod(0o755)  # the server's account must come through
        with embedded.serving(place / "server", None) as server:
            settings = new_settings(server, place / "prepared")
            prepare(settings, NOW)
            yield Roads(server, place, str(settings.database_url).rpartition("/")[2])


if __name__ == "__main__":
    sys.exit(main())
