-- The newest version of every agency group ever loaded. Grain: one row per group_id.
with final as (
    select distinct on (group_id)
        group_id,
        name_vi,
        name_en,
        source,
        confidence,
        is_ended
    from
        agency_group
    order by
        group_id,
        recorded_at desc
)

select * from final
