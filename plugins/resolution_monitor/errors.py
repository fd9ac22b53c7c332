"""What we cannot go on from: one exception per kind, each with its exit code and one sentence for the operator.

What an agency got wrong is never raised; it is a Finding.
"""

import errno
from pathlib import Path

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class ResolutionMonitorError(Exception):
    """
    Base of every error that ends a command with a sentence; a bug is anything else and exits with 1.

    Attributes:
        may_pass: Whether it may be over in some minutes, so that Airflow does well to try the task again.
    """

    exit_code = 1
    may_pass = False


class CatalogueError(ResolutionMonitorError):
    """
    Entries under catalogue/ are wrong; ours to mend.

    Attributes:
        problems: One sentence each: file, entry, what was found, what to do.
    """

    exit_code = 10

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class SettingsError(ResolutionMonitorError):
    """An environment variable or the machine itself does not allow the run."""

    exit_code = 11


class DatabaseError(ResolutionMonitorError):
    """PostgreSQL cannot be reached, started or used."""

    exit_code = 20
    may_pass = True


class ConnectionLostError(DatabaseError):
    """PostgreSQL ended, or was ended, while it was at work for us; a question may be asked again once it is back."""


class StorageError(ResolutionMonitorError):
    """A disk is full or a folder cannot be written."""

    exit_code = 21
    may_pass = True


class BusyError(ResolutionMonitorError):
    """The same run is already under way."""

    exit_code = 22
    may_pass = True


class InboxError(ResolutionMonitorError):
    """The inbox is missing, empty or unreadable."""

    exit_code = 30


class EmptyInboxError(InboxError):
    """Nothing lies in the inbox, and nothing ever did: whoever only looks whether something came has nothing to do."""


class ChannelError(InboxError):
    """The server of the inbox or the outbox cannot be reached, or broke off; it may answer again."""

    may_pass = True


class PeriodError(ResolutionMonitorError):
    """The period is not one of the report's, or lies in the future."""

    exit_code = 31


class NothingToReportError(ResolutionMonitorError):
    """Nothing is known of what was asked: no usable figure or file of the period, or nothing owed for it."""

    exit_code = 32


class LedgerError(ResolutionMonitorError):
    """The ledger knows no such body, item or obligation, or a decision comes without reason or author."""

    exit_code = 33


class ReaderError(ResolutionMonitorError):
    """A process of ours that reads files died; files themselves are met by a child whose death is a finding."""

    exit_code = 34
    may_pass = True


class PurgeError(ResolutionMonitorError):
    """There is no such submission to purge, or the order comes without reason or name."""

    exit_code = 36


class RenderError(ResolutionMonitorError):
    """The PDF or the workbook could not be made."""

    exit_code = 40


class SigningError(ResolutionMonitorError):
    """An edition cannot be signed as it is, or its signed file is not what was signed."""

    exit_code = 42


class IssueError(ResolutionMonitorError):
    """An edition cannot be issued as ordered: its number, its period or what it says stands against it."""

    exit_code = 41


class AirflowRunError(ResolutionMonitorError):
    """Airflow did not end the run as success, and no error of ours says why."""

    exit_code = 50


class ServicesError(ResolutionMonitorError):
    """One of Airflow's services ended again and again, or could not be prepared."""

    exit_code = 51


# Not errors of ours: doctor and verify did their work and found what somebody must mend.
DOCTOR_FOUND_PROBLEMS = 60
VERIFY_FOUND_PROBLEMS = 61

# Nor this: `./monitor check` did its work, and a row of the file would not go in.
CHECK_FOUND_PROBLEMS = 62
# Nor this: `./monitor read` says under which code it refuses a file.
FILE_REFUSED = 63

EXIT_CODES: dict[int, str] = {
    0: "done",
    1: "a worked case differs, or a bug: please report it with the log named on the last line",
    2: "the command line was not understood",
    CatalogueError.exit_code: "catalogue/ holds a wrong entry",
    SettingsError.exit_code: "a setting, or the machine, does not allow the run",
    DatabaseError.exit_code: "the database cannot be reached or used",
    StorageError.exit_code: "a disk is full or a folder cannot be written",
    BusyError.exit_code: "the same run, or the same installation, is already under way",
    InboxError.exit_code: "the inbox is missing, empty or out of reach",
    PeriodError.exit_code: "the period is unknown or has not come yet",
    NothingToReportError.exit_code: "nothing is known of what was asked: no usable figure or file, or nothing owed",
    LedgerError.exit_code: "the ledger knows no such body, item or obligation, or the reason or author is empty",
    ReaderError.exit_code: "a process that reads files was ended from outside",
    PurgeError.exit_code: "there is no such submission to purge, or the reason or the name is empty",
    RenderError.exit_code: "the PDF or the workbook could not be made",
    SigningError.exit_code: "an edition cannot be signed, or its signature does not hold",
    IssueError.exit_code: "an edition cannot be issued as ordered",
    AirflowRunError.exit_code: "Airflow did not end the run as success",
    ServicesError.exit_code: "Airflow's services could not be kept running",
    DOCTOR_FOUND_PROBLEMS: "the doctor found something to mend",
    VERIFY_FOUND_PROBLEMS: "a kept file changed or is lost, or a purge is not finished",
    CHECK_FOUND_PROBLEMS: "the file checked holds rows that would not go in",
    FILE_REFUSED: "the file is refused; the answer says under which code",
    130: "stopped from the keyboard",
    143: "stopped by a signal",
}


def storage_error(place: Path, error: OSError) -> StorageError:
    """The one sentence for a disk that does not take what we write."""
    if error.errno in NO_ROOM:
        return StorageError(f"no room left to write below {place}; free disk space and run again: nothing was lost")
    return StorageError(f"{place} cannot be written ({error.strerror}); correct its permissions and run again")
