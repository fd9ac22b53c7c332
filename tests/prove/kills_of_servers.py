"""PostgreSQL alone is killed, whole or one of its processes, while commands work on it or are about to begin."""

import contextlib
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from prove.kills_account import Place

WHOLE, PART = "PostgreSQL", "one of its processes"
UNDER_WAY, TO_COME = "under way", "begun after the kill"
_PROBE = Path(__file__).with_name("kills_probe.py")
# A whole run is at work on the database for longer than a question.
_RUN_EVERY = 6


@dataclass(slots=True)
class ServersTally:
    """What became of the commands of one account."""

    killed: Counter[tuple[str, str]] = field(default_factory=Counter)
    codes: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    served_after: list[float] = field(default_factory=list)
    refused_for: list[float] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ServerKiller:
    """Kills the server of one place; another command is inside all the while, and asks after every kill."""

    place: Place
    chance: random.Random
    tally: ServersTally
    probe: "subprocess.Popen[str]"
    seconds: dict[tuple[str, ...], float] = field(default_factory=dict)

    def kill_one(self, arguments: tuple[str, ...], what: str, when: str) -> None:
        process, began = None, time.monotonic()
        if when == UNDER_WAY:
            process = self.place.start(*arguments)
            time.sleep(self.chance.uniform(0.1, 0.95) * self.seconds.get(arguments, 2.0))
            if process.poll() is not None:  # it was faster than before; this kill comes between two commands
                self._note(arguments, when, process, began)
                process, when = None, TO_COME
        self._kill(what)
        killed_at = time.monotonic()
        self.tally.killed[what, when] += 1
        after = self.place.start(*arguments) if when == TO_COME else None
        self._wait_until_served(killed_at)
        for one in filter(None, (process, after)):
            self._note(arguments, when, one, began)
        if after and after.returncode:
            self.tally.refused_for.append(time.monotonic() - killed_at)
        if process and process.returncode:  # simply the same again
            self._note(arguments, TO_COME, self.place.start(*arguments), time.monotonic())

    def _note(self, arguments: tuple[str, ...], when: str, process: "subprocess.Popen[bytes]", began: float) -> None:
        process.wait(300)
        self.tally.codes[arguments[0], when, process.returncode] += 1
        if process.returncode:
            said = self.place.said(process).splitlines()
            self.tally.words.append(f"{arguments[0]} {when} {process.returncode}: {said[-1] if said else ''}")
        else:
            self.seconds[arguments] = time.monotonic() - began

    def _kill(self, what: str) -> None:
        server = self.place.server_pid()
        if server is None:  # the one before has not come back yet; whoever asks next brings it
            ask(self.probe)
            server = self.place.server_pid()
        assert server is not None
        parts = _children(server) if what == PART else []
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.chance.choice(parts) if parts else server, signal.SIGKILL)

    def _wait_until_served(self, killed_at: float) -> None:
        """From the kill to the first answer to somebody who comes after it."""
        refused_at = None
        while (word := ask(self.probe)) != "served":
            refused_at = time.monotonic()
            self.tally.words.append(f"asked after the kill: {word}")
        self.tally.served_after.append(time.monotonic() - killed_at)
        if refused_at:
            self.tally.refused_for.append(refused_at - killed_at)


def ask(probe: "subprocess.Popen[str]") -> str:
    given, told = _pipes(probe)
    given.write("ask\n")
    given.flush()
    return told.readline().split()[0]


def _pipes(probe: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    assert probe.stdin
    assert probe.stdout
    return probe.stdin, probe.stdout


def _children(server: int) -> list[int]:
    """Those that serve somebody, if any; else any: the server takes the death of each for a crash."""
    listed = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    names = {int(pid): _name(int(pid)) for pid in listed}
    serving = sorted(pid for pid, name in names.items() if "resolution_monitor" in name)
    return serving or sorted(names)


def _name(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


@contextlib.contextmanager
def probing(place: Place) -> Iterator["subprocess.Popen[str]"]:
    """A process of the account that is inside until we leave."""
    with subprocess.Popen(
        [place.account.python, str(_PROBE)],
        env=place.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        **place.identity,  # type: ignore[call-overload]
    ) as probe:
        assert _pipes(probe)[1].readline() == "ready\n"
        yield probe
        _pipes(probe)[0].close()


def kill_servers(place: Place, month: str, kills: int, chance: random.Random, tally: ServersTally) -> None:
    """While questions, and now and then a whole run on new files, are under way or begin."""
    questions = [("scores", "--period", month, "--level", "agency"), ("status", "--period", month)]
    run = place.run_arguments(month)
    with probing(place) as probe:
        killer = ServerKiller(place, chance, tally, probe)
        for question in questions:
            killer.seconds[question] = place.call(*question)
        killer.seconds[run] = 8.0
        for number in range(kills):
            arguments = run if number % _RUN_EVERY == 0 else questions[number % 2]
            what = (WHOLE, PART)[number // 2 % 2]
            when = (UNDER_WAY, TO_COME)[number // _RUN_EVERY % 2 if arguments == run else number // 4 % 2]
            killer.kill_one(arguments, what, when)
        place.call(*run)
