"""An explanation as lines for the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from resolution_monitor.commands.band_words import band_words
from resolution_monitor.period import TIME_ZONE

# Limits have at most so many decimals, and a value as near as this to one is at it (docs/method.md, clause 2.1).
_DECIMALS_OF_LIMITS, _AT_LIMIT = 2, 1e-9
_DAYS = ("t", "t0", "tT", "t_last", "achieved", "met_on")
Found = Mapping[str, Any]


def lines_of(found: Found) -> Iterator[str]:
    """What ask.explain found, in the order in which one asks."""
    yield from _head(found)
    yield from _steps(found)
    yield from _day(found["day"])
    yield from _weights(found["weights"])
    yield from _entry(found["entry"], found["rules"])
    yield from _report(found)
    yield from _source(found)
    yield from _history(found["history"])
    yield from _stored(found["stored"])


def _head(found: Found) -> Iterator[str]:
    subject, result = found["subject"], found["result"]
    yield f"{subject['item_id']} {subject['item_vi']}"
    yield f"{subject['agency_id']} {subject['agency_vi']}, {subject['period']}, resolution {subject['resolution']}"
    if found["source"] and found["source"]["is_demonstration"]:
        yield "DỮ LIỆU MINH HỌA (made-up data)"
    if subject["asked_agency_id"] != subject["agency_id"]:
        yield f"{subject['asked_agency_id']} helps; the score is that of the lead"
    yield (
        f"as at {_text(subject['as_at'])}, scored at {_text(subject['scored_at'])}, "
        f"as known at {_text(subject['known_at'])}"
    )
    flags = f", flags {result['flags']}" if result["flags"] else ""
    yield (
        f"{result['status']}: P {_ends(result, 'progress')}, S {_ends(result, 'timeliness')}, "
        f"m = {result['missed']}{flags}"
    )
    yield f"  {found['status_line']}"
    yield from _first_figure(found["first_figure"])
    forecast = found["forecast"]
    if forecast:
        told = "" if forecast["way"] == "as_made" else f", told as {forecast['way']}; colours go by it as made"
        yield f"  forecast {band_words(forecast['band'], forecast['band_things'], forecast['band_short'])}{told}"


def _first_figure(first: Found | None) -> Iterator[str]:
    """Both figures of a first period that was told again, and both scores."""
    if first is None:
        return
    told, score = f"first due figure ({_text(first['period_end'])})", f"P {_text(first['progress_low'])}"
    place = f"submission {first['submission_id']}, {first['sheet']}!{first['cell']}"
    other = "taken back since"
    if first["other"] is not None:
        other = f"{_text(first['other'])}, which would give P {_text(first['other_progress_low'])}"
    if first["is_decided"]:
        yield f"  {told}: baseline {_text(first['baseline'])} ({place}), {score}, by decision; frozen was {other}"
        yield f"    decided {_text(first['decided_on'])} by {first['author']}: {first['reason']}"
    else:
        kept = f"baseline {_text(first['baseline'])} ({place}), {score}"
        yield f"  {told}: {kept}, frozen at its cut-off; told since: {other}"


def _ends(result: Found, name: str) -> str:
    return f"{_text(result[f'{name}_low'])} to {_text(result[f'{name}_high'])}"


def _steps(found: Found) -> Iterator[str]:
    yield from _title("Steps")
    for step in found["steps"]:
        value = _value(step["name"], step["value"])
        yield f"  {step['name']:<9}= {value:<14} {step['name_en']} ({step['name_vi']})"
        if step["formula"] is not None:
            yield f"             = {step['formula']}"
            yield f"             = {step['filled']}"


def _value(name: str, value: Any) -> str:
    if value is not None and (name in _DAYS or name.startswith("day_")):
        return date.fromordinal(round(value)).isoformat()
    return _text(value)


def _day(day: Found | None) -> Iterator[str]:
    """Of what is said to be done: which day counts, and why."""
    if day is None:
        return
    yield from _title("Day of the product")
    yield f"  {_text(day['document'])}: told {_text(day['told_on'])}, counts {_text(day['counted_on'])}"
    yield f"  {day['why']}"
    yield f"  first report that says so speaks from {_text(day['first_claimed_on'])}"
    if day["found"]:
        legal = f", legal day {_text(day['verified_on'])}" if day["verified_on"] else ""
        yield f"  found {day['found']}{legal} by {day['author']}: {day['source']} ({_text(day['found_at'])})"


def _weights(weights: Found) -> Iterator[str]:
    yield from _title("Weight")
    node = weights["node"]
    ends = f"LOW {_text(node['low'])}, HIGH {_text(node['high'])}"
    yield f"  {node['node_kind']} {node['node_id']}: {_share(node)}, {ends}"
    for body in weights["bodies"]:
        weight = f"{_text(body['assignment_weight'])} x {_text(body['role_weight'])}"
        others = body["shared_by"] - 1
        shared = f", shared with {others} other parts of {body['shared_parent']}" if others > 0 else ""
        yield f"  {body['agency_id']} ({body['role']}, weight {weight}{shared}): {_share(body)} to D"
        yield (
            f"    D {_text(body['D_low'])}, S {_text(body['S_low'])}, R {_text(body['R'])}: "
            f"C {_text(body['C_low'])} to {_text(body['C_high'])}"
        )


def _share(part: Found) -> str:
    if part["share"] is None:
        return f"weight {_text(part['weight'])}, outside the mean"
    return (
        f"weight {_text(part['weight'])} of {_text(part['weights_total'])} = {part['share']:.4%}, "
        f"adds {_text(part['adds'])}"
    )


def _entry(entry: Found, rules: Found) -> Iterator[str]:
    yield from _title("Rules and target")
    yield (
        f"  rules {rules['rules_version']}, catalogue {rules['catalogue_sha256'][:12]}; {rules['settings_of_ours']} of "
        f"{rules['settings_total']} thresholds and weights are {rules['settings_note']} (catalogue/rule_settings.yaml)"
    )
    yield from _targets(entry)
    baseline = entry.get("baseline")
    if baseline:
        yield (
            f"  baseline {_text(baseline['value'])} as at {_text(baseline['as_at'])} "
            f"({baseline['source']}; {baseline['confidence']})"
        )
    if entry["kind"] == "task":
        assumed = ", not verified" if entry["is_due_assumed"] else ""
        yield f"  due {_text(entry['due_on'])}{assumed}; product: {_text(entry['product'])}"
    yield f"  source: {entry['source']}; confidence {entry['confidence']}"
    yield f"  set by us (assumed): {', '.join(entry['assumed']) or 'nothing'}"
    for version in entry["versions"]:
        ended = ", ended" if version["is_ended"] else ""
        yield f"  loaded {_text(version['recorded_at'])}: {version['part']} {version['what']}{ended}"


def _targets(entry: Found) -> Iterator[str]:
    """What the resolution asked for, what each document asks for since, and what the score is held against."""
    revisions = entry.get("revisions", ())
    for target in entry.get("targets", ()):
        yield f"  {_target(target)}{' (original)' if revisions else ''}"
    for one in revisions:
        which = "current" if one is revisions[-1] else "superseded"
        who = "who issued the resolution" if one["is_approved"] else "not who issued the resolution: it does not rank"
        for target in one["targets"]:
            yield f"  revised {_text(one['revised_on'])}: {_target(target)} ({which})"
        yield f"    by {one['document']}, approved by {one['approved_by']}, {who}"
    if revisions:
        since = entry["ranking_since"]
        yield f"  ranked on the {f'revision of {_text(since)}' if since else 'original'}"


def _target(target: Found) -> str:
    numbers = " ".join(_text(target[name]) for name in ("value", "low", "high") if target[name] is not None)
    return f"target {target['year']}: {target['operator']} {numbers}"


def _report(found: Found) -> Iterator[str]:
    yield from _title("Report of the period")
    report = found["report"]
    if report:
        yield (
            f"  {report['period_name']}: {report['state']}, due {_text(report['due_at'])}, cut off "
            f"{_text(report['cut_off_at'])}, received {_text(report['received_at'])}"
        )
    for reason in found["no_value"]:
        yield f"  no value: {reason}"


def _source(found: Found) -> Iterator[str]:
    yield from _title("Source")
    source = found["source"]
    if source is None:
        yield "  none: no file holds a figure that counts"
    else:
        yield (
            f"  submission {source['submission_id']} ({source['file_state']}): {source['file_name']}, from "
            f"{source['sender_id']}, received {_text(source['received_at'])}, sha256 {source['sha256'][:12]}"
        )
        said = source.get("raw_text", f"{source.get('task_state')} {source.get('done_on') or ''}".strip())
        yield f"  sheet {source['sheet']}, cell {source['cell']}: {said!r}"
        if source.get("explanation"):
            yield f"  explained: {source['explanation']}"
    for finding in found["findings"]:
        place = f"{finding['cell']}: " if finding["cell"] else "file: "
        yield f"  finding ({finding['severity']}, {finding['check_code']}) {place}{finding['text_vi']}"
    for version in found["versions"]:
        said = version.get("raw_text", version.get("task_state"))
        yield (
            f"  version: submission {version['submission_id']}, {version['file_name']} {version['sheet']}!"
            f"{version['cell']} {said!r}, received {_text(version['received_at'])}: {version['standing']}"
        )


def _history(history: Sequence[Found]) -> Iterator[str]:
    yield from _title("History")
    if not history:
        yield "  nothing was owed or reported up to the as-at day"
    for row in history:
        told = row.get("task_state") if "task_state" in row else row.get("value")
        state = row["state"] or "not owed"
        word = row.get("value_state") or ""
        parts = f" ({_text(row['numerator'])} / {_text(row['denominator'])})" if row.get("denominator") else ""
        share = "" if "task_state" in row else f"a = {_text(row['a'])}"
        yield f"  {_text(row['period_end'])} {state:<17} {_text(told) + parts:<14} {word:<13} {share}".rstrip()


def _stored(stored: Sequence[Found]) -> Iterator[str]:
    yield from _title("Stored scores")
    if not stored:
        yield "  none: no run of this period has been made yet"
    for run in stored:
        same = "the same as here" if run["is_same"] else "differs: other rules, catalogue or knowledge"
        made = f"run {run['scoring_run_id']} ({run['report']}), known at {_text(run['known_at'])}"
        yield f"  {made}, rules {run['rules_version']}: {run['status']}, P {_ends(run, 'progress')}; {same}"


def _title(words: str) -> Iterator[str]:
    yield ""
    yield words


def _text(value: Any) -> str:
    """Numbers with the digits that matter, moments by Vietnamese clocks, a dash for what is not known."""
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.astimezone(TIME_ZONE).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (float, Decimal)):
        return _digits(float(value))
    return str(value)


def _digits(value: float) -> str:
    """Six digits that matter, ten of large numbers; more where these would write 89.99999 as 90, or .9499999 as .95."""
    for digits in range(6 if abs(value) < 1e6 else 10, 16):
        text = f"{value:.{digits}g}"
        has_few_decimals = len(text.partition(".")[2]) <= _DECIMALS_OF_LIMITS
        if not has_few_decimals or abs(float(text) - value) <= _AT_LIMIT or abs(value) >= 1e6:
            return text
    return repr(value)
