-- What every file that counts said of some indicators, those figures that a later file replaced too (answer_as_known has
-- the rule); is_own where the body said it itself, not a form of another sender.
-- Grain: one row per submission, body, indicator and period. Parameters: known_at (null: all that is known), item_ids.
with final as (
    select
        answer.agency_id,
        answer.item_id as indicator_id,
        answer.period_kind,
        answer.period_end,
        observation.value,
        observation.unit,
        observation.numerator,
        observation.denominator,
        observation.value_state,
        observation.explanation,
        observation.sheet,
        observation.cell,
        answer.source = 'body_report' as is_own,
        answer.submission_id,
        answer.received_at
    from
        answer_as_known(%(known_at)s::timestamptz, null) as answer
    inner join observation
        on observation.observation_id = answer.row_id
    where
        answer.source in ('body_report', 'form')
        and answer.item_id = any(%(item_ids)s::text[])
        and not answer.is_retracted
        and not answer.is_closed
    order by
        answer.agency_id,
        answer.item_id,
        answer.period_end,
        answer.received_at,
        answer.submission_id
)

select * from final
