-- Figures that took the place of others since a time, as known at a time.
-- Grain: one row per body, indicator, period and replacement. Parameters: last_day (periods that end after it are left out),
-- since (what was recorded by then is no news), known_at (null: all that is known).
-- A period takes corrections for a year, or for longer where it was reopened: all older ones need not be walked through.
with reopened as (
    select distinct
        agency_id,
        indicator_id,
        period_kind,
        period_end
    from
        observation
    where
        recorded_at > %(since)s
        and period_end < %(since)s::date - interval '2 years'
),

versions as (
    select
        *
    from
        observation
    where
        period_end <= %(last_day)s
        and period_end >= %(since)s::date - interval '2 years'
    union all
    select
        observation.*
    from
        reopened
    inner join observation
        using (agency_id, indicator_id, period_kind, period_end)
    where
        observation.period_end <= %(last_day)s
),

told as (
    select
        agency_id,
        indicator_id,
        period_kind,
        period_end,
        value,
        recorded_at,
        lag(value) over of_figure as value_before,
        lag(recorded_at) over of_figure as recorded_before
    from
        versions
    where
        form = 'body_report'
        and value is not null
        and not is_retraction
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    window of_figure as (
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
        and recorded_at > %(since)s
        and value_before is not null
    order by
        recorded_at,
        agency_id,
        indicator_id,
        period_end
)

select * from final
