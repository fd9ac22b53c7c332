"""What is taken away of what is closed, what arrived last, what nobody owns, and what an edition knew."""

from prove.taken import taken

_CLOSED = "unit/test_closed_items.py::"
_RETURNED = "unit/test_returned_files.py::"

CLOSED = (
    taken(
        "A4a",
        "what is finished is owed for ever",
        ("ledger/closings.py", "return bool(before) and before[-1].closes(period.end)", "return False"),
        "spec/test_obligations.py::test_closed_task_is_not_owed",
        f"{_CLOSED}test_closed_task_is_asked_for_no_more[embedded]",
    ),
    taken(
        "A4b",
        "the day of a finished task may be rewritten",
        ("normalise/checks/tasks.py", "entry.done_on != closed.done_on:", "False:"),
        f"{_CLOSED}test_what_was_accepted_of_a_closed_task_stands[embedded]",
    ),
    taken(
        "A4c",
        "the product of a finished task may be replaced",
        ("normalise/checks/tasks.py", "folded(entry.product) != folded(closed.product):", "False:"),
        f"{_CLOSED}test_what_was_accepted_of_a_closed_task_stands[embedded]",
    ),
    taken(
        "A4d",
        "a finished task becomes unfinished by its sender's word",
        ("normalise/checks/tasks.py", "        if period_end >= closed.since:\n", "        if False:\n"),
        f"{_CLOSED}test_what_was_accepted_of_a_closed_task_stands[embedded]",
    ),
    taken(
        "A4e",
        "a remark of ten letters settles what a named person should decide",
        (
            "catalogue/checks.yaml",
            "check: closed-day-differs, severity: justify, needs_decision: true,",
            "check: closed-day-differs, severity: justify,",
        ),
        f"{_CLOSED}test_what_was_accepted_of_a_closed_task_stands[embedded]",
    ),
    taken(
        "A4f",
        "figures of an indicator that reached its target may be rewritten",
        (
            "normalise/checks/closed.py",
            "    if stands_on is None or entry.value != closed.figures[stands_on]:\n",
            "    if False:\n",
        ),
        "unit/test_closed_indicators.py::test_what_was_accepted_of_a_closed_indicator_stands[embedded]",
    ),
    taken(
        "A4g",
        "an indicator reached at its deadline is owed for ever",
        ("pipeline/closing_figures.py", "is_closed=_content(one) in closing", "is_closed=False"),
        f"{_CLOSED}test_indicator_reached_after_its_deadline_is_closed[embedded]",
    ),
    taken(
        "A4h",
        "a decision of a named person changes nothing",
        ("normalise/notes.py", 'return self._accepted.get(item or "") if', "return None if"),
        f"{_CLOSED}test_a_named_person_accepts[embedded]",
    ),
)

ARRIVED = (
    taken(
        "A5",
        "requests and obstacles of an older report stand where the latest holds none",
        (
            "pipeline/snapshots.py",
            "    return said[pandas.MultiIndex.from_frame(said[list(_OF_REPORT)]).isin(of_latest)].reset_index(drop=True)",
            '    return said[said["period_end"] == said.groupby(["agency_id", "period_kind"])["period_end"].transform("max")]',
        ),
        "unit/test_latest_reports.py::test_report_without_requests_ends_those_of_the_month_before[embedded]",
    ),
    taken(
        "A6a",
        "the first version sent again, byte for byte, is ignored",
        ("sql/queries/collect/insert_arrivals.sql", "    returned.came_at,\n", "    null,\n"),
        f"{_RETURNED}test_first_version_again_counts_in_everything[embedded]",
    ),
    taken(
        "A6b",
        "the receipt of a version sent again does not say so",
        ("collect/receipt.py", "    if receipt.returned_at is None:\n", "    if True:\n"),
        f"{_RETURNED}test_first_version_again_counts_in_everything[embedded]",
    ),
    taken(
        "A6c",
        "a sender who returned is not scored anew",
        ("sql/queries/score/newest_input.sql", "where returned_at is not null and", "where false and"),
        f"{_RETURNED}test_first_version_again_counts_in_everything[embedded]",
    ),
    taken(
        "A7a",
        "a task that nobody owns has merely not started",
        ("score/rules/parents.py", "        judged = _without_data(judged, tree.is_unowned[nodes])\n", ""),
        "spec/test_resolution_tree.py::test_a_task_that_nobody_owns_has_no_data",
    ),
    taken(
        "A7b",
        "page 1 does not say that nobody owns it",
        (
            "brief/parts/month_counts.py",
            '    if not codes:\n        return ""\n    count = made.book',
            '    if True:\n        return ""\n    count = made.book',
        ),
        "unit/test_unowned_tasks.py::test_page_1_says_it",
    ),
    taken(
        "A7c",
        "catalogue check takes the empty group for fine",
        (
            "catalogue/owners.py",
            "        for task in tasks_without_owner(catalogue)\n    ]",
            "        for task in ()\n    ]",
        ),
        "unit/test_catalogue_edit.py::test_commands",
    ),
    taken(
        "A7d",
        "nothing is owed by the week",
        ("ledger/items.py", "return task.frequency or REPORT_CALENDAR", "return REPORT_CALENDAR"),
        "spec/test_obligations.py::test_task_says_how_often_it_is_reported",
        "spec/test_resolution_tree.py::test_a_weekly_task_is_missed_by_weeks",
    ),
    taken(
        "A7f",
        "nothing is owed by the week, from the inbox to the ledger",
        ("ledger/items.py", "return task.frequency or REPORT_CALENDAR", "return REPORT_CALENDAR"),
        "unit/test_unowned_tasks.py::test_weekly_task_on_the_context[embedded]",
        ends_in="NothingToReportError",
    ),
    taken(
        "A7e",
        "an indicator whose bodies are an empty group passes",
        (
            "catalogue/check_indicators.py",
            "    if indicator.bodies and not catalogue",
            "    if False and not catalogue",
        ),
        "unit/test_unowned_tasks.py::test_what_else_is_empty_is_told",
    ),
    taken(
        "A8a",
        "--known-at to the minute means its first instant",
        ("commands/moments.py", "return zoned + lasts - timedelta(microseconds=1)", "return zoned"),
        "spec/test_moments.py::test_a_moment_is_the_end_of_what_is_written[2026-11-12T07:00-2026-11-12T07:00:59.999999+07:00]",
    ),
    taken(
        "A8b",
        "the minute that a page prints gives no page",
        ("commands/moments.py", "return zoned + lasts - timedelta(microseconds=1)", "return zoned"),
        "unit/test_editions.py::test_printed_closing_time_gives_the_page[embedded]",
        ends_in="NothingToReportError",
    ),
    taken(
        "A9a",
        "a month made before its neighbour calls itself the first",
        (
            "brief/reports/resolutions_month.py",
            'return "compared_with_unmade" if was_owed else "compared_with_none"',
            'return "compared_with_none"',
        ),
        "unit/test_editions.py::test_neighbour_that_comes_later_makes_an_edition_stale[embedded]",
    ),
    taken(
        "A9b",
        "an edition is not stale when its neighbour comes",
        ("ask/editions.py", "        return [*reasons, FIRST_NEIGHBOUR]\n", "        return reasons\n"),
        "unit/test_editions.py::test_neighbour_that_comes_later_makes_an_edition_stale[embedded]",
    ),
    taken(
        "A9c",
        "an edition is not stale when it, or its neighbour, is scored anew",
        ("ask/editions.py", "        reasons.append(SCORED_ANEW)\n", "        pass\n"),
        "unit/test_editions.py::test_neighbour_that_comes_later_makes_an_edition_stale[embedded]",
    ),
)
