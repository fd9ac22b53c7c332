-- When the newest row about a period was recorded; null when nothing is known of it.
-- Parameters: period_kind, period_end, known_at (null: no limit).
with rows_of_period as (
    select
        recorded_at
    from
        target
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
    union all
    select
        recorded_at
    from
        observation
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
    union all
    select
        retraction.recorded_at
    from
        retraction
    inner join answer_as_known(null, %(period_end)s::date) as answer
        using (submission_id)
    where
        answer.source in ('target', 'form')
        and answer.period_kind = %(period_kind)s
        and answer.period_end = %(period_end)s
    union all
    select
        arrival.recorded_at
    from
        arrival
    inner join answer_as_known(null, %(period_end)s::date) as answer
        using (submission_id)
    where
        arrival.returned_at is not null
        and answer.source in ('target', 'form')
        and answer.period_kind = %(period_kind)s
        and answer.period_end = %(period_end)s
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
