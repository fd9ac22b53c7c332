-- From when corrections of some periods were taken again, as known at a time. Grain: one row per reopening.
-- Parameters: period_names, known_at (null: all that is known).
with final as (
    select
        agency_id,
        period_name,
        recorded_at as reopened_at,
        reason,
        author
    from
        reopening
    where
        period_name = any(%(period_names)s)
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
)

select * from final
