-- The newest version of every agency group member ever loaded. Grain: one row per group_id, agency_id.
with final as (
    select distinct on (group_id, agency_id)
        group_id,
        agency_id,
        is_ended
    from
        agency_group_member
    order by
        group_id,
        agency_id,
        recorded_at desc
)

select * from final
