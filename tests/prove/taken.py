"""What is taken away of a mend, and the tests that must then turn red: one entry of the tables beside this file."""

from collections.abc import Sequence
from dataclasses import dataclass

ASSERTION = "an assertion"


@dataclass(frozen=True, slots=True)
class Edit:
    """One place as it is, and as it was before the mend; `now` stands exactly once in the file."""

    file: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Taken:
    """
    One mend without which something that is not so would be said again.

    Attributes:
        point: Number of the claim, with a letter of its own where there are several.
        what: What is so again without it.
        tests: Tests by their names, all of which must fail.
        ends_in: How they fail; the name of an exception of ours where that itself was the fault.
    """

    point: str
    what: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    ends_in: str = ASSERTION


def taken(
    point: str,
    what: str,
    place: tuple[str, str, str],
    *tests: str,
    also: Sequence[tuple[str, str, str]] = (),
    ends_in: str = ASSERTION,
) -> Taken:
    """
    An entry of one place, or of several that only together are the fault.

    Args:
        place: File, what stands there, what stood there before; code is named from the package on.
        tests: Named from the folder of tests on.
    """
    edits = tuple(_edit(*one) for one in (place, *also))
    return Taken(point, what, edits, tuple(f"tests/{one}" for one in tests), ends_in)


def _edit(file: str, now: str, before: str) -> Edit:
    is_ours = file.endswith(".py") and not file.startswith(("dags/", "setup/"))
    return Edit(f"plugins/resolution_monitor/{file}" if is_ours else file, now, before)
