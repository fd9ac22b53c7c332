"""Part of `make prove`: two hundred random histories of the ledger, each asked again and again what stood when."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "prove")]

from ledger_histories import History, permuted_alike  # noqa: E402 - beside the tests
from prove_demonstration import _server, _settings  # noqa: E402

from resolution_monitor.pipeline import Context, open_context, prepare  # noqa: E402

TITLE = "## Ledger"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
# Every so manieth history is played a second time with the files of its bodies loaded in another order.
_PERMUTED = 8
_SHOWN = (
    *("files", "closed answers", "readings again", "retractions", "waivers", "reopenings", "catalogue changes"),
    *("superseded and taken back", "refused decisions", "old answers asked again", "orders of loading", "checks"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=200, help="how many, from seed 1 on")
    parser.add_argument("--steps", type=int, default=12, help="how many things happen in each")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the table goes into")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    broken: list[str] = []
    started = time.monotonic()
    with _server() as place, tempfile.TemporaryDirectory(prefix="prove-ledger-") as folder:
        settings = _settings(place, Path(folder))
        prepare(settings, NOW)
        with open_context(settings, NOW) as context:
            for seed in range(1, asked.histories + 1):
                broken += [f"seed {seed}: {sentence}" for sentence in _play(context, seed, asked.steps, counts)]
                if seed % 20 == 0:
                    _say(f"seed {seed}: {len(broken)} broken, {time.monotonic() - started:.0f} s")
    table = _table(counts, broken)
    _say("\n".join([*table, *broken]))
    what = (
        f"Seeds 1 to {asked.histories}, {asked.steps} steps each; every {_PERMUTED}th also in another order of loading"
    )
    _write(asked.proof, what, table)
    return int(bool(broken))


def _play(context: Context, seed: int, steps: int, counts: Counter[str]) -> list[str]:
    outcome = History(context, seed).play(steps)
    counts.update(outcome.counts)
    counts["old answers asked again"] += len(outcome.seen)
    counts["closed answers"] += _closed(context)
    if seed % _PERMUTED:
        return outcome.broken
    counts["orders of loading"] += 1
    counts["checks"] += 1
    alike = permuted_alike(context, seed, steps)
    return outcome.broken if alike else [*outcome.broken, "another order of loading gives another ledger"]


def _closed(context: Context) -> int:
    with context.database.transaction() as connection:
        found = connection.exec_driver_sql("select count(*) from answer_as_known(null, null) where is_closed")
        return int(found.scalar_one())


def _table(counts: Counter[str], broken: Sequence[str]) -> list[str]:
    rows = [f"| {name} | {counts[name]} |" for name in _SHOWN]
    return ["| what happened | how often |", "|---|--:|", *rows, f"| checks that did not hold | {len(broken)} |"]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _write(page: Path, what: str, table: Sequence[str]) -> None:
    """Put the table under its heading; what other parts wrote stays."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# What was proved\n\nWritten by `make prove`.\n"
    before, _, rest = text.partition(f"\n{TITLE}\n")
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    words = (
        "Checked: rates within 0 and 1 at every level; an obligation in one row of each level; nothing owed twice "
        "across a merger; what was answered for an instant is answered so again at the end; a file superseded and "
        "taken back leaves everything as it was; files of different bodies loaded in another order give the same "
        "ledger."
    )
    lines = "\n".join(table)
    page.write_text(f"{before.rstrip()}\n\n{TITLE}\n{what}. {words}\n\n{lines}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
