"""make audit: licences that may not be there, parts that are not named, known vulnerabilities, and nobody to ask."""

import json
import sys
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from conftest import ROOT
from installation import free_port

sys.path.insert(0, str(ROOT / "setup"))
import audit

NOTICE = (ROOT / "NOTICE.md").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")


def metadata(**told: str | list[str]) -> Message:
    message = Message()
    for name, values in told.items():
        for value in [values] if isinstance(values, str) else values:
            message[name.replace("_", "-")] = value
    return message


def package(**told: str | list[str]) -> audit.Package:
    return audit.Package("made-up", "1.0", True, tuple(audit.licences_of(metadata(**told))))


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"License_Expression": "MIT"}, ""),
        ({"License_Expression": "BSD-3-Clause AND Zlib"}, ""),
        ({"License_Expression": "GPL-3.0-only OR Apache-2.0"}, ""),
        ({"License_Expression": "GPL-3.0-only"}, "leave it out"),
        ({"License_Expression": "MIT AND AGPL-3.0-or-later"}, "leave it out"),
        ({"License": "SSPL"}, "leave it out"),
        ({"License": "Business Source License 1.1"}, "leave it out"),
        ({"License_Expression": "LGPL-3.0-only"}, "name it in NOTICE.md"),
        ({"License": "MPL-2.0"}, "name it in NOTICE.md"),
        ({"Classifier": ["License :: OSI Approved :: GNU Affero General Public License v3"]}, "leave it out"),
        ({"Classifier": ["License :: OSI Approved :: GNU General Public License v2 (GPLv2)"]}, "leave it out"),
        ({"Classifier": ["License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"]}, "name it in"),
        (
            {
                "Classifier": [
                    "License :: OSI Approved :: Artistic License",
                    "License :: OSI Approved :: GNU General Public License (GPL)",
                ]
            },
            "",
        ),
        ({"License": "UNKNOWN"}, "tells no licence"),
        ({}, "tells no licence"),
    ],
    ids=[
        *("MIT", "BSD and Zlib", "GPL or Apache", "GPL only", "MIT and AGPL", "SSPL", "BUSL", "LGPL", "MPL"),
        *("AGPL", "GPL of a classifier", "LGPL of a classifier", "Artistic or GPL", "unknown", "none"),
    ],
)
def test_licences(told: dict[str, str | list[str]], problem: str):
    """
    Strong copyleft and no licence at all are told; of several the best may be chosen; the lesser ones must be named.
    """
    found = list(audit.licence_problems([package(**told)], NOTICE))

    assert bool(problem) == bool(found)
    assert all(problem in one for one in found)
    assert [] == list(audit.licence_problems([package(License="MPL-2.0")], "| made-up | MPL |"))


def test_lock_is_in_order():
    """
    Every package of the lock may be in an installation, and NOTICE.md names those that ask for it, and no others.
    """
    packages = audit.packages_of(LOCK)
    named = {line.split("|")[1].strip() for line in NOTICE.splitlines() if line.startswith("|")} - {"package", "---"}

    assert [] == list(audit.licence_problems(packages, NOTICE))
    assert named == {one.name for one in packages if one.licences and one.is_allowed and one.is_weak}
    assert len([one for one in packages if one.is_here]) > 150


class Advisories(BaseHTTPRequestHandler):
    """Knows two things against paramiko, on two pages, and nothing against anything else."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        results = [self._result(query) for query in asked]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"results": results}).encode())

    def _result(self, query: dict) -> dict:
        assert query["package"]["ecosystem"] == "PyPI"
        if query["package"]["name"] != "paramiko":
            return {}
        if "page_token" in query:
            return {"vulns": [{"id": "PYSEC-2"}]}
        return {"vulns": [{"id": "GHSA-1"}], "next_page_token": "more"}

    def log_message(self, *told: object) -> None:
        """Keeps still."""


@pytest.fixture
def advisories() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Advisories) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_what_is_known_is_told(advisories: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """
    A package with advisories against it ends the audit with 1 and is named with all of them.
    """
    monkeypatch.setenv("AUDIT_ADVISORIES", advisories)

    code = audit.main()

    assert 1 == code
    assert "GHSA-1, PYSEC-2" in capsys.readouterr().out


def test_nobody_to_ask_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """
    Where the advisories cannot be reached it says plainly that it did not look, and never that nothing is known.
    """
    monkeypatch.setenv("AUDIT_ADVISORIES", f"http://127.0.0.1:{free_port()}")

    code = audit.main()

    out = capsys.readouterr().out
    assert 0 == code
    assert "NOT LOOKED AT" in out
    assert "known vulnerabilities" not in out
