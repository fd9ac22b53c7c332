-- What bodies' own reports told of the parts of shares, and where they told that nothing happened, as far as it counts: the
-- reading of now, not taken back, not come when its period was closed.
-- Grain: one row per submission, time it came, body, indicator and period. Parameters: indicator_ids.
with final as (
    select
        answer.submission_id,
        answer.agency_id,
        answer.item_id as indicator_id,
        answer.period_kind,
        answer.period_end,
        answer.received_at,
        observation.numerator,
        observation.denominator,
        observation.value_state
    from
        answer_as_known(null, null) as answer
    inner join observation
        on observation.observation_id = answer.row_id
    where
        answer.source = 'body_report'
        and answer.item_id = any(%(indicator_ids)s)
        and not answer.is_retracted
        and not answer.is_closed
    order by
        answer.agency_id,
        answer.item_id,
        answer.period_end,
        answer.received_at
)

select * from final
