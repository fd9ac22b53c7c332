-- What bodies reported of indicators and what of it stands, as known at a time (standing_answer has the rule).
-- Grain: one row per body, indicator and period.
-- Parameters: last_day (periods that end after it are left out), known_at (null: all that is known).
with final as (
    select
        standing.agency_id,
        observation.indicator_id,
        standing.period_kind,
        standing.period_end,
        observation.value,
        observation.numerator,
        observation.denominator,
        observation.value_state,
        observation.explanation,
        standing.submission_id,
        observation.sheet,
        observation.cell,
        standing.received_at
    from
        standing_answer(%(known_at)s::timestamptz, %(last_day)s::date) as standing
    inner join observation
        on observation.observation_id = standing.row_id
    where
        standing.source = 'body_report'
    order by
        standing.period_end,
        standing.period_kind,
        observation.indicator_id,
        standing.agency_id
)

select * from final
