"""Whole runs, killed again and again over their length; the next command is simply the same command."""

import random
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field

from prove.kills_account import KILLS, Place
from prove.kills_ground import STRETCHES, Ground

# What was said last tells what was under way.
STAGES = {
    "Resolution Monitor": "start, database",
    "database": "start of Airflow",
    "period": "collect",
    "collect": "normalise",
    "normalise": "score",
    "score": "brief",
    "brief": "end",
}
BEFORE = "start of Python"

# A second signal, or one while the server is asked to end already, leaves it to end by itself.
_ENDING_SECONDS = 5


@dataclass(slots=True)
class RunsTally:
    """What became of the runs of one account."""

    killed: Counter[tuple[str, str]] = field(default_factory=Counter)
    ended: Counter[int] = field(default_factory=Counter)
    stopped: Counter[int] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Killer:
    """Kills runs of one place, and remembers what a run takes undisturbed."""

    place: Place
    chance: random.Random
    tally: RunsTally
    seconds: float = 0.0  # of the last one that came to its end

    def kill_one(self, arguments: tuple[str, ...], share: float, kind: str) -> None:
        """
        After this share of its length; a run that ended before counts for nothing, and another is begun.
        """
        moment = share * self.seconds
        while True:
            process, began = self.place.start(*arguments), time.monotonic()
            if self._ended_within(process, moment):
                self._note_end(process, began)
                moment = self.chance.uniform(0, self.seconds)
                continue
            KILLS[kind](self.place, process)
            process.wait()
            self.tally.killed[stage_of(self.place.said(process)), kind] += 1
            return

    def _ended_within(self, process: "subprocess.Popen[bytes]", moment: float) -> bool:
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _left_at_last(self) -> list[str]:
        """What is left when a server that was asked to end had the seconds it takes."""
        for _ in range(_ENDING_SECONDS):
            if not self.place.left():
                return []
            time.sleep(1.0)
        return self.place.left()

    def _note_end(self, process: "subprocess.Popen[bytes]", began: float) -> None:
        self.seconds = time.monotonic() - began
        self.tally.ended[process.returncode] += 1
        if process.returncode:
            self.tally.refusals.append(f"{process.returncode}: {self.place.said(process)[-500:]}")

    def complete(self, arguments: tuple[str, ...]) -> None:
        """The same once more, undisturbed; no process is left of all the killed ones."""
        process, began = self.place.start(*arguments), time.monotonic()
        process.wait(300)
        self._note_end(process, began)
        self.tally.left += self.place.left()

    def stop_one(self, arguments: tuple[str, ...], share: float) -> None:
        """`kill`, as a person writes it: it ends by itself, and its server and children with it."""
        process = self.place.start(*arguments)
        # One that has said all is about to end by itself.
        if not self._ended_within(process, share * self.seconds) and "Open:" not in self.place.said(process):
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            self.tally.stopped[process.returncode] += 1
            if process.returncode == 0:
                self.tally.left.append(f"not stopped by SIGTERM: {self.place.said(process)[-300:]}")
            self.tally.left += [f"after SIGTERM: {one}" for one in self._left_at_last()]
        process.wait()


def stage_of(words: str) -> str:
    """What a run was at when it was killed."""
    told = [line.split()[0] for line in words.splitlines() if line.strip()]
    known = [STAGES.get("Resolution Monitor" if one == "Resolution" else one) for one in told]
    return next((one for one in reversed(known) if one), BEFORE)


def moments(kills: int, chance: random.Random) -> list[float]:
    """Spread evenly over the length of a run, which is 1, in any order."""
    spread = [(number + chance.random()) / kills for number in range(kills)]
    chance.shuffle(spread)
    return spread


def walk(place: Place, ground: Ground, stretch: int) -> float:
    """One stretch that nobody disturbs."""
    return place.call(*place.run_arguments(ground.lay(place, stretch)))


def kill_runs(killer: Killer, ground: Ground, kills: int, lengths: list[float]) -> None:
    """
    All stretches but the last, each killed equally often, asked once to stop, then done.

    Args:
        lengths: What the stretches took undisturbed.
    """
    kinds = list(KILLS)
    stretches = STRETCHES - 1
    for stretch in range(stretches):
        arguments = killer.place.run_arguments(ground.lay(killer.place, stretch))
        here = kills * (stretch + 1) // stretches - kills * stretch // stretches
        killer.seconds = lengths[stretch]
        for number, share in enumerate(moments(here, killer.chance)):
            killer.kill_one(arguments, share, kinds[number % len(kinds)])
        killer.stop_one(arguments, killer.chance.uniform(0.1, 0.9))
        killer.complete(arguments)
