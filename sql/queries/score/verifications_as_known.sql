-- What verifications found, as known at a time. Grain: one row per body, indicator and period; the newest holds.
-- Parameters: last_day (periods that end after it are left out), known_at (null: all that is known).
with final as (
    select
        agency_id,
        indicator_id,
        period_kind,
        period_end,
        period_name,
        found,
        source,
        author,
        recorded_at
    from
        newest_verification(%(known_at)s::timestamptz)
    where
        period_end <= %(last_day)s
    order by
        agency_id,
        indicator_id,
        period_kind,
        period_end
)

select * from final
