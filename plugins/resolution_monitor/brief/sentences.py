"""Sentences are messages with figures put in; the words live in messages.<language>.yaml, the numbers never do."""

import copy
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from resolution_monitor.errors import RenderError
from resolution_monitor.wording import VIETNAMESE

# What a file of messages holds beside sentences: words by code, units, the official head, the workbook's labels.
SECTIONS = ("words", "units", "head", "workbook")


class Messages:
    """The texts of one report in one language: those that reports share, below its own."""

    def __init__(self, files: Sequence[Path], language: str = VIETNAMESE) -> None:
        """
        Args:
            files: The report's own last; a text of a later file takes the place of an earlier one's.
        """
        self.language = language
        self._place = "/".join(files[-1].parts[-2:])
        whole: dict[str, Any] = {}
        for file in files:
            whole = _merged(whole, _composed(yaml.safe_load(file.read_text(encoding="utf-8")) or {}))
        self._sections = {name: whole.pop(name, {}) for name in SECTIONS}
        self._texts: dict[str, str] = whole
        self._given: Mapping[str, str] = {}

    def given(self, words: Mapping[str, str]) -> "Messages":
        """The same texts, with these places filled wherever a text names them: what others set, such as limits."""
        filled = copy.copy(self)
        filled._given = {**self._given, **words}
        return filled

    def say(self, key: str, **values: Any) -> str:
        """
        The message with its places filled.

        Raises:
            RenderError: The message or one of its values is missing.
        """
        text = self._found(self._texts, key, "message")
        try:
            return self._filled(text).format(**values)
        except KeyError as error:
            raise RenderError(
                f"{self._place}: message {key!r} names {error}, which nobody gives it; mend it"
            ) from error

    def counted(self, key: str, number: int, **values: Any) -> str:
        """The message for none, one or many: `key` with _none, _one or _many behind it."""
        return self.say(f"{key}_{('none', 'one')[number] if number in (0, 1) else 'many'}", **values)

    def listed(self, names: list[str]) -> str:
        """ "a", "a và b", "a, b và c"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("listed_last", names=", ".join(names[:-1]), last=names[-1])

    def word(self, words: str, code: str) -> str:
        """A code as its readers know it, from the list of that name under `words`."""
        return self._filled(self._found(self._found(self._sections["words"], words, "words"), code, f"words.{words}"))

    def unit(self, unit: str) -> str:
        """A unit of the catalogue or of a figure; both are Vietnamese of themselves."""
        return unit if self.language == VIETNAMESE else str(self._found(self._sections["units"], unit, "units"))

    def head(self, key: str) -> Any:
        """A text, or a list of texts, of the official head."""
        return self._found(self._sections["head"], key, "head")

    def workbook(self, *path: str) -> str:
        """A label of the workbook, such as its title, or "sheets", "owed", "name"."""
        found: Any = self._sections["workbook"]
        for depth, key in enumerate(path):
            found = self._found(found, key, ".".join(("workbook", *path[:depth])))
        return self._filled(found)

    def column(self, table: str, key: str) -> str:
        """The heading of a column: what its sheet says, else what all sheets say."""
        own = self._sections["workbook"].get("sheets", {}).get(table, {}).get("columns", {})
        return self._filled(own[key]) if key in own else self.workbook("columns", key)

    def all(self) -> dict[str, str]:
        """Every text without places that are still open, for the template."""
        texts = {key: self._filled(text) for key, text in self._texts.items()}
        return {key: text for key, text in texts.items() if "{" not in text}

    def _filled(self, text: Any) -> str:
        return re.sub(r"\{(\w+)\}", lambda place: self._given.get(place[1], place[0]), str(text))

    def _found(self, texts: dict[str, Any], key: str, what: str) -> Any:
        if key not in texts:
            raise RenderError(f"{self._place}: {what} {key!r} is missing; add it there, or to the texts reports share")
        return texts[key]


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Both, section by section; where both have a text, that of `above`."""
    both = below.keys() & above.keys()
    nested = {key: _merged(below[key], above[key]) for key in both if isinstance(above[key], dict)}
    return {**below, **above, **nested}


def _composed(value: Any) -> Any:
    """Texts composed (NFC), keys as texts: YAML reads 57 as a number."""
    if isinstance(value, dict):
        return {str(key): _composed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_composed(inner) for inner in value]
    return unicodedata.normalize("NFC", str(value))


def kept_together(name: str) -> str:
    """A name whose last two words never part at the end of a line."""
    head, blank, last = name.rpartition(" ")
    return f"{head}\u00a0{last}" if blank else name


def shortened(text: str, most: int) -> str:
    """A text of others cut between words, with an ellipsis, where it is longer than `most` letters."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    return f"{plain[: most - 1].rpartition(' ')[0].rstrip(' ,;:.–-') or plain[: most - 1]}…"


def first_sentence(text: str, most: int) -> str:
    """
    The first sentence of a text of others, or its first clause where the sentence is longer than `most` letters.

    Empty where that is too long, too: what is whole is printed, and nothing is cut.
    """
    plain = " ".join(text.split())
    for ends in (r"(?<=[.!?])\s", r"[;.!?]\s", r"[,;:]\s"):
        first = re.split(ends, plain)[0].rstrip(" ,;:")
        if len(first) <= most:
            return first
    return ""


def ended(text: str) -> str:
    """A text with a full stop at its end, unless it ends by itself."""
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."
