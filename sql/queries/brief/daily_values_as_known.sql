-- Values of daily indicators on some days and what of them stands, as known at a time (standing_answer has the rule).
-- Grain: one row per body, indicator and day. Parameters: days, known_at (null: all that is known).
with final as (
    select
        standing.agency_id,
        observation.indicator_id,
        standing.period_end,
        observation.value,
        observation.numerator,
        observation.denominator,
        standing.submission_id,
        observation.sheet,
        observation.cell
    from
        standing_answer(%(known_at)s::timestamptz, null) as standing
    inner join observation
        on observation.observation_id = standing.row_id
    where
        standing.source = 'body_report'
        and standing.period_kind = 'day'
        and standing.period_end = any(%(days)s::date[])
    order by
        observation.indicator_id,
        standing.agency_id,
        standing.period_end
)

select * from final
