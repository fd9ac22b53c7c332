"""When Airflow first runs a DAG that it has just met: at the next tick, never at one that is past."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from conftest import ROOT

# Just after a tick of each kind: of a day, of a month (day 12, and three days later), of a year, and across New Year.
MOMENTS = [
    "2026-11-12T00:01:00+00:00",
    "2026-11-13T04:00:00+00:00",
    "2026-11-14T23:59:00+00:00",
    "2026-08-01T00:01:00+00:00",
    "2026-09-05T12:00:00+00:00",
    "2026-12-31T17:00:30+00:00",
    "2027-01-01T00:15:01+00:00",
    "2026-11-30T19:00:01+00:00",
    "2026-11-30T23:30:01+00:00",
]


def test_no_dag_begins_with_a_tick_that_is_past(tmp_path: Path):
    """
    Whenever an installation is started, every DAG waits for the tick that comes next, and the doctor names that tick.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{tmp_path / 'metadata.db'}",
        "PYTHONPATH": str(ROOT / "plugins"),
    }
    script = ROOT / "tests" / "dags" / "next_runs.py"
    done = subprocess.run(
        [sys.executable, str(script), str(ROOT / "dags"), *MOMENTS],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    first = json.loads(done.stdout.strip().splitlines()[-1])
    past = [
        key for key, ticks in first.items() if datetime.fromisoformat(ticks[0]) < datetime.fromisoformat(key.split()[1])
    ]

    assert [] == past
    assert [] == [key for key, (run_at, *told) in first.items() if told[0] != run_at or not told[0] < told[1]]
    assert len(MOMENTS) * 6 == len(first)
