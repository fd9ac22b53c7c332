"""One run of the third stage over a month, in a process of its own, for the benchmark of growth."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from growth_history import LAST, NOW

from resolution_monitor.pipeline import open_context
from resolution_monitor.pipeline.score import score
from resolution_monitor.settings import from_environment

if __name__ == "__main__":
    settings = replace(from_environment(os.environ), root=Path(sys.argv[1]))
    with open_context(settings, NOW) as context:
        sys.stdout.write(f"{score(context, 'resolutions_month', LAST)}\n")
