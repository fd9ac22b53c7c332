-- The newest version of every task ever loaded. Grain: one row per task_id.
with final as (
    select distinct on (task_id)
        task_id,
        resolution_code,
        parent_id,
        lead_group_id,
        name_vi,
        name_en,
        due_on,
        is_due_assumed,
        product,
        coordinating_as_written,
        weight,
        assumed,
        note,
        source,
        confidence,
        is_ended
    from
        task
    order by
        task_id,
        recorded_at desc
)

select * from final
