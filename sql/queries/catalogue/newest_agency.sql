-- The newest version of every body ever loaded. Grain: one row per agency_id.
with final as (
    select distinct on (agency_id)
        agency_id,
        kind,
        block,
        official_code,
        name_vi,
        short_vi,
        name_en,
        name_norm,
        valid_from,
        valid_to,
        source,
        confidence,
        parent_id,
        is_ended
    from
        agency
    order by
        agency_id,
        recorded_at desc
)

select * from final
