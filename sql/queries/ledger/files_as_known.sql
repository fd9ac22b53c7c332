-- The workbooks that count for some periods, with their state as known at a time.
-- Grain: one row per submission, period and time it came.
-- Parameters: period_names, known_at (null: all that is known).
with final as (
    select
        agency_id,
        period_name,
        state,
        received_at,
        submission_id
    from
        file_as_known(%(known_at)s::timestamptz, %(period_names)s)
    where
        not is_retracted
        and not is_closed
    order by
        submission_id,
        period_name,
        received_at
)

select * from final
