"""Lets the three children attack, as whoever runs this; prints JSON. Called by test_sandbox as other users.

Arguments: `open` for a process that gave up nothing, `page` for the hash of a page, `closed` for the children, then
what the kernel shall lack.
"""

import ctypes
import errno
import hashlib
import json
import os
import sys
from dataclasses import asdict

from resolution_monitor.brief.render_pdf import render_pdf
from resolution_monitor.errors import SettingsError
from resolution_monitor.pipeline.children import attacked_children
from resolution_monitor.sandbox import call_filter
from resolution_monitor.sandbox.attacks import tried_attacks
from resolution_monitor.sandbox.bait import laid_bait
from resolution_monitor.sandbox.kernel import Prctl, prctl
from resolution_monitor.settings import PROJECT_ROOT, from_environment

_PRCTL = {"x86_64": 157, "aarch64": 167}[os.uname().machine]
_LANDLOCK, _CREATE_RULESET = range(444, 447), 444
_SETGROUPS = {"x86_64": 116, "aarch64": 159}[os.uname().machine]


def unprotected() -> dict[str, str]:
    """The same attacks by a process that gave up nothing: they work, so that a refusal means something."""
    with laid_bait() as bait:
        answers, told = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(told, json.dumps(tried_attacks(bait)).encode())
            os._exit(0)
        os.waitpid(child, 0)
        outcome: dict[str, str] = json.loads(os.read(answers, 1 << 16))
        return outcome


def take_away(lacking: set[str]) -> None:
    """Let the kernel look, to us and all we start, like one without these."""
    load, equal, end, allow, kill = 0x20, 0x15, 0x06, 0x7FFF0000, 0x80000000
    absent = 0x00050000 | errno.ENOSYS
    program = [(load, 0, 0, 0)]
    if "landlock" in lacking:
        program += [part for number in _LANDLOCK for part in ((equal, 0, 1, number), (end, 0, 0, absent))]
    if "touching landlock" in lacking:
        program += [(equal, 0, 1, _CREATE_RULESET), (end, 0, 0, kill)]
    if "setgroups" in lacking:
        program += [(equal, 0, 1, _SETGROUPS), (end, 0, 0, 0x00050000 | errno.EPERM)]
    if "seccomp" in lacking:
        told = 0x00050000 | errno.EINVAL
        program += [(equal, 0, 4, _PRCTL), (load, 0, 0, 16), (equal, 0, 1, Prctl.SET_SECCOMP), (end, 0, 0, told)]
        program += [(end, 0, 0, allow)]
    words = b"".join(map(call_filter._packed, [*program, (end, 0, 0, allow)]))
    whole = call_filter.Program(len(words) // 8, words)
    prctl(Prctl.SET_NO_NEW_PRIVS, 1)
    prctl(Prctl.SET_SECCOMP, 2, ctypes.addressof(whole))


def rendered() -> str:
    """The hash of a page."""
    head = '<head><title>x</title><link rel="stylesheet" href="print.css"></head>'
    html = f'<html lang="vi">{head}<body><p>Tiến độ <b>95,5 %</b> <i>chậm</i> 😀</p></body></html>'
    pdf = render_pdf(html, PROJECT_ROOT / "report_templates" / "_shared", "abc")
    return hashlib.sha256(pdf).hexdigest()


def main() -> None:
    if sys.argv[1] in ("open", "page"):
        sys.stdout.write(json.dumps(unprotected() if sys.argv[1] == "open" else rendered()))
        return
    if sys.argv[2:]:
        take_away(set(sys.argv[2:]))
    settings = from_environment({**os.environ, "RESOLUTION_MONITOR_HOME": "/nonexistent/state"})
    try:
        found = attacked_children(settings)
    except SettingsError as error:
        sys.stdout.write(json.dumps({"refused": str(error)}))
        return
    told = {kind: {"protections": asdict(one.protections), "attacks": one.attacks} for kind, one in found.items()}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
