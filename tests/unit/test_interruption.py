"""A run that is killed at any point, and two runs at once, leave what one undisturbed run leaves."""

import multiprocessing
from pathlib import Path

import pytest
from interruption import NOW, PHASES, Ground, Run, lay_ground, new_run, state_of, walk

from resolution_monitor.pipeline import run_arrivals
from resolution_monitor.settings import from_environment
from resolution_monitor.store import embedded

# Every so manieth point, before and after in turn; `make prove` takes all of them, and kills at any time.
_EVERY = 11


@pytest.fixture
def ground(server: embedded.ServerPlace, tmp_path: Path) -> Ground:
    return lay_ground(tmp_path, server, removes_taken=True)


def test_killed_at_a_point_and_run_again(ground: Ground):
    """
    After SIGKILL before or after a commit, rename or unlink, the next run ends where an undisturbed one does.
    """
    with new_run(ground) as run:
        points = walk(run)
        undisturbed = state_of(run)
    assert points is not None
    assert {"commit", "rename", "replace", "unlink"} == set(points)
    assert (4, ["CACHEDIR.TAG"], []) == (
        len(undisturbed["submissions"]),  # type: ignore[arg-type]
        undisturbed["waiting"],
        undisturbed["inbox"],
    )

    for place, number in enumerate(range(2, len(points) + 1, _EVERY)):
        with new_run(ground) as run:
            assert walk(run, kill_at=(number, PHASES[place % 2])) is None
            walk(run)

            assert undisturbed == state_of(run), f"{PHASES[place % 2]} point {number}, {points[number - 1]}"


def _walk(run: Run) -> None:
    run_arrivals(from_environment(run.environment), NOW)


def test_two_collectors_at_once(ground: Ground):
    """
    Two processes that begin together make of every file one submission.
    """
    with new_run(ground) as alone:
        walk(alone)
        undisturbed = state_of(alone)
    with new_run(ground) as run:
        pair = [multiprocessing.get_context("fork").Process(target=_walk, args=(run,)) for _ in range(2)]
        for process in pair:
            process.start()
        for process in pair:
            process.join(60)

        assert [0, 0] == [process.exitcode for process in pair]
        assert undisturbed == state_of(run)
