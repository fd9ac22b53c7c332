"""Where the figures of a benchmark go: the terminal, and a part of a page that is written anew."""

import sys
from collections.abc import Sequence
from pathlib import Path


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_part(page: Path, title: str, lines: Sequence[str]) -> None:
    """Put lines under a heading of the second level in place of what stood there."""
    before, _, rest = page.read_text(encoding="utf-8").partition(f"{title}\n")
    after = rest.partition("\n## ")[2]
    part = f"{title}\n\n" + "\n".join(lines) + "\n"
    page.write_text(before + part + (f"\n## {after}" if after else ""), encoding="utf-8")
