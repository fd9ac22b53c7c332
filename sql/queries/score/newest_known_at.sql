-- When the newest row about a period was recorded; null when nothing is known of it.
-- Parameters: period_kind, period_end, known_at (null: no limit).
with times as (
    select
        max(recorded_at) as recorded_at
    from
        target
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(recorded_at) as recorded_at
    from
        observation
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(retraction.recorded_at) as recorded_at
    from
        retraction
    inner join answer_as_known(null, %(period_end)s::date) as answer
        using (submission_id)
    where
        answer.source in ('target', 'form')
        and answer.period_kind = %(period_kind)s
        and answer.period_end = %(period_end)s
        and (%(known_at)s::timestamptz is null or retraction.recorded_at <= %(known_at)s)
    union all
    select
        max(arrival.recorded_at) as recorded_at
    from
        arrival
    inner join answer_as_known(null, %(period_end)s::date) as answer
        using (submission_id)
    where
        arrival.returned_at is not null
        and answer.source in ('target', 'form')
        and answer.period_kind = %(period_kind)s
        and answer.period_end = %(period_end)s
        and (%(known_at)s::timestamptz is null or arrival.recorded_at <= %(known_at)s)
),

final as (
    select
        max(recorded_at) as known_at
    from
        times
)

select * from final
