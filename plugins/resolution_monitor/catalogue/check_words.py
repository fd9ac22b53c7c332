"""What checks say in languages beside Vietnamese: catalogue/checks.<xx>.yaml, texts and nothing else."""

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from resolution_monitor.catalogue.entries import Check, CheckWords

PATTERN = "checks.*.yaml"
# Every finding has these, be it as words that say they are not known.
_ALWAYS = {"sheet", "cell", "value"}

Files = Mapping[str, Mapping[str, Any]]


def with_words(checks: Mapping[str, Check], files: Files) -> dict[str, Check]:
    """
    The checks with what they say in each language.

    Args:
        files: Content of each language's file by its name, such as checks.en.yaml; what it leaves out stays Vietnamese.
    """
    said: dict[str, dict[str, CheckWords]] = {}
    for name, content in files.items():
        for code, words in content["checks"].items():
            said.setdefault(code, {})[_language(name)] = CheckWords(**words)
    return {code: replace(check, words=said[code]) if code in said else check for code, check in checks.items()}


def problems_of_words(entries: Iterable[Mapping[str, Any]], files: Files) -> Iterator[str]:
    """
    What is wrong with the files: texts of no check, and places that nothing fills.

    Args:
        entries: Of checks.yaml, as they stand.
    """
    checks = {entry["check"]: entry for entry in entries}
    for name, content in files.items():
        for code, words in content["checks"].items():
            if code not in checks:
                yield f"catalogue/{name}: entry {code!r}: checks.yaml has no such check; correct the name"
                continue
            known = _ALWAYS | _places(checks[code]["text"], checks[code]["action"])
            for place in sorted(_places(words["text"], words["action"]) - known):
                yield f"catalogue/{name}: entry {code!r}: {{{place}}} is none of its Vietnamese text"


def _language(name: str) -> str:
    return name.split(".")[1]


def _places(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
