"""What is laid into inboxes, stretch by stretch: made-up reports, and files that are refused or of nobody we know."""

import os
from dataclasses import dataclass
from pathlib import Path

from prove.kills_account import Place

from resolution_monitor.period import parse_period
from resolution_monitor.pipeline.sample import write_sample
from resolution_monitor.settings import from_environment

MONTHS = ("2026-09", "2026-10")
STRETCHES = 2 * len(MONTHS)
BODIES = ("BYT", "BTC", "BCT", "BNV", "BKHCN", "BTP", "VPTW", "DUCP")
_LAID_AT = 1_764_000_000  # a file that nobody told when it came bears this time


@dataclass(frozen=True, slots=True)
class Ground:
    """Files in the order in which they came."""

    source: Path
    files: tuple[Path, ...]

    def lay(self, place: Place, stretch: int) -> str:
        """The next files into a place's inbox; the month that they are briefed for."""
        size = -(-len(self.files) // STRETCHES)
        chosen = self.files[stretch * size : (stretch + 1) * size]
        odd = tuple(path for path in self.source.glob(f"*/odd-{stretch}.*"))
        place.lay(iter((self.source / "received.csv", *chosen, *odd)), self.source)
        return MONTHS[stretch // 2]


def lay_ground(work: Path) -> Ground:
    """Reports of some bodies, with the sample's own faults, and in every stretch a refused file and a stranger's."""
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(work)})
    months = parse_period(MONTHS[0]), parse_period(MONTHS[-1])
    made = write_sample(settings, *months, seed=1, folder=work / "sample", agency_ids=BODIES)
    source = work / "sample" / "inbox"
    for stretch in range(STRETCHES):
        for name, content in ((f"BYT/odd-{stretch}.xlsx", b"no workbook"), (f"XYZ/odd-{stretch}.csv", b"a,b\n")):
            (source / name).parent.mkdir(exist_ok=True)
            (source / name).write_bytes(content + str(stretch).encode())
            os.utime(source / name, (_LAID_AT + stretch, _LAID_AT + stretch))
    files = sorted(made.files, key=lambda file: (file["received_at"], file["path"]))
    return Ground(source, tuple(source / file["path"] for file in files))
