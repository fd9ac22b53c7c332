"""What is taken away of scores that gaming does not raise."""

from prove.taken import taken

_FROZEN = "spec/test_frozen_baseline.py::"
_VALUES = "unit/test_gaming_of_values.py::test_gaming_gains_nothing"
_TASKS = "unit/test_gaming_of_tasks.py::test_gaming_gains_nothing"
_MET = "unit/test_met_day.py::"
_PROOFS = "unit/test_product_proofs.py::"
_NOTHING = "unit/test_nothing_on_the_road.py::"

GAMING = (
    taken(
        "Ca",
        "a first figure told again is another baseline",
        (
            "score/month/first_figures.py",
            "    if month.tellings.answers.empty or not needs_one.any():\n",
            "    if True:\n",
        ),
        f"{_FROZEN}test_a_correction_changes_the_series_and_not_the_baseline",
        f"{_VALUES}[first figure 50 told again as 30-embedded]",
    ),
    taken(
        "Cb",
        "a file dated before the cut-off, and known after it, is the baseline",
        (
            "score/rules/baseline.py",
            "        if moment is None or one.recorded_at <= moment:\n            newest",
            "        if True:\n            newest",
        ),
        f"{_FROZEN}test_what_froze[dated back]",
        f"{_VALUES}[the same in a file dated before the cut-off-embedded]",
    ),
    taken(
        "Cc",
        "a named person cannot make another figure the baseline",
        ("score/month/first_figures.py", "        if by_person is not None:\n", "        if False:\n"),
        f"{_FROZEN}test_a_person_decides_and_both_scores_are_there",
    ),
    taken(
        "Cd",
        "nobody knows which indicators have no baseline",
        ("ask/missing_baselines.py", "        if has_own_baseline(one)\n", "        if False\n"),
        "unit/test_own_baselines.py::test_the_catalogue_lists_what_has_no_baseline[embedded]",
    ),
    taken(
        "Ce",
        '"không phát sinh", or 0 of 0, in a bad month leaves the month out',
        (
            "normalise/checks/nothing.py",
            "return indicator.resolution is not None and says_nothing(entry) and not is_plausible(told)",
            "return False",
        ),
        f"{_VALUES}[nothing to report in a bad month-embedded]",
        f"{_VALUES}[0 of 0 in a bad month-embedded]",
    ),
    taken(
        "Cf",
        "nothing is believed even where cases are rare",
        ("method/nothing_to_report.py", "median(counts) < RARE_BELOW", "False"),
        f"{_NOTHING}test_rare_cases_are_believed[before0-True-embedded]",
    ),
    taken(
        "Cg",
        "a product told with an old day is as old as it says",
        ("score/rules/met_day.py", "    unverified = np.fmax(told_day, claimed_from)\n", "    unverified = told_day\n"),
        f"{_TASKS}[a product of October told as one of August-embedded]",
        f"{_MET}test_a_backdated_product_waits_for_its_reason[embedded]",
    ),
    taken(
        "Ch",
        "a correction of August that comes in November speaks for August",
        ("ledger/claims.py", "    if received_at is None or received_at < ", "    if True or received_at < "),
        f"{_MET}test_a_later_correction_of_an_earlier_month_moves_nothing[embedded]",
    ),
    taken(
        "Ci",
        "what a named person verified does not count",
        ("score/rules/met_day.py", "np.where(np.isnan(verified_day), unverified, verified_day)", "unverified"),
        f"{_MET}test_verified_its_legal_day_counts[embedded]",
    ),
    taken(
        "Cj",
        "a backdated product goes in without a reason",
        (
            "normalise/checks/tasks.py",
            "        elif ground.closed is None and done_on < ground.claimed_from:\n",
            "        elif False:\n",
        ),
        f"{_MET}test_a_backdated_product_waits_for_its_reason[embedded]",
    ),
    taken(
        "Ck",
        "a bare 1 is done without any document",
        (
            "score/month/product_proofs.py",
            "            one is not None and verdict != INVALID for one",
            "            True or verdict != INVALID for one",
        ),
        f"{_PROOFS}test_done_without_a_document_is_not_done[embedded]",
    ),
    taken(
        "Cl",
        "a step is done with a product that has no number",
        (
            "score/month/tasks.py",
            "    proves = says_done & has_number & ~np.isnan(day)\n",
            "    proves = says_done & ~np.isnan(day)\n",
        ),
        f"{_TASKS}[steps of a task told to be done without a document-embedded]",
    ),
    taken(
        "Cm",
        "parts of one task each weigh as a task in the score of their body",
        ("score/month/bodies.py", "is_lead, shared_parents(month.catalogue))", "is_lead, {})"),
        "spec/test_resolution_tree.py::test_splitting_a_task_changes_nothing[10]",
        f"{_TASKS}[a done task in 10 parts-embedded]",
    ),
    taken(
        "Cp",
        "parts of one task each weigh as a task in the tree of blocks",
        (
            "score/month/tree.py",
            "    sums, weights = _shared(catalogue, bundles)\n",
            '    sums, weights = sums_in(bundles), bundles["weight"].to_numpy(dtype=np.float64)\n',
        ),
        "spec/test_resolution_tree.py::test_splitting_a_task_changes_nothing[10]",
    ),
    taken(
        "Cn",
        "page 1 is silent about deadlines that nobody verified",
        ("brief/parts/month_counts.py", "    if not tasks:\n", "    if True:\n"),
        "unit/test_resolution_briefing.py::test_what_passed_an_unverified_deadline_is_counted_on_page_1",
    ),
)
