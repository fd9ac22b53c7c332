"""What is taken away of history that does not change by itself: facts with days, revisions of targets."""

from prove.taken import taken

_DATED = "unit/test_dated_catalogue.py::"
_EDITED = [
    f"{_DATED}test_an_edit_with_a_day_leaves_the_past[{name}-embedded]"
    for name in ("split", "lead", "unit", "frequency", "group", "weight", "target approved", "direction")
]
_UNDATED = f"{_DATED}test_an_edit_without_a_day_is_refused[lead-embedded]"
_REVISIONS = "spec/test_revisions.py::"

FACTS = (
    taken(
        "A1a",
        "accepted files are read again after every edit of the catalogue",
        (
            "sql/migrations/0037_keep_what_is_unread_and_filled.sql",
            "newest.state in ('received', 'rejected')",
            "true",
        ),
        f"{_DATED}test_an_edit_with_a_day_leaves_the_past[merger-embedded]",
        f"{_DATED}test_an_edit_with_a_day_leaves_the_past[renaming-embedded]",
        f"{_DATED}test_an_edit_with_a_day_leaves_the_past[deadline-embedded]",
    ),
    taken(
        "A1b",
        "a closed month is scored by the newest facts, not by those of its last day",
        ("score/month/scored_period.py", "then = catalogue.at(period.end)", "then = catalogue"),
        *_EDITED,
    ),
    taken(
        "A1c",
        "a closed month owes by the newest facts",
        ("ledger/obligations.py", "spans = [(catalogue.at(held[0].end), held)", "spans = [(catalogue, held)"),
        f"{_DATED}test_an_edit_with_a_day_leaves_the_past[merger-embedded]",
        f"{_DATED}test_an_edit_with_a_day_leaves_the_past[frequency-embedded]",
    ),
    taken(
        "A1d",
        "a report of a past month is read by the facts of today",
        ("normalise/body_report.py", "    catalogue = catalogue.at(period.end)\n", ""),
        f"{_DATED}test_a_late_report_is_read_by_the_facts_of_its_month[embedded]",
    ),
    taken(
        "A1e",
        "no observation keeps the unit it was read in",
        (
            "pipeline/reading.py",
            "replace(value, unit=then[value.period_end][value.indicator_id].unit)",
            "replace(value, unit=None)",
        ),
        f"{_DATED}test_an_edit_with_a_day_leaves_the_past[unit-embedded]",
    ),
    taken(
        "A1f",
        "a figure read in another unit is scored as if it were of this one",
        (
            "score/month/month.py",
            "return values[is_same].reset_index(drop=True)",
            "return values",
        ),
        "spec/test_scored_period.py::test_a_figure_of_another_unit_is_no_figure_of_the_series",
    ),
    taken(
        "A1g",
        "an undated change of what reports rest on goes into force in silence",
        (
            "pipeline/catalogue_in_force.py",
            "        require_dated(opened, catalogue)\n        changed",
            "        changed",
        ),
        _UNDATED,
    ),
    taken(
        "A1h",
        "catalogue check passes an undated change",
        ("commands/catalogue.py", "    require_dated_here(settings)\n", ""),
        f"{_DATED}test_catalogue_check_refuses_an_undated_change[embedded]",
    ),
    taken(
        "A1i",
        "the preview of reading again already changes what stands",
        (
            "pipeline/reading_again.py",
            "with rehearsal(context.database, context.now) as step:",
            'with load_step(context.database, "read again", context.now) as step:',
        ),
        f"{_DATED}test_accepted_files_are_read_again_only_on_demand[embedded]",
    ),
    taken(
        "A1l",
        "reading again under another unit keeps the old unit, and tells of no change",
        (
            "store/grains.py",
            '*("value", "unit", "value_state", "numerator", "denominator", "explanation"),',
            '*("value", "value_state", "numerator", "denominator", "explanation"),',
        ),
        f"{_DATED}test_accepted_files_are_read_again_only_on_demand[embedded]",
        also=[
            (
                "store/grains.py",
                '        table="observation",\n        key=_INDICATOR,\n',
                '        table="observation",\n        key=_INDICATOR,\n        beside=("unit",),\n',
            )
        ],
    ),
    taken(
        "A1j",
        "who reads again without reason or name is stopped by the database alone, in its words",
        (
            "pipeline/reading_again.py",
            "    if not reason.strip() or not author.strip():\n        raise",
            "    if False:\n        raise",
        ),
        f"{_DATED}test_reading_again_needs_a_reason_and_a_name[embedded]",
        ends_in="DatabaseError",
    ),
    taken(
        "A1k",
        "scores of then are asked of the catalogue of today",
        ("pipeline/catalogue_then.py", "    if known_at is None:\n", "    if True:\n"),
        "unit/test_catalogue_versions.py::test_a_revised_target_leaves_the_past_as_it_was[embedded]",
    ),
)

REVISED = (
    taken(
        "A2a",
        "a target lowered by others than its issuer changes scores",
        (
            "score/rules/targets.py",
            "return current_target(is_stated & is_approved)",
            "return current_target(is_stated)",
        ),
        f"{_REVISIONS}test_a_lowering_by_others_is_shown_and_changes_no_score",
        f"{_DATED}test_a_lowered_target_counts_once_its_issuer_approves_it[embedded]",
    ),
    taken(
        "A2b",
        "what the issuer approved never counts",
        (
            "score/rules/targets.py",
            "return current_target(is_stated & is_approved)",
            "return 0 * current_target(is_stated)",
        ),
        f"{_REVISIONS}test_scores_follow_what_the_issuer_approved",
    ),
    taken(
        "A2c",
        "a revision after three quarters of the time is not told",
        (
            "score/rules/targets.py",
            "above(revised_share_of_time, LATE_REVISION_SHARE).any(axis=1)",
            "np.zeros(len(revised_share_of_time), dtype=bool)",
        ),
        f"{_REVISIONS}test_late_and_repeated_revisions_are_told[revisions4-REVISED_LATE]",
    ),
    taken(
        "A2d",
        "a second lowering is not told",
        ("score/rules/targets.py", ".sum(axis=1) >= 2)", ".sum(axis=1) >= 99)"),
        f"{_REVISIONS}test_late_and_repeated_revisions_are_told[revisions1-LOWERED_TWICE]",
    ),
    taken(
        "A2e",
        "a revision holds for months before its day",
        (
            "catalogue/dated.py",
            "return not one[_REVISED_ON] or bool(one[_REVISED_ON] <= day.isoformat())",
            "return True",
        ),
        "spec/test_dated_facts.py::test_a_revision_holds_from_its_day",
    ),
    taken(
        "A2f",
        "the original target is told nowhere once there is another",
        ("score/month/revisions.py", '"target_original": targets_text(indicator.targets)', '"target_original": None'),
        f"{_REVISIONS}test_a_lowering_by_others_is_shown_and_changes_no_score",
        "unit/test_explain.py::test_both_targets_are_told_and_which_of_them_ranks[embedded]",
    ),
    taken(
        "A2g",
        "the workbook of the month shows no second target",
        (
            "brief/parts/month_tables.py",
            '"target_current", "revised_on")},',
            '"revised_on")},\n        "target_current": None,',
        ),
        "golden/test_resolution_pages.py::test_the_workbook_shows_both_targets",
    ),
    taken(
        "A2h",
        "the workbook to fill in hides that a target was revised",
        ("exchange/template_sheets.py", "if not indicator.revisions:", "if True:"),
        "unit/test_template.py::test_a_revised_target_stands_beside_the_original[False-86,1]",
    ),
    taken(
        "A2i",
        "a rule of the method is called by worked cases alone",
        (
            "score/month/revisions.py",
            "    is_lowered = is_lowered_twice(original, revised, sign)[entry]\n",
            "    is_lowered = np.zeros(len(entry), dtype=bool)\n",
        ),
        "test_rules_in_use.py::test_production_calls_every_rule[score.rules.targets]",
        also=[
            (
                "score/month/revisions.py",
                "import current_target, is_lowered_twice, is_revised_late",
                "import current_target, is_revised_late",
            )
        ],
    ),
    taken(
        "A2j",
        "a target rewritten without a day passes as if nothing were",
        ("catalogue/undated.py", '"baseline", "targets", "revisions",', '"baseline",'),
        f"{_DATED}test_an_edit_without_a_day_is_refused[target-embedded]",
        f"{_DATED}test_an_edit_without_a_day_is_refused[revision of a past day-embedded]",
    ),
    taken(
        "A3",
        "defaults begin on 1 January 2012, and budget year 2011 cannot be run",
        ("catalogue/rule_entries.py", 'entry.get("since", date.min.isoformat())', 'entry.get("since", "2012-01-01")'),
        "spec/test_limits.py::test_a_default_has_no_beginning",
        ends_in="CatalogueError",
    ),
)
