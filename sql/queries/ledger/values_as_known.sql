-- Which items of some periods have an answer of their own, as known at a time, and when it came first.
-- Grain: one row per body, item and period. Parameters: period_names, known_at (null: all that is known).
with periods as (
    select distinct
        period_name,
        period_kind,
        period_end
    from
        obligation
    where
        period_name = any(%(period_names)s)
),

answers as (
    select
        submission_id,
        agency_id,
        'indicator' as item_kind,
        indicator_id as item_id,
        period_kind,
        period_end,
        is_retraction,
        recorded_at
    from
        observation
    union all
    select
        submission_id,
        agency_id,
        'task' as item_kind,
        task_id as item_id,
        period_kind,
        period_end,
        is_retraction,
        recorded_at
    from
        task_report
),

newest as (
    select distinct on (submission_id, agency_id, item_kind, item_id, period_kind, period_end)
        submission_id,
        agency_id,
        item_kind,
        item_id,
        periods.period_name,
        is_retraction
    from
        answers
    inner join periods
        using (period_kind, period_end)
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        submission_id,
        agency_id,
        item_kind,
        item_id,
        period_kind,
        period_end,
        recorded_at desc
),

final as (
    select
        newest.agency_id,
        newest.item_kind,
        newest.item_id,
        newest.period_name,
        min(submission.received_at) as received_at
    from
        newest
    inner join submission
        using (submission_id)
    where
        not newest.is_retraction
    group by
        newest.agency_id,
        newest.item_kind,
        newest.item_id,
        newest.period_name
)

select * from final
