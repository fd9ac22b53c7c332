-- Every version of what some bodies reported of an indicator, oldest file first. Grain: one row per file, period and change.
-- Parameters: agency_ids, indicator_id, last_day (periods that end after it are left out), known_at (null: all that is known).
with final as (
    select
        observation.agency_id,
        observation.period_kind,
        observation.period_end,
        observation.value,
        observation.numerator,
        observation.denominator,
        observation.value_state,
        observation.explanation,
        observation.raw_text,
        observation.sheet,
        observation.cell,
        observation.is_retraction,
        observation.recorded_at,
        submission_id,
        file.sender_id,
        file.file_name,
        file.sha256,
        file.received_at,
        file.state as file_state,
        file.is_demonstration
    from
        observation
    inner join submission_as_known(%(known_at)s::timestamptz) as file
        using (submission_id)
    where
        observation.agency_id = any(%(agency_ids)s)
        and observation.indicator_id = %(indicator_id)s
        and observation.period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or observation.recorded_at <= %(known_at)s)
    order by
        observation.period_end,
        file.received_at,
        submission_id,
        observation.recorded_at
)

select * from final
