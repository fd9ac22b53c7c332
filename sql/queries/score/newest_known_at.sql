-- When the newest row about a period was recorded; null when nothing is known of it.
-- Parameters: period_kind, period_end, known_at (null: no limit).
with figures as (
    select period_kind, period_end, recorded_at from target
    union all
    select period_kind, period_end, recorded_at from observation
),

answers as (
    select
        submission_id
    from
        answer_as_known(null, %(period_end)s::date)
    where
        source in ('target', 'form')
        and period_kind = %(period_kind)s
        and period_end = %(period_end)s
),

rows_of_period as (
    select
        recorded_at
    from
        figures
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
    union all
    select
        recorded_at
    from
        retraction
    where
        submission_id in (select submission_id from answers)
    union all
    select
        recorded_at
    from
        arrival
    where
        returned_at is not null
        and submission_id in (select submission_id from answers)
),

final as (
    select
        max(recorded_at) as known_at
    from
        rows_of_period
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
)

select * from final
