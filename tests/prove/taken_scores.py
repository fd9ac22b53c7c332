"""What is taken away of scores that gaming does not raise, and of early warning that can be trusted."""

from taken import taken

_FROZEN = "spec/test_frozen_baseline.py::"
_VALUES = "unit/test_gaming_of_values.py::test_gaming_gains_nothing"
_TASKS = "unit/test_gaming_of_tasks.py::test_gaming_gains_nothing"
_MET = "unit/test_met_day.py::"
_PROOFS = "unit/test_product_proofs.py::"
_NOTHING = "unit/test_nothing_on_the_road.py::"
_RECALIBRATED = "spec/test_recalibration.py::"
_SIMULATED = "unit/test_simulated_gaming.py::"
_RISES = "        if sample.penalised(line + step) >= before - _NOISE * abs(before):\n"
_IS_REFUSED = "    if line is None or line[1] <= 0.0 or sample.likelihood(line) < sample.likelihood(AS_MADE):\n"

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
        "Co",
        "a bare 1 is done without any document, and is not asked about either",
        (
            "score/month/product_proofs.py",
            "            one is not None and verdict != INVALID for one",
            "            True or verdict != INVALID for one",
        ),
        f"{_TASKS}[a product reported as 1 without a document-embedded]",
        also=[
            ("normalise/checks/figures.py", "        check_proof(cells, entry)\n", "        pass\n"),
            (
                "score/month/product_proofs.py",
                "    if not (aims.is_product.any() and",
                "    if True or not (aims.is_product.any() and",
            ),
        ],
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
        ("brief/parts/month_resolutions.py", "    if not tasks:\n", "    if True:\n"),
        "unit/test_resolution_briefing.py::test_what_passed_an_unverified_deadline_is_counted_on_page_1",
    ),
)

WARNING = (
    taken(
        "Da",
        "Newton's method takes whole steps and falls into a two-cycle",
        ("score/outlook/recalibration.py", _RISES, "        if True:\n"),
        f"{_RECALIBRATED}test_three_hundred_lopsided_sets_converge[0]",
    ),
    taken(
        "Db",
        "a forecast that is turned round is told",
        (
            "score/outlook/recalibration.py",
            _IS_REFUSED,
            "    if line is None:\n",
        ),
        f"{_RECALIBRATED}test_a_forecast_the_wrong_way_round_is_refused",
    ),
    taken(
        "Dc",
        "steps of 2, to and fro, whose last is told untested: .41 where .19 can be had",
        ("score/outlook/recalibration.py", _RISES, "        if True:\n            step = np.clip(step, -2.0, 2.0)\n"),
        f"{_RECALIBRATED}test_a_late_campaign_is_told_better_than_as_made[7]",
        f"{_RECALIBRATED}test_a_late_campaign_is_told_better_than_as_made[13]",
        also=[
            (
                "score/outlook/recalibration.py",
                "        line = further\n    return None\n",
                "        line = further\n    return line\n",
            ),
            ("score/outlook/recalibration.py", "_STEPS, _HALVINGS = 50, 40", "_STEPS, _HALVINGS = 25, 40"),
            ("score/outlook/recalibration.py", "_SPREAD = np.array([0.5, 0.25])", "_SPREAD = np.array([10.0, 10.0])"),
            ("score/outlook/recalibration.py", _IS_REFUSED, "    if line is None:\n"),
        ],
    ),
    taken(
        "Dd",
        "a kind of which nothing is resolved is told by a line",
        (
            "score/outlook/calibration.py",
            "    if plain.resolved < LEAST_TO_LEARN or not len(then):\n",
            "    if not len(then):\n",
        ),
        "spec/test_forecast_record.py::test_as_made_until_enough_is_resolved",
    ),
    taken(
        "De",
        'nobody is told what "low" had meant',
        (
            "score/outlook/calibration.py",
            "    return replace(found, meant=_meanings(band_of(found.told(chance)), outcome, item))\n",
            "    return found\n",
        ),
        "spec/test_forecast_record.py::test_what_low_meant",
        "unit/test_kept_forecasts.py::test_a_band_is_told_with_what_it_meant[embedded]",
    ),
    taken(
        "Df",
        "honest corrections are asked about: half of them for the better is the measure",
        (
            "score/screens/of_bodies.py",
            "    chance = varied_tail(better, trials, usual, spread)\n",
            "    chance = binomial_tail(better, trials, 0.5)\n",
        ),
        f"{_SIMULATED}test_corrections_ask_falsely_less_than_one_time_in_twenty",
    ),
    taken(
        "Dg",
        "a question does not say how little its screen sees of mild gaming",
        ("commands/questions.py", 'seen = "" if row["finds_mild"] is None else _SEEN.format_map(row)', 'seen = ""'),
        "unit/test_question_commands.py::test_a_question_says_what_its_screen_finds[embedded]",
    ),
    taken(
        "Dh",
        "screens that hardly see mild gaming are not named",
        (
            "ask/questions.py",
            "for key, share in finds.items() if share < _BLIND_BELOW)",
            "for key, share in finds.items() if share < 0)",
        ),
        "unit/test_question_commands.py::test_a_question_and_its_reply[embedded]",
    ),
    taken(
        "Di",
        "another share of found gaming stands beside a screen than it finds",
        ("catalogue/screens.yaml", "    finds: {plain: 0.37, mild: 0.01}\n", "    finds: {plain: 0.92, mild: 0.30}\n"),
        f"{_SIMULATED}test_what_a_screen_finds_is_printed_beside_it[one_sided_corrections-False]",
        f"{_SIMULATED}test_what_a_screen_finds_is_printed_beside_it[one_sided_corrections-True]",
    ),
)

SCORES = (*GAMING, *WARNING)
