"""What is taken away of what Airflow's operators expect: runs without a date, neighbours, forms, failures, patience."""

from prove.taken import taken

_RUNS = "unit/test_operators_runs.py::"
_STAGES = "unit/test_stages.py::"
_MONTHS = "unit/test_neighbouring_months.py::"

RUNS = (
    taken(
        "S-B1a",
        "a run without a logical date fails",
        (
            "airflow_host/briefing_task.py",
            'context.get("logical_date") or context["dag_run"].run_after',
            'context["logical_date"]',
        ),
        f"{_RUNS}test_a_run_without_a_date[last tick-embedded]",
        ends_in="KeyError",
    ),
    taken(
        "S-B1b",
        "it is about its last tick, whatever period it names",
        ("pipeline/stages.py", "parse_period(named) if named else period_of_run(", "period_of_run("),
        f"{_RUNS}test_a_run_without_a_date[named-embedded]",
    ),
    taken(
        "S-B1c",
        "what cannot pass is tried again",
        ("airflow_host/retrying.py", "        if error.may_pass:\n", "        if True:\n"),
        f"{_RUNS}test_what_cannot_be_is_not_tried_again[embedded]",
    ),
    taken(
        "S-B2a",
        "a run for 2031-01 fills the ledger to 2031",
        ("pipeline/stages.py", "    require_due(calendar, period, now + _CLOCKS_DIFFER)\n", ""),
        f"{_STAGES}test_nothing_is_written_of_a_month_to_come[embedded]",
    ),
    taken(
        "S-B2b",
        "scores, status and the like answer of a month that has not come",
        ("commands/opened.py", "            pipeline.require_come(context, period, as_of)\n", "            pass\n"),
        "unit/test_empty_answers.py::test_a_period_that_has_not_come_is_refused[1-embedded]",
    ),
    taken(
        "S-B3a",
        "the first start runs a tick that is past",
        ("dags/briefings.py", ", run_immediately=timedelta(0)", ""),
        "dags/test_schedules.py::test_no_dag_begins_with_a_tick_that_is_past",
    ),
    taken(
        "S-B3b",
        "months made backwards say another thing than one after the other",
        (
            "pipeline/score.py",
            "        for earlier in _unscored_before(",
            "        for earlier in [] and _unscored_before(",
        ),
        f"{_MONTHS}test_backwards_gives_what_forwards_gives[embedded]",
    ),
    taken(
        "S-B3c",
        "a month is scored while its neighbour is being read",
        ("pipeline/normalise.py", '    with in_turn(context.database, "the reading"):\n', "    if True:\n"),
        f"{_MONTHS}test_a_run_reads_and_scores_in_its_turn[embedded]",
    ),
    taken(
        "S-B4a",
        "nobody makes inbox/ and outbox/",
        ("pipeline/catalogue_in_force.py", "    lay_out(settings)\n", ""),
        f"{_STAGES}test_a_new_installation_has_an_inbox_and_an_outbox[embedded]",
    ),
    taken(
        "S-B4b",
        "a run in a demonstration looks where no report lies",
        (
            "pipeline/context.py",
            "        if settings.inbox is None and kind_of(opened) is Kind.DEMONSTRATION:\n",
            "        if False:\n",
        ),
        f"{_STAGES}test_a_demonstration_has_an_inbox_of_its_own[embedded]",
    ),
    taken(
        "S-B4c",
        "a past month is made again only where an inbox can be read",
        ("pipeline/stages.py", 'asked.get("collects", True):', "True:"),
        f"{_STAGES}test_a_period_is_made_again_without_collecting[embedded]",
        ends_in="InboxError",
    ),
)

FORMS = (
    taken(
        "S-B5a",
        "a field of a form has no title of its own",
        ("airflow_host/briefing_form.py", '        title="Ngôn ngữ · Language",\n', ""),
        f"{_RUNS}test_a_form_says_what_it_asks[embedded]",
        ends_in="KeyError",
    ),
    taken(
        "S-B5b",
        "a form asks for the clock of a demonstration",
        (
            "airflow_host/briefing_form.py",
            '        "language": _language(',
            '        "clock": Param(None, title="Đồng hồ · Clock", description_md="x"),\n        "language": _language(',
        ),
        f"{_RUNS}test_a_form_says_what_it_asks[embedded]",
    ),
    taken(
        "S-B5c",
        "a period is taken as anybody writes it",
        (
            "airflow_host/briefing_form.py",
            "        pattern=pattern_of(calendar.period_kind),\n",
            '        pattern=pattern_of(calendar.period_kind) and ".*",\n',
        ),
        f"{_RUNS}test_a_form_holds_a_period_to_its_pattern[embedded]",
    ),
    taken(
        "S-B5d",
        "a form does not name the periods that are missing",
        ("airflow_host/briefing_form.py", "missing_periods(settings, calendar.report))", "[])"),
        f"{_RUNS}test_a_form_names_what_is_missing[embedded]",
    ),
    taken(
        "S-B5e",
        "a DAG is called by its code",
        (
            "airflow_host/briefing_form.py",
            '    return " · ".join(name for name in (calendar.name_vi, calendar.name_en) if name) or calendar.report\n',
            "    return calendar.report\n",
        ),
        f"{_RUNS}test_a_form_says_what_it_asks[embedded]",
    ),
    taken(
        "S-B5f",
        "nobody says what to do when a DAG is red",
        ("dags/maintenance.md", "Khi đỏ · When red", "Notes"),
        f"{_RUNS}test_every_dag_has_its_page",
    ),
    taken(
        "S-B5g",
        "a run's note is numbers without their month",
        ("airflow_host/run_note.py", "{period_words(parse_period(result['period']))}: ", ""),
        f"{_RUNS}test_the_note_of_a_run",
    ),
    taken(
        "S-B5h",
        "a failure is told to nobody by mail",
        ("airflow_host/failures.py", "for address in _addresses()]", "for address in ()]"),
        f"{_RUNS}test_a_failure_is_told[embedded]",
    ),
    taken(
        "S-B5i",
        "nor by a file",
        ("airflow_host/failures.py", "    _write_line(", "    str("),
        f"{_RUNS}test_a_failure_is_told[embedded]",
    ),
    taken(
        "S-B5j",
        "a run's log does not begin with what it is about",
        (
            "pipeline/stages.py",
            '    log.info("%s, %s (%s): %s begins", report, period_words(period), period.name, name)\n',
            "",
        ),
        f"{_RUNS}test_a_run_without_a_date[named-embedded]",
    ),
    taken(
        "S-B5k",
        "a run at the terminal takes the place of a backfill's record and begins at its tick; no asset tells of it",
        (
            "airflow_host/run_dag.py",
            "    return (run_id, asked.tick) if is_free else",
            "    return (run_id, asked.tick) if True else",
        ),
        "dags/test_begun_by_operators.py::test_a_run_at_the_terminal_replaces_only_its_own[embedded]",
        "dags/test_begun_by_operators.py::test_a_run_without_a_date[embedded]",
        also=[
            ("airflow_host/run_dag.py", ', "start_date": began_at', ""),
            ("airflow_host/briefing_task.py", "        event.extra = {", "        _ = {"),
        ],
    ),
    taken(
        "S-B6a",
        "the page for an Airflow of one's own leaves out a secret",
        ("docs/own-airflow.md", "AIRFLOW__API_AUTH__JWT_SECRET=SECRET-1\n", ""),
        f"{_RUNS}test_the_page_for_an_airflow_of_ones_own[embedded]",
    ),
    taken(
        "S-B6b",
        "a unit starts a service otherwise than make up",
        ("setup/systemd/scheduler.env", "--skip-serve-logs", ""),
        "unit/test_services.py::test_units_tell_a_service_what_make_up_tells_it",
    ),
    taken(
        "S-B7a",
        "a DAG file that loads in a minute is an error",
        ("airflow_host/environment.py", '"AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "180"', '"_": "30"'),
        "unit/test_services.py::test_patience_with_slow_starts",
        ends_in="KeyError",
    ),
    taken(
        "S-B7b",
        "a task that begins while the api-server starts has burnt its try",
        ("airflow_host/environment.py", 'EXECUTION_API_RETRIES": "30"', 'EXECUTION_API_RETRIES": "5"'),
        "unit/test_services.py::test_patience_with_slow_starts",
    ),
)
