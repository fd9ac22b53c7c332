-- The workbooks of some periods with their state as known at a time. Grain: one row per submission and period.
-- Parameters: period_names, known_at (null: all that is known).
with newest as (
    select distinct on (submission_id)
        submission_id,
        state,
        periods
    from
        submission_state
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        submission_id,
        recorded_at desc
),

final as (
    select
        submission.sender_id as agency_id,
        period_name,
        newest.state,
        submission.received_at
    from
        newest
    inner join submission
        using (submission_id)
    cross join unnest(newest.periods) as period_name
    where
        period_name = any(%(period_names)s)
    order by
        submission_id,
        period_name
)

select * from final
