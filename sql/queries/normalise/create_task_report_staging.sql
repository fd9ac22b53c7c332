-- Where the reports of tasks of some readings wait inside their transaction.
create temporary table staged_task_report (
    submission_id bigint not null,
    agency_id text not null,
    task_id text not null,
    period_kind text not null,
    period_end date not null,
    state text not null,
    done_pct numeric,
    done_on date,
    product text not null,
    note text not null,
    evidence text not null,
    schedule text,
    sheet text not null,
    cell text not null
) on commit drop
