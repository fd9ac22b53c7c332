"""What is taken away of early warning, and of screens, that can be trusted."""

from prove.taken import taken

_RECALIBRATED = "spec/test_recalibration.py::"
_SIMULATED = "unit/test_simulated_gaming.py::"
_RISES = "        if sample.penalised(line + step) >= before - _NOISE * abs(before):\n"
_IS_REFUSED = "    if line is None or line[1] <= 0.0 or sample.likelihood(line) < sample.likelihood(AS_MADE):\n"

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
        ("catalogue/screens.yaml", "    finds: {plain: 0.33, mild: 0.01}\n", "    finds: {plain: 0.92, mild: 0.30}\n"),
        f"{_SIMULATED}test_what_a_screen_finds_is_printed_beside_it[one_sided_corrections-False]",
        f"{_SIMULATED}test_what_a_screen_finds_is_printed_beside_it[one_sided_corrections-True]",
    ),
)
