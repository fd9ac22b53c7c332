"""A plugin of pytest that writes down how each test ended: by an assertion, by what exception, or before it began."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prove.taken import ASSERTION

FILE_OF_OUTCOMES = "FILE_OF_OUTCOMES"
PASSED, BEFORE_IT_BEGAN = "passed", "error"
_found: dict[str, tuple[str, str]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """A failure counts as one of the test only where the test itself was under way."""
    report = yield
    if call.excinfo is None:
        if call.when == "call":
            _found.setdefault(item.nodeid, (PASSED, ""))
        return report
    words = str(call.excinfo.value).strip().partition("\n")[0]
    _found[item.nodeid] = (_kind(call), words)
    return report


def _kind(call: pytest.CallInfo[None]) -> str:
    if call.when != "call" or call.excinfo is None:
        return BEFORE_IT_BEGAN
    is_claim = issubclass(call.excinfo.type, (AssertionError, pytest.fail.Exception))
    return ASSERTION if is_claim else call.excinfo.type.__name__


def pytest_sessionfinish() -> None:
    Path(os.environ[FILE_OF_OUTCOMES]).write_text(json.dumps(_found), encoding="utf-8")
