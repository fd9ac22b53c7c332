-- Every version of what some bodies reported of an indicator, oldest file first. Grain: one row per file, period and change.
-- Parameters: agency_ids, indicator_id, last_day (periods that end after it are left out), known_at (null: all that is known).
with states as (
    select distinct on (submission_id)
        submission_id,
        state,
        is_demonstration
    from
        submission_state
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        submission_id,
        recorded_at desc
),

final as (
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
        submission.sender_id,
        submission.file_name,
        submission.sha256,
        submission.received_at,
        states.state as file_state,
        states.is_demonstration
    from
        observation
    inner join submission
        using (submission_id)
    left join states
        using (submission_id)
    where
        observation.agency_id = any(%(agency_ids)s)
        and observation.indicator_id = %(indicator_id)s
        and observation.period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or observation.recorded_at <= %(known_at)s)
    order by
        observation.period_end,
        submission.received_at,
        submission_id,
        observation.recorded_at
)

select * from final
