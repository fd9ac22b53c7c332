-- Figures that took the place of others, as known at a time. Grain: one row per body, indicator, period and replacement.
-- Parameters: last_day (periods that end after it are left out), known_at (null: all that is known).
with told as (
    select
        agency_id,
        indicator_id,
        period_kind,
        period_end,
        value,
        recorded_at,
        lag(value) over versions as value_before,
        lag(recorded_at) over versions as recorded_before
    from
        observation
    where
        period_end <= %(last_day)s
        and form = 'body_report'
        and value is not null
        and not is_retraction
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    window versions as (
        partition by agency_id, indicator_id, period_kind, period_end
        order by recorded_at, observation_id
    )
),

final as (
    select
        agency_id,
        indicator_id,
        period_kind,
        period_end,
        value_before,
        value,
        recorded_before,
        recorded_at
    from
        told
    where
        value is distinct from value_before
        and value_before is not null
    order by
        recorded_at,
        agency_id,
        indicator_id,
        period_end
)

select * from final
