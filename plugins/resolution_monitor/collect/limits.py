"""What a process gives away before it meets untrusted bytes: memory, rights, files, time."""

import codecs
import os
import resource
import signal

NOBODY = 65534


def confine(memory_bytes: int, *, file_bytes: int = 0) -> None:
    """
    Limit this process; as root it becomes nobody. What it imports later must be readable to nobody.

    Args:
        file_bytes: The longest file it may write.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "cp1258", "cp437"):
        codecs.lookup(encoding)  # Python loads them at first use, which nobody may not do below a closed folder
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def limit_time(seconds: float) -> None:
    """Let the work at hand use so much of CPU; past it the timer's signal ends the process."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
