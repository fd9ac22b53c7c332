-- The figures of bodies' reports for a period as they were last read, those of refused or replaced files too.
-- A task that is done moves no more and has none.
-- Grain: one row per submission, time it came, and item. Parameters: period_kind, period_end.
with versions as (
    select
        submission_id,
        agency_id,
        indicator_id as item_id,
        value as figure,
        is_retraction,
        recorded_at
    from
        observation
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and form = 'body_report'
    union all
    select
        submission_id,
        agency_id,
        task_id as item_id,
        case when state <> 'done' then done_pct end as figure,
        is_retraction,
        recorded_at
    from
        task_report
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
),

newest as (
    select distinct on (submission_id, agency_id, item_id)
        *
    from
        versions
    order by
        submission_id,
        agency_id,
        item_id,
        recorded_at desc
),

final as (
    select
        newest.submission_id,
        newest.agency_id,
        newest.item_id,
        newest.figure,
        coming.came_at as received_at
    from
        newest
    inner join coming_as_known(null) as coming
        using (submission_id)
    where
        not newest.is_retraction
        and newest.figure is not null
)

select * from final
