-- Which answer stands: one rule for ledger, scores and briefings. Beside it what people take back, and what each item weighs.

create table retraction (
    retraction_id bigint generated always as identity,
    submission_id bigint not null,
    item_kind text not null,
    item_id text not null,
    reason text not null,
    author text not null,
    is_withdrawn boolean not null,
    recorded_at timestamptz not null,
    constraint retraction_pkey primary key (retraction_id),
    constraint retraction_version_key unique (submission_id, item_kind, item_id, recorded_at),
    constraint retraction_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint retraction_item_kind_check check (item_kind in ('report', 'indicator', 'task')),
    constraint retraction_reason_check check (reason ~ '\S'),
    constraint retraction_author_check check (author ~ '\S')
);
comment on table retraction is
    'One row per submission, item and decision: taken back, or taken back no more; the newest holds. Item report: all of it.';

alter table obligation
    add column weight numeric not null default 1,
    add column is_weight_assumed boolean not null default true,
    add constraint obligation_weight_not_negative_check check (weight >= 0);
comment on column obligation.weight is 'Importance of the item in the catalogue of that time; assumed: the system''s default.';

create function retraction_as_known(seen_until timestamptz)
returns table (submission_id bigint, item_kind text, item_id text)
language sql stable
as $$
    with newest as (
        select distinct on (retraction.submission_id, retraction.item_kind, retraction.item_id)
            retraction.*
        from
            retraction
        where
            seen_until is null
            or retraction.recorded_at <= seen_until
        order by
            retraction.submission_id,
            retraction.item_kind,
            retraction.item_id,
            retraction.recorded_at desc
    )

    select
        newest.submission_id,
        newest.item_kind,
        newest.item_id
    from
        newest
    where
        not newest.is_withdrawn
$$;
comment on function retraction_as_known is 'What is taken back: one row per submission and item; item report is all of it.';

create function reopening_as_known(seen_until timestamptz)
returns table (agency_id text, period_name text, reopened_at timestamptz)
language sql stable
as $$
    select
        reopening.agency_id,
        reopening.period_name,
        min(reopening.recorded_at)
    from
        reopening
    where
        seen_until is null
        or reopening.recorded_at <= seen_until
    group by
        reopening.agency_id,
        reopening.period_name
$$;
comment on function reopening_as_known is 'From when a body''s period takes corrections again: one row per body and period.';

create function closing_as_known(seen_until timestamptz)
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
                closing.closes_at <= (select max(submission.received_at) from submission)
        )
    order by
        obligation.item_kind,
        obligation.item_id,
        obligation.period_name,
        obligation.recorded_at desc,
        obligation.closes_at desc
$$;
comment on function closing_as_known is
    'When each item''s period closed, the same for all bodies, also for those that owe it no more: one row per item and period.';

create function is_taken(received_at timestamptz, closes_at timestamptz, reopened_at timestamptz)
returns boolean
language sql immutable
as $$ select closes_at is null or received_at < closes_at or coalesce(received_at >= reopened_at, false) $$;
comment on function is_taken is 'Inside the revision window, or after a reopening; what has no window is always taken.';

create function file_as_known(seen_until timestamptz)
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
$$;
comment on function file_as_known is
    'Every file with its state, whether it was taken back and whether its period was closed to it: one row per file and period.';

create function answer_as_known(seen_until timestamptz, last_end date)
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
        submission.received_at,
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
            submission.received_at, coalesce(closing.closes_at, closing_of_period.closes_at), reopened.reopened_at
        )
    from
        newest
    inner join submission
        on submission.submission_id = newest.submission_id
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
    'What each submission last said of each item, and whether it counts: one row per source, submission, body, item and period.';

create function standing_answer(seen_until timestamptz, last_end date)
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
    first_received_at timestamptz
)
language sql stable
as $$
    select distinct on (answer.source, answer.agency_id, answer.item_id, answer.period_kind, answer.period_end)
        answer.source,
        answer.row_id,
        answer.submission_id,
        answer.agency_id,
        answer.item_kind,
        answer.item_id,
        answer.period_kind,
        answer.period_end,
        answer.received_at,
        min(answer.received_at) over (
            partition by answer.source, answer.agency_id, answer.item_id, answer.period_kind, answer.period_end
        )
    from
        answer_as_known(seen_until, last_end) as answer
    where
        not answer.is_retracted
        and not answer.is_closed
    order by
        answer.source,
        answer.agency_id,
        answer.item_id,
        answer.period_kind,
        answer.period_end,
        answer.received_at desc,
        answer.submission_id desc
$$;
comment on function standing_answer is
    'The answer that stands: of each item the latest received among those that count. One row per source, body, item and period.';

create function standing_file(seen_until timestamptz)
returns table (
    submission_id bigint,
    agency_id text,
    period_name text,
    is_demonstration boolean,
    received_at timestamptz
)
language sql stable
as $$
    select distinct on (taken.agency_id, taken.period_name)
        taken.submission_id,
        taken.agency_id,
        taken.period_name,
        taken.is_demonstration,
        taken.received_at
    from
        file_as_known(seen_until) as taken
    where
        taken.state in ('accepted', 'accepted_in_part')
        and not taken.is_retracted
        and not taken.is_closed
    order by
        taken.agency_id,
        taken.period_name,
        taken.received_at desc,
        taken.submission_id desc
$$;
comment on function standing_file is
    'The file that speaks for a body and period as a whole: the latest received among those that count. One row per body, period.';
