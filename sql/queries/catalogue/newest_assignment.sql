-- The newest version of every assignment ever loaded. Grain: one row per task_id, agency_id.
with final as (
    select distinct on (task_id, agency_id)
        task_id,
        agency_id,
        role,
        is_ended
    from
        assignment
    order by
        task_id,
        agency_id,
        recorded_at desc
)

select * from final
