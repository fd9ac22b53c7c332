-- What was owed for some periods, as known at a time. Grain: one row per body, item and period, by period, body and item.
-- Parameters: period_names, known_at (null: all that is known).
with final as (
    select
        agency_id,
        item_kind,
        item_id,
        period_name,
        period_kind,
        period_end,
        calendar,
        opens_at,
        due_at,
        cut_off_at,
        closes_at,
        weight,
        is_weight_assumed
    from
        newest_obligation(%(known_at)s::timestamptz)
    where
        period_name = any(%(period_names)s)
        and not is_ended
    order by
        period_end,
        period_name,
        agency_id,
        item_kind,
        item_id
)

select * from final
