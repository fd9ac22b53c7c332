-- Where the obstacles of some readings wait inside their transaction.
create temporary table staged_obstacle (
    submission_id bigint not null,
    agency_id text not null,
    period_kind text not null,
    period_end date not null,
    number integer not null,
    task_id text,
    kind text not null,
    text text not null,
    resolver text,
    is_resolved boolean not null,
    sheet text not null,
    cell text not null
) on commit drop
