-- What was reported of indicators and what of it stands, as known at a time (standing_answer has the rule). A body's own
-- report goes before what a form of another sender says of it; forms of the budget have scores of their own.
-- Grain: one row per body, indicator and period.
-- Parameters: last_day (periods that end after it are left out), kinds (of periods of which all is looked at), days_from
-- (single days before it are left out: there are many, and only peers of late are held against each other), known_at (null:
-- all that is known).
with final as (
    select distinct on (standing.period_end, standing.period_kind, observation.indicator_id, standing.agency_id)
        standing.agency_id,
        observation.indicator_id,
        standing.period_kind,
        standing.period_end,
        observation.value,
        observation.unit,
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
        (
            standing.period_kind = any(%(kinds)s)
            or (standing.period_kind = 'day' and standing.period_end >= %(days_from)s::date)
        )
        and (
            standing.source = 'body_report'
            or (
                standing.source = 'form'
                and observation.indicator_id in (select indicator_id from indicator where resolution_code is not null)
            )
        )
    order by
        standing.period_end,
        standing.period_kind,
        observation.indicator_id,
        standing.agency_id,
        standing.source
)

select * from final
