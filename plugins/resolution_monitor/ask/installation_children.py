"""Are the processes that meet foreign bytes closed in? What their attacks on bait came to, in a sentence a child."""

from collections.abc import Sequence

from resolution_monitor.ask.installation import Verdict

_CHECK = "sandbox"
_WHAT_TO_DO = (
    "use a kernel with seccomp and Landlock (Linux 5.13 or later, enabled at boot), and a container or unit that does "
    "not forbid them"
)


def child_verdict(kind: str, held_by: str, succeeded: Sequence[str]) -> Verdict:
    """
    Whether anything that a taken-over child tried worked.

    Args:
        kind: Which child.
        held_by: What protects it, as the kernel told.
        succeeded: The attacks that worked.
    """
    if succeeded:
        tried = ", ".join(succeeded)
        return Verdict(_CHECK, False, f"{kind} ({held_by}) can do what it must not: {tried}", _WHAT_TO_DO)
    return Verdict(_CHECK, True, f"{kind}: files, network, processes closed ({held_by})")


def unprotected_verdict(trouble: str) -> Verdict:
    """The children refuse to work, or do not start."""
    return Verdict(_CHECK, False, trouble, _WHAT_TO_DO)
