"""Every command by its name: where it is written and the first line of its help, so that --help loads none of them."""

from typing import Any, NamedTuple


class Command(NamedTuple):
    """
    One row of the table.

    Attributes:
        module, function: Where it is written, in this package.
        summary: The first line of its help.
        is_hidden: Whether --help leaves it out.
        state: The state folder it works on where none is named: demo, live, or none that a reader could mistake.
        settings: What Typer is told besides.
        is_repeated: Whether it begins once more by itself when its database ended under it: it asks before it answers,
            or the same again finishes what was begun.
    """

    module: str
    function: str
    summary: str
    is_hidden: bool = False
    state: str = "demo"
    settings: dict[str, Any] = {}  # noqa: RUF012 (a named tuple's default; nobody changes it)
    is_repeated: bool = False


# Another program's command line: its options are its own, --help too.
_PASSED_ON = {
    "add_help_option": False,
    "context_settings": {"allow_extra_args": True, "ignore_unknown_options": True},
}
# In the order of --help.
COMMANDS = {
    "run": Command("run", "run", "Take periods from the inbox to PDF and Excel.", state="", is_repeated=True),
    "demonstrate": Command(
        "demonstrate",
        "demonstrate",
        "Make up the reports of every body and take them from the inbox to PDF and Excel.",
        state="",
        is_repeated=True,
    ),
    "preview": Command(
        "preview", "preview", "Render a report from a kept example: PDF and workbook, without a database.", state=""
    ),
    "scores": Command("scores", "scores", "Show the scores of a period, as known at a time.", is_repeated=True),
    "official": Command(
        "official",
        "official",
        "Show tasks as the Government Office counts them: done on time or late, open in time or overdue.",
        is_repeated=True,
    ),
    "tiers": Command(
        "tiers",
        "tiers",
        "Show the tiers of each peer group: nhóm đầu, nhóm cuối, or không phân biệt được.",
        is_repeated=True,
    ),
    "explain": Command(
        "explain", "explain", "Show how one score came about, from the score back to the cell.", is_repeated=True
    ),
    "findings": Command("findings", "findings", "List what is wrong with the files received.", is_repeated=True),
    "editions": Command(
        "editions",
        "editions",
        "List the edition of each period that was made last, those that were issued, and why they are stale.",
        is_repeated=True,
    ),
    "sign": Command("sign", "sign", "Sign an issued edition with the installation's certificate, or prove that it is."),
    "issue": Command("issue", "issue", "Issue an edition: the same page under number, place, date and signer."),
    "trace": Command(
        "trace_figure",
        "trace",
        "Trace a printed number: text, value, rule, whose it is, and every cell behind it.",
        is_repeated=True,
    ),
    "names": Command("names", "names", "List names that no alias of the catalogue knows, or settle one."),
    "read": Command("read", "read", "Show what the reader sees in a file.", state=""),
    "template": Command(
        "template", "template", "Write the workbook a body fills in for a period, or those of all bodies.", state=""
    ),
    "check": Command(
        "check", "check", "Check a file before it is sent, without a database: nothing is kept.", state=""
    ),
    "status": Command(
        "ledger",
        "status",
        "Show where the obligations of a period stand, how much of them is filled in and how much came in time.",
        is_repeated=True,
    ),
    "missing": Command(
        "ledger", "missing", "List what is owed, cut off, and neither received nor waived.", is_repeated=True
    ),
    "changes": Command(
        "corrections", "changes", "List what a body changed in what it reported for a period.", is_repeated=True
    ),
    "waive": Command("ledger", "waive", "Waive one thing a body owes, for one period."),
    "reopen": Command("ledger", "reopen", "Take a body's corrections of a closed period again."),
    "retract": Command("corrections", "retract", "Take back what a submission says; the value before it stands again."),
    "accept": Command(
        "corrections",
        "accept",
        "Accept a row that waits for a decision: a closed item told otherwise, or nothing to report.",
    ),
    "rebaseline": Command(
        "corrections", "rebaseline", "Make another telling of a first due figure the baseline of its indicator."
    ),
    "documents": Command(
        "documents",
        "documents",
        "List the documents that prove what is done: the day told, the day that counts, and who verified it.",
        is_repeated=True,
    ),
    "verify-document": Command(
        "documents",
        "verify_document",
        "Keep what was found of the document by which a body proves that something is done.",
    ),
    "reread": Command("reread", "reread", "Read accepted files of a period again, because a person says so."),
    "purge": Command("secrecy", "purge", "Remove a submission that must not be here, everywhere."),
    "marked": Command("marked", "marked", "List files that may bear a mark of secrecy, or decide about one."),
    "verify": Command(
        "secrecy", "verify", "Prove the kept files and editions: hash each again and hold it against what was noted."
    ),
    "reliability": Command(
        "early_warning", "reliability", "Show how forecasts did against what happened.", is_repeated=True
    ),
    "lag": Command(
        "early_warning",
        "lag",
        "Show which tasks, indicators and bodies make up a resolution's lag, in days behind (+) or ahead (-).",
        is_repeated=True,
    ),
    "needed": Command(
        "early_warning",
        "needed",
        "Show the value each open indicator needs next period to be on its plan again.",
        is_repeated=True,
    ),
    "questions": Command(
        "questions",
        "questions",
        "List what the screens of honest reporting ask bodies, most telling first.",
        is_repeated=True,
    ),
    "answer-question": Command(
        "questions",
        "answer_question",
        "Keep a body's reply to a question; it changes no score. Doing it again changes nothing.",
    ),
    "verified": Command("questions", "verified", "Keep what a verification found of a figure."),
    "verifications": Command(
        "questions",
        "verifications",
        "List what verifications found up to a period, beside what was reported.",
        is_repeated=True,
    ),
    "to-verify": Command(
        "questions",
        "to_verify",
        "List which figures of a month to verify on the spot: new baselines, by lot, and by what the screens found.",
        is_repeated=True,
    ),
    "sample": Command("sample", "sample", "Write made-up reports of every body, for a demonstration.", state=""),
    "golden": Command("golden", "golden", "Run worked cases through the rules and list what differs.", state=""),
    "migrate": Command("migrate", "migrate", "Bring the database up to date.", is_repeated=True),
    "up": Command("up", "up", "Serve an installation on 127.0.0.1 until stopped.", state=""),
    "doctor": Command("doctor", "doctor", "Tell what is wrong with an installation, and what to do.", state=""),
    "backup": Command(
        "backup", "backup", "Write all of an installation into one new folder, while it runs.", state="live"
    ),
    "restore": Command("backup", "restore", "Make a new state folder what the backed up one was.", state="live"),
    "airflow": Command(
        "airflow_command",
        "airflow_command",
        "Run Airflow's own command line on an installation.",
        settings=_PASSED_ON,
        state="live",
    ),
    "account": Command("account", "account", "Accounts of the operators' pages.", state="live"),
    "clean": Command(
        "clean",
        "clean",
        "Stop the demonstration's PostgreSQL and remove var/demo. Nothing else is touched, var/live least of all.",
        is_hidden=True,
        state="",
    ),
    "catalogue": Command(
        "catalogue",
        "catalogue",
        "Check and edit the catalogue: bodies, resolutions, tasks, indicators, targets.",
        state="",
    ),
}
