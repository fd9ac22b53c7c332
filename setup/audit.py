"""Looks at what the lock brings in: its licences, and what the public advisory database knows against it.

`make audit`. Ends with 1 where a licence may not be in an installation, a part is missing from NOTICE.md, or a package
has a known vulnerability; where the advisories cannot be reached it says so, and judges the rest.
"""

import importlib.metadata
import json
import os
import re
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# https://google.github.io/osv.dev/post-v1-querybatch/; AUDIT_ADVISORIES names a mirror of it.
ADVISORIES = "https://api.osv.dev"
_SECONDS = 20
_MOST_PAGES = 20
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\\n]*))?", re.MULTILINE)
# What may not be in an installation: whoever hands it on would have to give away more than we may.
_STRONG = re.compile(
    r"affero|\bagpl|(?<!l)\bgpl|general public license|sspl|server side public|busl|business source|commons clause|"
    r"non-?commercial|\bcc-by-nc|proprietary|other/proprietary",
    re.IGNORECASE,
)
_LESSER = re.compile(r"\blgpl|lesser|library general", re.IGNORECASE)
# What may be there, and must be named in NOTICE.md.
_WEAK = re.compile(
    r"\blgpl|lesser|library general|\bmpl\b|\bmpl-|mozilla|\bepl\b|\bepl-|eclipse public|cddl", re.IGNORECASE
)
_LONGEST_NAME = 100  # of a licence; what is longer is its text


@dataclass(frozen=True, slots=True)
class Package:
    """
    One package of the lock.

    Attributes:
        licences: Each of them is enough: whoever uses the package chooses one. Empty where it tells none, or is not
            installed here.
    """

    name: str
    version: str
    is_here: bool
    licences: tuple[str, ...]

    @property
    def is_allowed(self) -> bool:
        return any(is_allowed(one) for one in self.licences)

    @property
    def is_weak(self) -> bool:
        """Whether it can only be had under a licence that asks to be named."""
        return all(_WEAK.search(one) for one in self.licences if is_allowed(one))


def is_allowed(licence: str) -> bool:
    """Whether every part of a licence may be in an installation."""
    parts = re.split(r"\s+and\s+", licence.strip("() "), flags=re.IGNORECASE)
    return not any(_STRONG.search(part) and not _LESSER.search(part) for part in parts)


def packages_of(lock: str) -> list[Package]:
    """What the lock names, with what each installed package says of its licence."""
    here = {plain(found.name): found for found in importlib.metadata.distributions()}
    told = []
    for name, version, _ in _PINNED.findall(lock):
        found = here.get(plain(name))
        licences = licences_of(found.metadata) if found else ()
        told.append(Package(plain(name), version, found is not None, tuple(licences)))
    return told


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licences_of(metadata: "importlib.metadata.PackageMetadata") -> list[str]:
    """Those of its expression; of an older package its licence line and its classifiers."""
    expression = metadata.get("License-Expression")
    if expression:
        return re.split(r"\s+OR\s+", expression.strip("() "))
    line = ((metadata.get("License") or "").strip().splitlines() or [""])[0]
    classified = [
        one.rpartition(" :: ")[2] for one in metadata.get_all("Classifier") or [] if one.startswith("License")
    ]
    named = [line] if line and len(line) <= _LONGEST_NAME and line.upper() != "UNKNOWN" else []
    return [one for one in (*classified, *(named if not classified else ())) if one != "OSI Approved"]


def licence_problems(packages: Sequence[Package], notice: str) -> Iterator[str]:
    """A sentence for each package that may not be there, tells no licence, or is named nowhere."""
    for one in packages:
        if not one.is_here:
            continue  # for another system or Python
        if not one.licences:
            yield f"{one.name} {one.version} tells no licence: read its text, and leave it out if there is none"
        elif not one.is_allowed:
            yield f"{one.name} {one.version} is under {' or '.join(one.licences)}: leave it out"
        elif one.is_weak and not re.search(rf"\|\s*{re.escape(one.name)}\s*\|", notice):
            yield f"{one.name} {one.version} is under {' or '.join(one.licences)}: name it in NOTICE.md"


def known_vulnerabilities(packages: Sequence[Package], address: str) -> dict[str, list[str]]:
    """
    Package and version -> what the advisories call it.

    Raises:
        OSError: The advisories cannot be reached.
        ValueError: They answer something else.
    """
    asked: dict[str, dict[str, object]] = {
        f"{one.name} {one.version}": {"package": {"name": one.name, "ecosystem": "PyPI"}, "version": one.version}
        for one in packages
    }
    found: dict[str, list[str]] = {}
    for _ in range(_MOST_PAGES):
        if not asked:
            break
        results = _answer(f"{address}/v1/querybatch", {"queries": list(asked.values())})["results"]
        more = {}
        for (name, query), result in zip(asked.items(), results, strict=True):
            if result.get("vulns"):
                found.setdefault(name, []).extend(one["id"] for one in result["vulns"])
            if result.get("next_page_token"):
                more[name] = {**query, "page_token": result["next_page_token"]}
        asked = more
    return found


def _answer(address: str, question: Mapping[str, object]) -> dict[str, list[dict[str, object]]]:
    asked = urllib.request.Request(  # noqa: S310 - our own address, or what the caller names
        address, json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=_SECONDS) as answered:  # noqa: S310
        told = json.load(answered)
    if not isinstance(told, dict) or not isinstance(told.get("results"), list):
        raise ValueError(f"{address} answers no list of results")
    return told


def main() -> int:
    packages = packages_of((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    problems = list(licence_problems(packages, (ROOT / "NOTICE.md").read_text(encoding="utf-8")))
    here = [one for one in packages if one.is_here]
    print(f"licences: {len(here)} of {len(packages)} packages of the lock are installed here; {len(problems)} problems")
    weak = [one.name for one in here if one.licences and one.is_allowed and one.is_weak]
    print(f"          under the LGPL, the MPL and their like: {', '.join(weak)} (NOTICE.md)")
    address = os.environ.get("AUDIT_ADVISORIES", ADVISORIES).rstrip("/")
    try:
        known = known_vulnerabilities(packages, address)
    except (OSError, ValueError, KeyError) as error:
        print(f"advisories: NOT LOOKED AT: {address} cannot be asked ({error}); run it again where it can be reached")
        known = {}
    else:
        print(f"advisories: {address} was asked for {len(packages)} packages; {len(known)} have known vulnerabilities")
    problems += [f"{name}: {', '.join(ids)} (https://osv.dev/{ids[0]})" for name, ids in sorted(known.items())]
    for problem in problems:
        print(f"PROBLEM   {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
