-- All that was ever told of figures told more than once, or taken back, of some indicators: among it are first due figures
-- that were told otherwise after they had become the baseline. What came when its period was closed is left out.
-- Grain: one row per submission, reading, body, indicator, period and time it came.
-- Parameters: indicator_ids, last_day (periods that end after it are left out), known_at (null: all that is known).
with readings as (
    select
        observation.*
    from
        observation
    where
        observation.indicator_id = any(%(indicator_ids)s)
        and observation.period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or observation.recorded_at <= %(known_at)s)
),

repeated as (
    select
        readings.indicator_id,
        readings.period_kind,
        readings.period_end
    from
        readings
    left join retraction
        on retraction.submission_id = readings.submission_id
    group by
        readings.indicator_id,
        readings.period_kind,
        readings.period_end
    -- Bodies that are one today tell of the same figure: a correction of one is held against what the others told.
    having
        count(distinct readings.observation_id) > count(distinct readings.agency_id)
        or count(retraction.submission_id) > 0
),

closing as (
    select
        item_id,
        period_kind,
        period_end,
        period_name,
        closes_at
    from
        closing_as_known(%(known_at)s::timestamptz)
    where
        item_kind = 'indicator'
),

final as (
    select
        readings.agency_id,
        readings.indicator_id,
        readings.period_kind,
        readings.period_end,
        readings.form <> 'body_report' as is_of_form,
        readings.value,
        readings.unit,
        readings.numerator,
        readings.denominator,
        readings.value_state,
        readings.submission_id,
        readings.sheet,
        readings.cell,
        readings.is_retraction,
        coming.came_at as received_at,
        greatest(readings.recorded_at, coming.recorded_at) as recorded_at
    from
        readings
    inner join repeated
        using (indicator_id, period_kind, period_end)
    inner join coming_as_known(%(known_at)s::timestamptz) as coming
        using (submission_id)
    left join closing
        on
            closing.item_id = readings.indicator_id
            and closing.period_kind = readings.period_kind
            and closing.period_end = readings.period_end
    left join reopening_as_known(%(known_at)s::timestamptz) as reopened
        on
            reopened.agency_id = readings.agency_id
            and reopened.period_name = closing.period_name
    where
        readings.form <> 'body_report'
        or is_taken(coming.came_at, closing.closes_at, reopened.reopened_at)
    order by
        readings.agency_id,
        readings.indicator_id,
        readings.period_end,
        greatest(readings.recorded_at, coming.recorded_at),
        coming.came_at,
        readings.submission_id
)

select * from final
