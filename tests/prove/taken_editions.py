"""What is taken away of figures that lead back to their cells, and of editions that can be told again (issue 12)."""

from prove.taken import taken

EDITIONS = (
    taken(
        "Fa",
        "a difference of two days names cells of provinces that it leaves out",
        (
            "brief/parts/bulletin_values.py",
            "return [day.by_body[key] for day in (now, then) for key in sorted(both)]",
            "return [*now.by_body.values(), *then.by_body.values()]",
        ),
        "unit/test_changed_figures.py::test_a_difference_names_only_what_it_compares",
    ),
    taken(
        "Fb",
        "findings of a period are those on files that speak of it by now, whatever was known then",
        (
            "sql/queries/findings/standing.sql",
            "submission_as_known(%(known_at)s::timestamptz) as file",
            "standing_submission as file",
        ),
        "sql/test_queries.py::test_query[embedded-findings__standing-of_a_period_as_known]",
    ),
)
