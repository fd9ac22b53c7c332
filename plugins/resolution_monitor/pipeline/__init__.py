"""The road: collect, normalise, score, brief. Moves rows through the stages and keeps no rule of its own."""

from resolution_monitor.pipeline.beside_scores import answer_question, note_verification
from resolution_monitor.pipeline.catalogue_then import catalogue_as_known
from resolution_monitor.pipeline.clock import require_time_to_run_forwards
from resolution_monitor.pipeline.keep_house import keep_house
from resolution_monitor.pipeline.ledger import fill_ledger, fill_period, reopen, retract, waive
from resolution_monitor.pipeline.prepare import correct_catalogue, prepare
from resolution_monitor.pipeline.purge import purge
from resolution_monitor.pipeline.reread import preview_reread, reread
from resolution_monitor.pipeline.road import Road, open_road, remove_state
from resolution_monitor.pipeline.stages import STAGES, calendar_of, run_arrivals, run_keep_house, run_stage, schedules
from resolution_monitor.pipeline.verify import verify

__all__ = [
    "STAGES",
    "Road",
    "answer_question",
    "calendar_of",
    "catalogue_as_known",
    "correct_catalogue",
    "fill_ledger",
    "fill_period",
    "keep_house",
    "note_verification",
    "open_road",
    "prepare",
    "preview_reread",
    "purge",
    "remove_state",
    "reopen",
    "require_time_to_run_forwards",
    "reread",
    "retract",
    "run_arrivals",
    "run_keep_house",
    "run_stage",
    "schedules",
    "verify",
    "waive",
]
