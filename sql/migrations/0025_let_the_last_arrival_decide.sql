-- A sender who returns to an earlier version of a file, byte for byte, means it: the last arrival decides which version
-- stands. What counts is as early as it first came, so that nobody loses a report in time by sending it once more.

alter table arrival
    drop constraint arrival_file_key,
    add column returned_at timestamptz,
    add column removed_at timestamptz;
comment on table arrival is
    'One row per coming of a file: of a sender, under a name, with a size and time of change; the same content again leads '
    'to the submission it was before. A file that bears a mark of secrecy leaves no row.';
comment on column arrival.returned_at is
    'When its sender came back to this content, by the clock that tells received_at: it had sent something else of the same '
    'period since, or got a period reopened. Null for a first coming, and for a file that was only touched or copied.';
comment on column arrival.removed_at is
    'When we took it out of the inbox: the same file there again has come anew. Null where it stays or left by itself.';

create index arrival_file_idx on arrival (sender_id, file_name, arrival_id);
create index arrival_returned_idx on arrival (recorded_at, submission_id) where returned_at is not null;

create function coming_as_known(seen_until timestamptz)
returns table (submission_id bigint, came_at timestamptz, recorded_at timestamptz)
language sql stable
as $$
    select
        submission.submission_id,
        submission.received_at,
        submission.recorded_at
    from
        submission
    union all
    select
        arrival.submission_id,
        arrival.returned_at,
        arrival.recorded_at
    from
        arrival
    where
        arrival.returned_at is not null
        and (seen_until is null or arrival.recorded_at <= seen_until)
$$;
comment on function coming_as_known is
    'Every time that a content came: first, and whenever its sender returned to it. One row per submission and coming.';

create or replace function closing_as_known(seen_until timestamptz)
returns table (
    item_kind text, item_id text, period_name text, period_kind text, period_end date, closes_at timestamptz
)
language sql stable
as $$
    select distinct on (obligation.item_kind, obligation.item_id, obligation.period_name)
        obligation.item_kind,
        obligation.item_id,
        obligation.period_name,
        obligation.period_kind,
        obligation.period_end,
        obligation.closes_at
    from
        obligation
    where
        (seen_until is null or obligation.recorded_at <= seen_until)
        -- Only periods that closed before anything came can shut it out: running ones are not even sorted.
        and obligation.period_name in (
            select
                closing.period_name
            from
                obligation as closing
            where
                closing.closes_at <= (select max(coming.came_at) from coming_as_known(seen_until) as coming)
        )
    order by
        obligation.item_kind,
        obligation.item_id,
        obligation.period_name,
        obligation.recorded_at desc,
        obligation.closes_at desc
$$;

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
        coming.came_at,
        retracted.submission_id is not null,
        not is_taken(coming.came_at, closing.closes_at, reopened.reopened_at)
    from
        newest
    inner join submission
        on submission.submission_id = newest.submission_id
    inner join coming_as_known(seen_until) as coming
        on coming.submission_id = newest.submission_id
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
    'Every report with its state, whether it was taken back and whether its period was closed to it: one row per report, '
    'period and time it came.';

create or replace function answer_as_known(seen_until timestamptz, last_end date)
returns table (
    source text,
    row_id bigint,
    submission_id bigint,
    agency_id text,
    item_kind text,
    item_id text,
    period_kind text,
    period_end date,
    received_at timestamptz,
    is_retracted boolean,
    is_closed boolean
)
language sql stable
as $$
    with versions as (
        select
            'target'::text as source,
            target.target_id as row_id,
            target.submission_id,
            target.agency_id,
            'indicator'::text as item_kind,
            target.indicator_id as item_id,
            target.period_kind,
            target.period_end,
            target.is_retraction,
            target.recorded_at
        from
            target
        union all
        select
            case when observation.form = 'body_report' then 'body_report' else 'form' end as source,
            observation.observation_id as row_id,
            observation.submission_id,
            observation.agency_id,
            'indicator' as item_kind,
            observation.indicator_id as item_id,
            observation.period_kind,
            observation.period_end,
            observation.is_retraction,
            observation.recorded_at
        from
            observation
        union all
        select
            'task_report' as source,
            task_report.task_report_id as row_id,
            task_report.submission_id,
            task_report.agency_id,
            'task' as item_kind,
            task_report.task_id as item_id,
            task_report.period_kind,
            task_report.period_end,
            task_report.is_retraction,
            task_report.recorded_at
        from
            task_report
    ),

    newest as (
        select distinct on (
            versions.source,
            versions.submission_id,
            versions.agency_id,
            versions.item_id,
            versions.period_kind,
            versions.period_end
        )
            versions.*
        from
            versions
        where
            (seen_until is null or versions.recorded_at <= seen_until)
            and (last_end is null or versions.period_end <= last_end)
        order by
            versions.source,
            versions.submission_id,
            versions.agency_id,
            versions.item_id,
            versions.period_kind,
            versions.period_end,
            versions.recorded_at desc
    ),

    closing as (
        select
            *
        from
            closing_as_known(seen_until)
    ),

    -- What nobody owes closes with what is owed for the same period.
    closing_of_period as (
        select
            closing.period_kind,
            closing.period_end,
            closing.period_name,
            max(closing.closes_at) as closes_at
        from
            closing
        group by
            closing.period_kind,
            closing.period_end,
            closing.period_name
    )

    select
        newest.source,
        newest.row_id,
        newest.submission_id,
        newest.agency_id,
        newest.item_kind,
        newest.item_id,
        newest.period_kind,
        newest.period_end,
        coming.came_at,
        newest.submission_id in (
            select
                whole.submission_id
            from
                retraction_as_known(seen_until) as whole
            where
                whole.item_kind = 'report'
        )
        or (newest.submission_id, newest.item_kind, newest.item_id) in (
            select
                single.submission_id,
                single.item_kind,
                single.item_id
            from
                retraction_as_known(seen_until) as single
        ),
        -- Forms tell of many bodies that owe nothing themselves: they have no window.
        newest.source in ('body_report', 'task_report')
        and not is_taken(
            coming.came_at, coalesce(closing.closes_at, closing_of_period.closes_at), reopened.reopened_at
        )
    from
        newest
    inner join coming_as_known(seen_until) as coming
        on coming.submission_id = newest.submission_id
    left join closing
        on
            closing.item_kind = newest.item_kind
            and closing.item_id = newest.item_id
            and closing.period_kind = newest.period_kind
            and closing.period_end = newest.period_end
    left join closing_of_period
        on
            closing_of_period.period_kind = newest.period_kind
            and closing_of_period.period_end = newest.period_end
    left join reopening_as_known(seen_until) as reopened
        on
            reopened.agency_id = newest.agency_id
            and reopened.period_name = closing_of_period.period_name
    where
        not newest.is_retraction
$$;
comment on function answer_as_known is
    'What each submission last said of each item, and whether it counts: one row per source, submission, body, item, period '
    'and time it came.';
comment on function standing_answer is
    'The answer that stands: of each item the one that came last among those that count; first_received_at is when one that '
    'counts came first. One row per source, body, item and period.';
comment on function standing_file is
    'The file that speaks for a body and period as a whole: the one that came last among those that count. One row per body '
    'and period.';
