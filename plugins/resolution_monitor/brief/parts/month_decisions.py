"""The decision box: the most urgent matters in sentences of ours, made of fields.

The words of a body are its reason or its cost, never the matter itself, and no sentence is cut.
"""

from datetime import date, timedelta
from typing import Any

from resolution_monitor import wording
from resolution_monitor.brief.figures import Origin
from resolution_monitor.brief.parts.month_matters import EXTENSION, Matter, all_matters, proposed
from resolution_monitor.brief.parts.month_obstacles import reason_of
from resolution_monitor.brief.parts.month_reports import is_provisional
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures, is_overdue
from resolution_monitor.brief.sentences import ended, first_sentence, kept_together
from resolution_monitor.brief.snapshot import known, records

# Letters of three matters together, fewer where the page says who is missing; above that they are shortened by rule:
# the costs, then the reasons, are left out.
_LETTERS, _LETTERS_PROVISIONAL = 860, 640
_COST_LETTERS = 100
_NAMED = 3


def decision_part(made: ResolutionFigures) -> dict[str, Any]:
    """What the box prints; a sentence alone where no matter asks for a decision."""
    made.at("place_decisions")
    ordered = all_matters(made)
    matters = proposed(made)
    count = made.book.count(len(matters), Origin(made.say("rule_matters"), made.say("about_requests")))
    return {
        "decision_heading": made.counted("decision_heading", len(matters), count=count),
        "matters": _printed(made, matters, ordered),
        "decision_none": _nothing_asked(made) if not matters else "",
    }


def _nothing_asked(made: ResolutionFigures) -> str:
    """That nothing names who decides; and how many requests and obstacles stand without naming anybody else."""
    standing = [
        *records(made.snapshot.requests),
        *(row for row in records(made.snapshot.obstacles) if not row["is_resolved"]),
    ]
    if not standing:
        return made.say("decision_none")
    return made.say("decision_none_named", count=made.count(standing, "rule_standing", made.say("about_requests")))


def _printed(made: ResolutionFigures, matters: list[Matter], ordered: list[Matter]) -> list[dict[str, Any]]:
    """The matters in words; where together they are too long, costs and then reasons are left out, none is cut."""
    most = _LETTERS_PROVISIONAL if is_provisional(made) else _LETTERS
    for has_reason, has_cost in ((True, True), (True, False), (False, False)):
        book = len(made.book.figures)
        told = [_matter(made, matter, has_reason=has_reason, has_cost=has_cost) for matter in matters]
        if sum(len(one["asked"]) + len(one["why"]) for one in told) <= most or not has_reason:
            break
        del made.book.figures[book:]
    return [
        {**one, "number": place, "place": made.say("matter_place", number=str(ordered.index(matter) + 1))}
        for place, (matter, one) in enumerate(zip(matters, told, strict=True), start=1)
    ]


def _matter(made: ResolutionFigures, matter: Matter, *, has_reason: bool, has_cost: bool) -> dict[str, Any]:
    parts = [_asker(made, matter), *_lateness(made, matter)]
    if has_reason:
        parts += [_reason(made, matter)]
    if has_cost:
        parts += [_cost(made, matter)]
    return {
        "asked": asked_of(made, matter),
        "why": " ".join(part for part in parts if part),
        **_decider(made, matter),
    }


def _decider(made: ResolutionFigures, matter: Matter) -> dict[str, str]:
    """Who decides and until when: a level of the settings for a long extension, else the body that is named."""
    day = wording.day(made.as_at + timedelta(days=int(made.report.settings["decide_within_days"])), made.language)
    named, level = kept_together(made.name(matter.decider)), _level(made, matter)
    decider = made.say(f"level_{level}") if level else named
    sent_to = made.say("matter_sent_to", name=named) if level else ""
    return {"decider": made.say("matter_decides", decider=decider, day=day), "sent_to": sent_to}


def _level(made: ResolutionFigures, matter: Matter) -> str:
    """The highest level that an extension of so many days reaches; empty where none does."""
    due_on = matter.assignment["due_on"] if matter.assignment else None
    asked = _asked_days(matter)
    if matter.row.get("kind") != EXTENSION or not asked or not isinstance(due_on, date):
        return ""
    days = (max(asked) - due_on).days
    reached = [one for one in made.report.settings["extension_levels"] if days >= one["from_days"]]
    return str(max(reached, key=lambda one: one["from_days"])["level"]) if reached else ""


def _asked_days(matter: Matter) -> list[date]:
    return [row["proposed_due_on"] for row in matter.rows if isinstance(row.get("proposed_due_on"), date)]


def asked_of(made: ResolutionFigures, matter: Matter) -> str:
    """What is asked, in our words: the old and the new day of a deadline, or the kind of an obstacle."""
    key = matter.row["kind"] if matter.is_request else "obstacle"
    words = {"subject": _subject(made, matter)}
    if key == EXTENSION:
        return _extension(made, matter, words)
    if key == "obstacle":
        words["kind"] = made.word("obstacle_kind", matter.row["kind"]).lower()
    else:
        words["text"] = first_sentence(matter.row["text"], _COST_LETTERS).rstrip(".") or made.say("matter_as_sent")
    return made.say(f"matter_{key}", **words)


def _subject(made: ResolutionFigures, matter: Matter) -> str:
    if not matter.subject:
        return made.say("matter_general")
    code = made.say("resolution_code", code=matter.assignment["resolution"] if matter.assignment else "")
    return made.say("matter_subject", name=made.names.short_item(matter.subject), code=code)


def _extension(made: ResolutionFigures, matter: Matter, words: dict[str, str]) -> str:
    """Of many that ask the same the latest day asked."""
    due_on = matter.assignment["due_on"] if matter.assignment else None
    asked = _asked_days(matter)
    days = {
        "due": wording.day(due_on, made.language) if isinstance(due_on, date) else made.say("matter_no_day"),
        "asked": wording.day(max(asked), made.language) if asked else made.say("matter_no_day"),
    }
    if len(matter.rows) == 1 or len(set(asked)) < 2:
        return made.say("matter_extension", **words, **days)
    return made.say("matter_extension_many", **words, **days, first=wording.day(min(asked), made.language))


def _asker(made: ResolutionFigures, matter: Matter) -> str:
    bodies = list(dict.fromkeys(row["agency_id"] for row in matter.rows))
    names = [kept_together(made.name(body)) for body in bodies]
    key = "matter_asks" if matter.is_request else "matter_reports"
    if len(names) <= _NAMED:
        return made.say(key, names=made.listed(names))
    origin = Origin(made.say("rule_askers"), made.item(matter.subject), made.sources(matter.rows))
    return made.say("matter_many_ask", count=made.book.count(len(names), origin), names=", ".join(names[:_NAMED]))


def _reason(made: ResolutionFigures, matter: Matter) -> str:
    rows = [one for one in matter.assignments if one is not None]
    if not matter.is_request or not rows:
        return ""
    reason = reason_of(made, rows[:1])
    return (
        made.say("matter_no_reason") if reason == made.say("reason_none") else made.say("matter_reason", reason=reason)
    )


def _cost(made: ResolutionFigures, matter: Matter) -> str:
    """The first sentence of what the body says; of an obstacle nobody is asked for it."""
    if not matter.is_request:
        return ""
    cost = first_sentence(matter.cost, _COST_LETTERS)
    return made.say("matter_cost", cost=ended(cost)) if cost else made.say("matter_no_cost")


def _lateness(made: ResolutionFigures, matter: Matter) -> list[str]:
    assignment = matter.assignment
    if assignment is None:
        return []
    told = []
    if is_overdue(assignment):
        origin = Origin(made.say("rule_overdue_days"), made.item(assignment["item_id"]), made.sources([assignment]))
        told.append(made.say("matter_overdue", days=made.book.days(int(assignment["overdue_days"]), origin)))
    done = known(assignment["done_pct"])
    if done is not None and len(matter.rows) == 1 and matter.is_request:
        origin = Origin(made.say("rule_done_pct"), made.item(assignment["item_id"]), made.sources([assignment]))
        told.append(made.say("matter_done", percent=made.book.share(done, origin)))
    return told
