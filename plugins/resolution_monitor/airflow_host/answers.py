"""Questions to Airflow, answered in a child process: one JSON object in, one out. Its own words go to standard error.

Whoever asks stays free of Airflow, which takes seconds to import and memory to keep.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from resolution_monitor.airflow_host.processes import bound_to_us
from resolution_monitor.errors import ServicesError, storage_error

_LOOK_SECONDS = 0.2
_LIMIT_SECONDS = 600.0

Request = Mapping[str, Any]


def ask_airflow(
    request: Request, environment: Mapping[str, str], words: Path, stopped: Callable[[], bool] = lambda: False
) -> dict[str, Any]:
    """
    Ask one question.

    Args:
        request: `question` names one of those in main, `purpose` says it in words, the rest are its
            arguments. A password travels only here, never on a command line.
        words: File that takes what Airflow says beside the answer.
        stopped: Whether to give up; asked several times a second.

    Raises:
        ServicesError: Airflow gave no answer.
    """
    try:
        words.parent.mkdir(parents=True, exist_ok=True)
        log = words.open("ab")
    except OSError as error:
        raise storage_error(words, error) from error
    with log:
        child = subprocess.Popen(
            [sys.executable, "-m", "resolution_monitor.airflow_host.answers"],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            preexec_fn=bound_to_us(),
        )
        answer = _answer_of(child, json.dumps(request).encode(), stopped)
    if child.returncode or answer is None:
        raise ServicesError(f"Airflow could not {request['purpose']}; its words are in {words}")
    return answer


def _answer_of(child: subprocess.Popen[bytes], request: bytes, stopped: Callable[[], bool]) -> dict[str, Any] | None:
    deadline = time.monotonic() + _LIMIT_SECONDS
    unsent: bytes | None = request
    while True:
        try:
            output, _ = child.communicate(unsent, timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            unsent = None  # it is on its way
            if not stopped() and time.monotonic() < deadline:
                continue
            child.kill()
            child.communicate()
            return None
        return dict(json.loads(output)) if output else None


def main() -> int:
    """The child: reads the question, answers it on what was its standard output."""
    from resolution_monitor.airflow_host.accounts import create_first_account, reset_password
    from resolution_monitor.airflow_host.examine_airflow import examine

    answer_to = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # Airflow prints; only the answer goes to whoever asked
    questions: dict[str, Callable[..., dict[str, Any]]] = {
        "prepare": create_first_account,
        "reset_password": reset_password,
        "examine": examine,
    }
    request = json.load(sys.stdin)
    request.pop("purpose")
    answer = questions[request.pop("question")](**request)
    with answer_to:
        json.dump(answer, answer_to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
