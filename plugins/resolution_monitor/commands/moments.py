"""Moments on the command line: read with or without a zone, written in Vietnamese time."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import typer

from resolution_monitor.period import TIME_ZONE

if TYPE_CHECKING:
    import pandas

# What a text names at its end -> how long that lasts.
_PRECISIONS = (
    (re.compile(r"[T ]\d\d:?\d\d:?\d\d[.,]\d"), timedelta(microseconds=1)),
    (re.compile(r"[T ]\d\d:?\d\d:?\d\d"), timedelta(seconds=1)),
    (re.compile(r"[T ]\d\d:?\d\d"), timedelta(minutes=1)),
    (re.compile(r"[T ]\d\d"), timedelta(hours=1)),
    (re.compile(r""), timedelta(days=1)),
)


def moment_of(text: str | None) -> datetime | None:
    """
    The last instant of what a text names, Vietnamese time where it has no zone.

    A page that prints 07:00 knew all of that minute, so asked as known at 07:00 it is the same page.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("write a date and time such as 2026-11-20T17:00 or 2026-11-20T17:00+07:00") from error
    lasts = next(length for pattern, length in _PRECISIONS if pattern.search(text))
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=TIME_ZONE)
    return zoned + lasts - timedelta(microseconds=1)


def with_written_moments(frame: "pandas.DataFrame", columns: Iterable[str]) -> "pandas.DataFrame":
    """The frame with these columns as text such as 2026-11-11T00:00+07:00; None where there is no moment."""
    return frame.assign(**{column: _written(frame[column]) for column in columns})


def _written(moments: "pandas.Series") -> "pandas.Series":
    """Many rows share few moments, so each is written once."""
    import pandas

    texts = {moment: moment.tz_convert(TIME_ZONE).isoformat(timespec="minutes") for moment in moments.dropna().unique()}
    return pandas.Series([texts.get(moment) for moment in moments], index=moments.index, dtype=object)
