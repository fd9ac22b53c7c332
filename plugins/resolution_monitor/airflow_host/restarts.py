"""When a service that ended is started again, and when it is given up."""

WINDOW_SECONDS = 60.0
DEATHS_ALLOWED = 5
_FIRST_PAUSE_SECONDS = 1.0


def recent_deaths(deaths: tuple[float, ...], now: float) -> tuple[float, ...]:
    """The deaths of the last minute; older ones are forgiven."""
    return tuple(moment for moment in deaths if now - moment < WINDOW_SECONDS)


def pause_seconds(deaths: tuple[float, ...], now: float) -> float | None:
    """
    How long to wait after the newest death: 1, 2, 4, 8 seconds.

    Args:
        deaths: Moments of one service's deaths, the newest included, on a clock that never jumps.

    Returns:
        Seconds, or None when the service died five times within a minute and is given up.
    """
    count = len(recent_deaths(deaths, now))
    return None if count >= DEATHS_ALLOWED else _FIRST_PAUSE_SECONDS * 2.0 ** (count - 1)
