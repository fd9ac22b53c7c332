"""What one sender, and one collection of everybody, may take of us before the rest waits for the next collection."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from resolution_monitor.errors import SettingsError

_MEGABYTE = 1024 * 1024
_PREFIX = "RESOLUTION_MONITOR_"
# Setting -> what it limits, in which unit, and up to how many.
_NAMES = {
    "SENDER_MEGABYTES": ("sender_bytes", _MEGABYTE),
    "SENDER_FILES": ("sender_files", 1),
    "SENDER_SECONDS": ("sender_seconds", 1),
    "COLLECTION_MEGABYTES": ("collection_bytes", _MEGABYTE),
    "COLLECTION_FILES": ("collection_files", 1),
    "COLLECTION_SECONDS": ("collection_seconds", 1),
}
_MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """
    Of one collection.

    Attributes:
        sender_bytes, sender_files: That are copied of one sender.
        sender_seconds: That its files are read, by the clock on the wall.
        collection_bytes, collection_files, collection_seconds: The same of all senders together.
        file_bytes: A larger file is not copied at all.
    """

    sender_bytes: int = 256 * _MEGABYTE
    sender_files: int = 1_000
    sender_seconds: int = 120
    collection_bytes: int = 8 * 1024 * _MEGABYTE
    collection_files: int = 50_000
    collection_seconds: int = 1_800
    # Twice what is read: a file a little too large is still kept for its sender's answer.
    file_bytes: int = 20 * _MEGABYTE


NO_ENVIRONMENT = Limits()


def limits_of(environment: Mapping[str, str]) -> Limits:
    """
    Limits as the environment gives them.

    Raises:
        SettingsError: One of them is no whole number above nothing.
    """
    told = {field.name: getattr(NO_ENVIRONMENT, field.name) for field in fields(Limits)}
    for name, (limit, unit) in _NAMES.items():
        if text := environment.get(_PREFIX + name):
            told[limit] = _number(_PREFIX + name, text) * unit
    return Limits(**told)


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST):
        raise SettingsError(f"{name} is {text!r}; write a whole number from 1 to {_MOST}, or unset it")
    return int(text)
