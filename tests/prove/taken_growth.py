"""What is taken away of a day's question reading a day, whatever history lies behind it."""

from prove.taken import taken

_FILE = "sql/test_plans.py::"
_KEPT = "sql/migrations/0032_keep_when_periods_close.sql"


def _plan(name: str) -> str:
    return f"{_FILE}test_no_walk_through_history[{name}-embedded]"


GROWTH = (
    taken(
        "S-E1",
        "when a period closes is worked out from everything that anybody ever owed",
        (
            _KEPT,
            "    from\n        closing\n    where\n        (seen_until is null or closing.recorded_at <= seen_until)\n",
            "    from\n        (select item_kind, item_id, period_name, period_kind, period_end, closes_at, recorded_at\n"
            "        from obligation) as closing\n    where\n"
            "        (seen_until is null or closing.recorded_at <= seen_until)\n",
        ),
        f"{_FILE}test_closing_times_are_read_from_where_they_are_kept[embedded]",
    ),
    taken(
        "S-E2",
        "where a month's items stand is read out of all months",
        (
            "sql/queries/ledger/values_as_known.sql",
            "        and answer.period_kind = any(%(kinds)s)\n        and answer.period_end = any(%(ends)s::date[])\n",
            "",
        ),
        _plan("ledger/values_as_known"),
    ),
    taken(
        "S-E3",
        "all single days ever told are handed to whoever scores a month",
        (
            "sql/queries/score/kpi_values_as_known.sql",
            " and standing.period_end >= %(days_from)s::date)",
            ")",
        ),
        "sql/test_queries.py::test_query[embedded-score__kpi_values_as_known-days_of_long_ago]",
    ),
    taken(
        "S-E6",
        "every figure ever corrected is walked through",
        (
            "sql/queries/score/corrections_as_known.sql",
            "        and period_end >= %(since)s::date - interval '2 years'\n    union all\n",
            "    union all\n",
        ),
        f"{_FILE}test_corrections_are_those_of_late[embedded]",
    ),
    taken(
        "S-E7",
        "what is newest is looked for in all there is",
        (_KEPT, "create index observation_recorded_idx on observation (recorded_at);\n", ""),
        f"{_FILE}test_what_is_newest_is_the_end_of_an_index[embedded]",
    ),
    taken(
        "S-E8",
        "whose scores may have changed is asked of all files",
        (_KEPT, "create index submission_received_idx on submission (received_at);\n", ""),
        _plan("score/touched_bodies"),
    ),
    taken(
        "S-E9",
        "the newest state of a file is looked for among all files",
        (
            _KEPT,
            "create index submission_state_periods_idx on submission_state using gin (periods);\n",
            "",
        ),
        _plan("ledger/files_as_known"),
    ),
    taken(
        "S-E10a",
        "a killed command leaves its question running",
        ("store/embedded_process.py", '        "client_connection_check_interval": "1s",\n', ""),
        "unit/test_killed_question.py::test_the_server_is_set_for_years",
    ),
    taken(
        "S-E10b",
        "a sort over years goes to disk",
        ("store/embedded_process.py", '        "work_mem": "32MB",\n', ""),
        "unit/test_killed_question.py::test_the_server_is_set_for_years",
    ),
)
