"""The page of what was proved: each part of `make prove` puts its tables under its own heading."""

from collections.abc import Sequence
from pathlib import Path


def write_part(page: Path, title: str, words: str, lines: Sequence[str]) -> None:
    """Put the lines under their heading; what other parts wrote stays."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# What was proved\n\nWritten by `make prove`.\n"
    before, _, rest = text.partition(f"\n{title}\n")
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    body = "\n".join(lines)
    page.write_text(f"{before.rstrip()}\n\n{title}\n{words}\n\n{body}\n{after}", encoding="utf-8")
