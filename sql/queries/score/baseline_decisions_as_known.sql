-- Which telling of a first due figure a named person made the baseline, as known at a time.
-- Grain: one row per body and indicator. Parameters: known_at (null: all that is known).
with final as (
    select
        agency_id,
        indicator_id,
        submission_id,
        reason,
        author,
        recorded_at
    from
        newest_baseline_decision(%(known_at)s::timestamptz)
    where
        not is_withdrawn
    order by
        agency_id,
        indicator_id
)

select * from final
