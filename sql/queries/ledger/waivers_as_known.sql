-- The waivers that stand for some periods, as known at a time. Grain: one row per obligation that is waived.
-- Parameters: period_names, known_at (null: all that is known).
with final as (
    select
        agency_id,
        item_kind,
        item_id,
        period_name,
        reason,
        author,
        recorded_at
    from
        newest_waiver(%(known_at)s::timestamptz)
    where
        period_name = any(%(period_names)s)
        and not is_withdrawn
)

select * from final
