"""The road: collect, normalise, score, brief. Moves rows through the stages and keeps no rule of its own.

The package is a door: a name is loaded when it is first asked for, so that `--help` and DAG files load no stage.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resolution_monitor.pipeline.accepting import accept
    from resolution_monitor.pipeline.backup import back_up, restore
    from resolution_monitor.pipeline.baselines import rebaseline
    from resolution_monitor.pipeline.catalogue_in_force import correct_catalogue, prepare, require_dated_here
    from resolution_monitor.pipeline.catalogue_then import catalogue_as_known, catalogue_of_run
    from resolution_monitor.pipeline.clock import require_come
    from resolution_monitor.pipeline.context import Context, open_context, remove_state
    from resolution_monitor.pipeline.demonstration import verify_told_documents
    from resolution_monitor.pipeline.documents import verify_document
    from resolution_monitor.pipeline.forecasts_and_questions import answer_question, note_verification
    from resolution_monitor.pipeline.gaps import missing_periods
    from resolution_monitor.pipeline.installation import (
        call_demonstration,
        call_installation,
        require_no_installation,
        require_time_to_run_forwards,
    )
    from resolution_monitor.pipeline.issue import issue_edition
    from resolution_monitor.pipeline.ledger import fill_ledger, fill_period, reopen, retract, waive
    from resolution_monitor.pipeline.reading_again import preview_reread, reread
    from resolution_monitor.pipeline.stages import run_arrivals, run_maintenance, run_stage
    from resolution_monitor.pipeline.timetable import (
        STAGE_NAMES,
        calendar_of,
        require_report_of,
        require_written,
        schedules,
    )
else:
    from importlib import import_module

    # Name -> module. No name is a module's: once imported, the module itself would stand under it.
    _PLACES = {
        "STAGE_NAMES": "timetable",
        "Context": "context",
        "accept": "accepting",
        "answer_question": "forecasts_and_questions",
        "back_up": "backup",
        "calendar_of": "timetable",
        "call_demonstration": "installation",
        "call_installation": "installation",
        "catalogue_as_known": "catalogue_then",
        "catalogue_of_run": "catalogue_then",
        "correct_catalogue": "catalogue_in_force",
        "fill_ledger": "ledger",
        "fill_period": "ledger",
        "issue_edition": "issue",
        "missing_periods": "gaps",
        "note_verification": "forecasts_and_questions",
        "open_context": "context",
        "prepare": "catalogue_in_force",
        "preview_reread": "reading_again",
        "rebaseline": "baselines",
        "remove_state": "context",
        "reopen": "ledger",
        "require_written": "timetable",
        "reread": "reading_again",
        "require_come": "clock",
        "require_dated_here": "catalogue_in_force",
        "require_no_installation": "installation",
        "require_report_of": "timetable",
        "require_time_to_run_forwards": "installation",
        "restore": "backup",
        "retract": "ledger",
        "run_arrivals": "stages",
        "run_maintenance": "stages",
        "run_stage": "stages",
        "schedules": "timetable",
        "verify_document": "documents",
        "verify_told_documents": "demonstration",
        "waive": "ledger",
    }

    def __getattr__(name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


__all__ = [
    "STAGE_NAMES",
    "Context",
    "accept",
    "answer_question",
    "back_up",
    "calendar_of",
    "call_demonstration",
    "call_installation",
    "catalogue_as_known",
    "catalogue_of_run",
    "correct_catalogue",
    "fill_ledger",
    "fill_period",
    "issue_edition",
    "missing_periods",
    "note_verification",
    "open_context",
    "prepare",
    "preview_reread",
    "rebaseline",
    "remove_state",
    "reopen",
    "require_come",
    "require_dated_here",
    "require_no_installation",
    "require_report_of",
    "require_time_to_run_forwards",
    "require_written",
    "reread",
    "restore",
    "retract",
    "run_arrivals",
    "run_maintenance",
    "run_stage",
    "schedules",
    "verify_document",
    "verify_told_documents",
    "waive",
]
