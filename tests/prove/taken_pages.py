"""What is taken away of printed statements that are so, and of DAGs and starts as they should be (issue 9)."""

from prove.taken import taken

_SAYS = "unit/test_statements.py::"
_PRINTED = "spec/test_printed_numbers.py::"
_EMPTY = "unit/test_empty_answers.py::"
_LIGHT = "test_light_start.py::"

STATEMENTS = (
    taken(
        "Ea",
        "the closing time on a page is the tick, not what the edition knew",
        (
            "brief/parts/resolution_figures.py",
            "closing = snapshot.known_at.astimezone(TIME_ZONE)",
            "closing = snapshot.as_of.astimezone(TIME_ZONE)",
        ),
        f"{_SAYS}test_closing_time_is_what_the_edition_knew",
        "unit/test_editions.py::test_printed_closing_time_gives_the_page[embedded]",
    ),
    taken(
        "Eb",
        "days overdue are counted to a day of each row's own",
        (
            "brief/parts/resolution_figures.py",
            "        if as_at is not None and row",
            "        if False and row",
        ),
        f"{_SAYS}test_days_overdue_are_counted_to_one_day_and_it_is_named",
        f"{_SAYS}test_bulletin_counts_days_to_its_own_day[en]",
    ),
    taken(
        "Ec",
        "an obstacle stands beside several late bodies without a name",
        ("brief/parts/month_obstacles.py", "    if len(rows) == 1:\n", "    if True:\n"),
        f"{_SAYS}test_an_obstacle_stands_with_the_name_of_its_body",
    ),
    taken(
        "Ed",
        "a task given to 34 bodies is counted as 34 tasks",
        (
            "brief/parts/resolution_figures.py",
            'found[assignment["item_kind"]].add(assignment["parent_task"] or assignment["item_id"])',
            'found[assignment["item_kind"]].add(assignment["item_id"])',
        ),
        f"{_SAYS}test_tasks_are_counted_as_tasks",
    ),
    taken(
        "Ee",
        "a page prints 90 whatever the settings say",
        (
            "brief/parts/limit_words.py",
            '"parent_green_from": Decimal(repr(limits.parent_green_from))',
            '"parent_green_from": Decimal(90)',
        ),
        f"{_SAYS}test_limits_on_a_page_are_those_in_force",
    ),
    taken(
        "Ef",
        "a limit is written into a message",
        (
            "report_templates/resolutions_month/messages.vi.yaml",
            "vàng từ {parent_amber_from} điểm",
            "vàng từ 75 điểm",
        ),
        f"{_SAYS}test_no_text_holds_a_number_that_is_set_elsewhere[resolutions_month/messages.vi.yaml]",
        f"{_SAYS}test_limits_on_a_page_are_those_in_force",
    ),
    taken(
        "Eg",
        "89.6, which is amber, is printed as 90, where green begins",
        (
            "wording.py",
            "        if all(limit.is_passed(shown, Decimal(0)) is side for limit, side in sides):\n",
            "        if shown is not None:\n",
        ),
        f"{_PRINTED}test_examples[89.6-said0-0-89,6]",
        f"{_PRINTED}test_every_figure_of_a_page_keeps_its_side",
        f"{_SAYS}test_a_sheet_shows_a_value_on_its_own_side",
        f"{_EMPTY}test_a_table_rounds_nothing_across_a_limit",
    ),
    taken(
        "Eh",
        "a cell of a sheet rounds across a limit",
        ("brief/parts/limit_words.py", '"points": (*WHOLE, *points_of_parents(limits)),', '"points": (),'),
        f"{_SAYS}test_a_sheet_shows_a_value_on_its_own_side",
    ),
    taken(
        "Ei",
        "the bulletin denies obstacles that its own figures count",
        ("brief/parts/bulletin_lists.py", "    if daily:\n        found", "    if False:\n        found"),
        "unit/test_denials.py::test_a_bulletin_does_not_deny_what_it_counts",
    ),
    taken(
        "Ej",
        "findings of a period that nobody looked at read as clean",
        ("ask/submissions.py", "    if not found:\n", "    if False:\n"),
        f"{_EMPTY}test_a_period_of_which_nothing_is_known[findings---embedded]",
        f"{_EMPTY}test_findings_tell_how_much_was_looked_at[embedded]",
    ),
    taken(
        "Ek",
        "a list of cells is cut at 40",
        ("brief/parts/figure_table.py", '"cells": places(part),', '"cells": places(part[:40]),'),
        f"{_SAYS}test_a_list_of_cells_is_complete",
    ),
    taken(
        "El",
        "150 cells do not fit into their column",
        (
            "brief/charts/count_cells.py",
            "all(grid.width_of(most) <= width for width, most in largest.items())",
            "True",
        ),
        f"{_SAYS}test_a_length_of_cells_is_a_count[150]",
    ),
    taken(
        "Eo",
        "what fell due since its last report is in no list",
        ("brief/parts/resolution_figures.py", 'return bool(assignment["as_at"] <= due_on < as_at)', "return False"),
        f"{_SAYS}test_what_fell_due_since_its_report_is_told",
    ),
    taken(
        "Ep",
        "an obstacle is blamed for not stating what delay costs, which nobody asks",
        ("brief/parts/month_decisions.py", '    if not matter.is_request:\n        return ""\n', ""),
        f"{_SAYS}test_an_obstacle_is_not_blamed_for_what_nobody_asks",
    ),
    taken(
        "Eq",
        "scores of a period that nothing is known of are given",
        ("ask/month_as_known.py", "    _require_reached(month, scored)\n", ""),
        f"{_EMPTY}test_scores_of_a_period_that_knowledge_has_not_reached[embedded]",
    ),
    taken(
        "Er",
        "page 1 does not say how many tasks its assignments are",
        (
            "brief/parts/month_things.py",
            'item_id = assignment["parent_task"] or assignment["item_id"]',
            'item_id = assignment["item_id"]',
        ),
        f"{_SAYS}test_tasks_are_counted_as_tasks",
    ),
)

HOUSE = (
    taken(
        "9.0",
        "a DAG takes a tick that is just past, on an inbox that is still empty",
        ("dags/briefings.py", ", run_immediately=timedelta(0))", ")"),
        "dags/test_schedules.py::test_no_dag_begins_with_a_tick_that_is_past",
    ),
    taken(
        "9.8a",
        "a DAG file loads the stages behind it",
        (
            "dags/briefings.py",
            "from resolution_monitor import pipeline\n",
            "from resolution_monitor import pipeline\nfrom resolution_monitor.pipeline import score\n",
        ),
        f"{_LIGHT}test_dag_files_load_no_stage",
    ),
    taken(
        "9.8b",
        "the help of a command loads what the command works with",
        ("commands/moments.py", "\nimport typer\n", "\nimport pandas\nimport typer\n"),
        f"{_LIGHT}test_help_of_a_command_loads_no_stage",
        f"{_LIGHT}test_help_of_every_command_is_light",
    ),
    taken(
        "9.8c",
        "the list of commands loads the commands",
        ("commands/lazy_group.py", "\nimport typer\n", "\nimport typer\nimport resolution_monitor.commands.scores\n"),
        f"{_LIGHT}test_help_loads_no_command",
    ),
)
