"""What is taken away of checks for slips of the keyboard, the unit and the row."""

from prove.taken import taken

_SLIPS = "spec/test_slips.py::"
_SEES = "spec/test_what_a_person_sees.py::"


def _figure(name: str) -> str:
    return f"{_SLIPS}test_one_figure[{name}]"


def _read(name: str) -> str:
    return f"{_SEES}test_read_or_asked[{name}]"


SLIPS = (
    taken(
        "B3a",
        "a figure nine or ten times off is not asked about",
        ("normalise/checks/slips.py", "    if _leaps(value, before, indicator, period):\n", "    if False:\n"),
        _figure("72.08-8.95-81.3-2026-10-figure-leaps"),
        _figure("68.14-274-2735-2026-10-figure-leaps"),
        _figure("68.14-27351-2735-2026-10-figure-leaps"),
        _figure("57.21-5.9-None-2026-10-figure-leaps"),
    ),
    taken(
        "B3b",
        "days, whose counts leap, are asked about",
        ("normalise/checks/slips.py", '_LEAPING = {"day", "week"}', "_LEAPING: set[str] = set()"),
        _figure("D01-51-4-2026-10-31-None"),
    ),
    taken(
        "B3c",
        "a share that moved far is not asked about",
        (
            "normalise/checks/slips.py",
            "    if last is not None and _moves_far(value, before, indicator, period):\n",
            "    if False:\n",
        ),
        _figure("72.08-100-76.2-2026-10-share-moves-far"),
        _figure("72.07-89.5-100-2026-10-share-moves-far"),
    ),
    taken(
        "B3d",
        "only the very unit % has a range: 942 of % dân số passes",
        ("normalise/looks.py", 'return "%" in unit', 'return unit == "%"'),
        _figure("72.06-942-94.2-2026-10-share-over-hundred"),
        _figure("57.01-183-18.3-2026-Q3-share-over-hundred"),
    ),
    taken(
        "B3e",
        "a fraction is not asked about at the first report",
        (
            "normalise/checks/slips.py",
            "        return False\n    return value * (_TENFOLD_OF_TARGET",
            "        return False\n    return False and value * (_TENFOLD_OF_TARGET",
        ),
        _figure("72.04-0.813-None-2026-10-share-looks-small"),
        _figure("68.11-0.62-None-2026-10-share-looks-small"),
        _figure("79.03-0.37-None-2026-share-looks-small"),
    ),
    taken(
        "B3f",
        "a fraction as the share of a task passes",
        (
            "normalise/checks/tasks.py",
            "    elif 0 < share < 1 or (share == 1 and state is TaskState.DONE):\n",
            "    elif False:\n",
        ),
        "spec/test_round_trip.py::test_mended_where_marked_is_accepted[percent-looks-small]",
    ),
    taken(
        "B3g",
        "ten letters of remark justify a slip of scale",
        ("normalise/notes.py", "return self._checks[check].needs_figure", "return False"),
        *(
            f"{_SLIPS}test_ten_letters_never_justify_a_slip_of_scale[{check}]"
            for check in ("figure-leaps", "ratio-not-met", "share-over-hundred", "growth-over-hundred")
        ),
        "spec/test_body_report.py::test_a_remark_is_no_reason_for_a_slip_of_scale[figure-leaps]",
    ),
    taken(
        "B3h",
        "zero after a cumulative value passes",
        (
            "normalise/checks/slips.py",
            "    if last is not None and not value and kinds()[indicator.kind].grows and before:\n",
            "    if False:\n",
        ),
        _figure("68.14-0-2735-2026-10-total-falls"),
    ),
    taken(
        "B3i",
        "the target pasted as the value passes",
        (
            "normalise/checks/slips.py",
            "    if before and _is_target(value, before, period, indicator):\n",
            "    if False:\n",
        ),
        _figure("72.04-95-80-2026-10-target-as-value"),
        _figure("68.06-35-None-2026-Q3-target-as-value"),
    ),
    taken(
        "B3j",
        "the column of targets pasted over the values passes",
        (
            "normalise/checks/slips.py",
            "    for item in reached if len(reached) >= FEWEST_AT_ONCE else ():\n",
            "    for item in ():\n",
        ),
        f"{_SLIPS}test_targets_pasted_over_values",
        f"{_SLIPS}test_targets_pasted_at_the_first_report",
    ),
    taken(
        "B3k",
        "the column of last month in the place of this month's passes",
        (
            "normalise/checks/slips.py",
            "    if before is not None and told is not None and entry.value == before != told:\n",
            "    if False:\n",
        ),
        "unit/test_finding_words.py::test_every_check_is_raised",
    ),
    taken(
        "B3l",
        "shares exchanged between rows, or pasted one row down, pass",
        ("normalise/checks/slips.py", "    if len(traded) < FEWEST_AT_ONCE:\n", "    if True:\n"),
        f"{_SLIPS}test_rows_pasted_one_down",
        f"{_SLIPS}test_counts_pasted_one_down",
    ),
    taken(
        "B3m",
        "a hidden row that has no height is read without a word",
        (
            "collect/scan_sheet.py",
            "hidden += [row] if _HIDDEN.search(attributes) or _FLAT.search(attributes) else []",
            "hidden += [row] if _HIDDEN.search(attributes) else []",
        ),
        _read("row of no height"),
    ),
    taken(
        "B3n",
        "a ratio that its own parts contradict passes",
        (
            "normalise/checks/figures.py",
            "        _check_quotient(cells, entry.indicator_id, value, _share(numerator, denominator))\n",
            "        pass\n",
        ),
        f"{_SLIPS}test_parts_of_a_ratio[58-parts2-ratio-not-met]",
        f"{_SLIPS}test_parts_beside_any_share",
    ),
    taken(
        "B3o",
        "a share far from its peers' passes, also at the first report",
        ("normalise/checks/peers.py", "    elif _is_far(value, last, middle, peers):\n", "    elif False:\n"),
        f"{_SLIPS}test_a_share_beside_those_of_others[8.95-None-8-share-far-from-peers]",
        f"{_SLIPS}test_a_share_beside_those_of_others[72-93-8-share-far-from-peers]",
        "unit/test_compared_figures.py::test_a_figure_far_from_the_others[1-True-embedded]",
    ),
    taken(
        "B3p",
        "ten times the target passes at the first report",
        (
            "normalise/checks/slips.py",
            "        return _beyond_target(value, planned,",
            "        return None and _beyond_target(value, planned,",
        ),
        _figure("57.10-75-None-2026-far-beyond-target"),
    ),
    taken(
        "B3q",
        "a growth of 240 % passes",
        ("normalise/checks/figures.py", "        if abs(value) > WHOLE:\n", "        if False:\n"),
        _figure("71.17-240-None-2026-growth-over-hundred"),
    ),
    taken(
        "B3r",
        "honest leaps are asked about: a limit of 1.2 instead of 5 times",
        ("normalise/checks/slips.py", "_TENFOLD = Decimal(5)", '_TENFOLD = Decimal("1.2")'),
        f"{_SLIPS}test_honest_figures_are_never_asked_about",
    ),
)
