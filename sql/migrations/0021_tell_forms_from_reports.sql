-- A form of a month names the same period as a body's own report of that month, and is none: it answers for no report.

alter table submission_state add column is_report boolean not null default true;
comment on column submission_state.is_report is
    'The workbook a body fills in, or a file nobody could tell from it; a form that tells of others is no report.';

update submission_state
set is_report = false
where
    submission_id in (select target.submission_id from target)
    or submission_id in (select observation.submission_id from observation where observation.form <> 'body_report');

create or replace function file_as_known(seen_until timestamptz)
returns table (
    submission_id bigint,
    agency_id text,
    period_name text,
    state text,
    is_demonstration boolean,
    received_at timestamptz,
    is_retracted boolean,
    is_closed boolean
)
language sql stable
as $$
    with newest as (
        select distinct on (submission_state.submission_id)
            submission_state.*
        from
            submission_state
        where
            seen_until is null
            or submission_state.recorded_at <= seen_until
        order by
            submission_state.submission_id,
            submission_state.recorded_at desc
    ),

    closing as (
        select
            closed.period_name,
            closed.closes_at
        from
            closing_as_known(seen_until) as closed
        where
            closed.item_kind = 'report'
    )

    select
        newest.submission_id,
        submission.sender_id,
        named.period_name,
        newest.state,
        newest.is_demonstration,
        submission.received_at,
        retracted.submission_id is not null,
        not is_taken(submission.received_at, closing.closes_at, reopened.reopened_at)
    from
        newest
    inner join submission
        on submission.submission_id = newest.submission_id
    cross join unnest(newest.periods) as named (period_name)
    left join closing
        on closing.period_name = named.period_name
    left join reopening_as_known(seen_until) as reopened
        on
            reopened.agency_id = submission.sender_id
            and reopened.period_name = named.period_name
    left join retraction_as_known(seen_until) as retracted
        on
            retracted.submission_id = newest.submission_id
            and retracted.item_kind = 'report'
    where
        newest.is_report
$$;
comment on function file_as_known is
    'Every report with its state, whether it was taken back and whether its period was closed to it: one row per report and period.';
