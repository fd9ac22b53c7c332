"""Moments on the command line: read with or without a zone, written in Vietnamese time."""

from collections.abc import Iterable
from datetime import datetime

import pandas
import typer

from resolution_monitor.period import TIME_ZONE


def moment_of(text: str | None) -> datetime | None:
    """A moment with its zone; without one it is Vietnamese time."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("write a date and time such as 2026-11-20T17:00 or 2026-11-20T17:00+07:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=TIME_ZONE)


def with_written_moments(frame: pandas.DataFrame, columns: Iterable[str]) -> pandas.DataFrame:
    """The frame with these columns as text such as 2026-11-11T00:00+07:00; None where there is no moment."""
    texts = {column: [_written(value) for value in frame[column]] for column in columns}
    return frame.assign(**{name: pandas.Series(text, index=frame.index, dtype=object) for name, text in texts.items()})


def _written(value: pandas.Timestamp) -> str | None:
    return None if pandas.isna(value) else value.tz_convert(TIME_ZONE).isoformat(timespec="minutes")
