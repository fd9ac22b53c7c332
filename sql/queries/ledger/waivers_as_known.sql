-- The waivers that stand for some periods, as known at a time. Grain: one row per obligation that is waived.
-- Parameters: period_names, known_at (null: all that is known).
with newest as (
    select distinct on (period_name, agency_id, item_kind, item_id)
        *
    from
        waiver
    where
        period_name = any(%(period_names)s)
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        period_name,
        agency_id,
        item_kind,
        item_id,
        recorded_at desc
),

final as (
    select
        agency_id,
        item_kind,
        item_id,
        period_name,
        reason,
        author,
        recorded_at
    from
        newest
    where
        not is_withdrawn
)

select * from final
