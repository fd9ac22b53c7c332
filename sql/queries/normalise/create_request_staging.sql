-- Where the requests of some readings wait inside their transaction.
create temporary table staged_request (
    submission_id bigint not null,
    agency_id text not null,
    period_kind text not null,
    period_end date not null,
    number integer not null,
    kind text not null,
    task_id text,
    text text not null,
    decider text,
    proposed_due_on date,
    cost_of_delay text not null,
    sheet text not null,
    cell text not null
) on commit drop
