"""Types hold in all of our code: a test like others, so that it runs beside them."""

import os
import subprocess
import sys

from conftest import ROOT


def test_types_hold():
    """
    mypy --strict finds nothing.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    command = [sys.executable, "-m", "mypy"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr
