"""A moment on the command line: the last instant of what was written."""

import pytest
import typer

from resolution_monitor.commands.moments import moment_of


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-11-12T07:00", "2026-11-12T07:00:59.999999+07:00"),
        ("2026-11-12 07:00", "2026-11-12T07:00:59.999999+07:00"),
        ("2026-11-12T07:00+07:00", "2026-11-12T07:00:59.999999+07:00"),
        ("2026-11-12T00:00Z", "2026-11-12T00:00:59.999999+00:00"),
        ("2026-11-12T07:00:01", "2026-11-12T07:00:01.999999+07:00"),
        ("2026-11-12T07:00:01.5", "2026-11-12T07:00:01.500000+07:00"),
        ("2026-11-12T07", "2026-11-12T07:59:59.999999+07:00"),
        ("2026-11-12", "2026-11-12T23:59:59.999999+07:00"),
    ],
)
def test_a_moment_is_the_end_of_what_is_written(written: str, instant: str):
    """
    What is recorded within the minute that a page prints belongs to that page.
    """
    moment = moment_of(written)

    assert moment is not None
    assert instant == moment.isoformat(timespec="microseconds")


def test_what_is_no_moment_is_refused():
    """
    A word is no moment; none asked for is none.
    """
    assert moment_of(None) is None
    with pytest.raises(typer.BadParameter, match="2026-11-20T17:00"):
        moment_of("yesterday")
