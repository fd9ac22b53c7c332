"""A child whose work remembers, dies or never ends: how test_sandbox sees that forks forget. Not of the product."""

import os
import sys

from resolution_monitor.sandbox.confine import Needs
from resolution_monitor.sandbox.forks import serve

_met: list[bytes] = []


def work(frame: dict[str, str], content: bytes) -> bytes:
    _met.append(content)
    if frame["do"] == "say too much":
        os.write(1, b"4\nfake")
    if frame["do"] == "wait":
        sys.stdin.buffer.read(1)
    if frame["do"] == "die":
        raise RuntimeError("as told")
    while frame["do"] == "never end":
        os.getpid()
    return b"|".join(_met)


if __name__ == "__main__":
    serve(work, Needs(1 << 30), seconds=float(sys.argv[1]), allows_unprotected=False)
