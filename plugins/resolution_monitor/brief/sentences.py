"""Sentences are messages with figures put in; the words live in messages.<language>.yaml, the numbers never do."""

import unicodedata
from pathlib import Path
from typing import Any

import yaml

from resolution_monitor.errors import RenderError


class Messages:
    """The texts of one report in one language."""

    def __init__(self, file: Path) -> None:
        self._file = file
        texts = yaml.safe_load(file.read_text(encoding="utf-8"))
        self._texts: dict[str, str] = {key: unicodedata.normalize("NFC", str(text)) for key, text in texts.items()}

    def say(self, key: str, **values: Any) -> str:
        """
        The message with its places filled.

        Raises:
            RenderError: The message or one of its values is missing.
        """
        try:
            return self._texts[key].format(**values)
        except KeyError as error:
            raise RenderError(f"{self._file.name}: message {key!r} or its value {error} is missing; add it") from error

    def counted(self, key: str, number: int, **values: Any) -> str:
        """The message for none, one or many: `key` with _none, _one or _many behind it."""
        return self.say(f"{key}_{('none', 'one')[number] if number in (0, 1) else 'many'}", **values)

    def all(self) -> dict[str, str]:
        """Every text without places, for the template."""
        return {key: text for key, text in self._texts.items() if "{" not in text}


def kept_together(name: str) -> str:
    """A name whose last two words never part at the end of a line."""
    head, blank, last = name.rpartition(" ")
    return f"{head}\u00a0{last}" if blank else name


def listed(names: list[str]) -> str:
    """ "a", "a và b", "a, b và c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} và {names[-1]}"


def shortened(text: str, most: int) -> str:
    """A text of others cut between words, with an ellipsis, where it is longer than `most` letters."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    return f"{plain[: most - 1].rpartition(' ')[0].rstrip(' ,;:.–-') or plain[: most - 1]}…"


def ended(text: str) -> str:
    """A text with a full stop at its end, unless it ends by itself."""
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."
