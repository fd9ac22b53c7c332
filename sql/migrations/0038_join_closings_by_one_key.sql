-- With 600 bodies and 40 months behind them the answers of a month took minutes, since each was held against all items that
-- close in its period. The function says what it said (0025); only the way to it is another.

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

    -- One key of four columns: asked column by column, the planner takes a few answers for granted, goes through period by
    -- period, and holds every answer of a period against everything that closes in it.
    closing as (
        select
            closing.*,
            concat_ws('/', closing.item_kind, closing.item_id, closing.period_kind, closing.period_end) as key
        from
            closing_as_known(seen_until) as closing
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
        on closing.key = concat_ws('/', newest.item_kind, newest.item_id, newest.period_kind, newest.period_end)
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
