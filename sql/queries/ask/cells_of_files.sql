-- What was read from the cells of some files, as known at a time. Grain: one row per file, item and cell.
-- Parameters: submission_ids, known_at (null: all that is known).
with cells as (
    select
        submission_id,
        indicator_id as item_id,
        sheet,
        cell,
        raw_text,
        recorded_at
    from
        observation
    where
        submission_id = any(%(submission_ids)s::bigint[])
    union all
    select
        submission_id,
        task_id as item_id,
        sheet,
        cell,
        concat_ws(' ', state, done_on::text, nullif(product, '')) as raw_text,
        recorded_at
    from
        task_report
    where
        submission_id = any(%(submission_ids)s::bigint[])
),

final as (
    select distinct on (submission_id, cells.item_id, cells.cell)
        submission_id,
        cells.item_id,
        cells.sheet,
        cells.cell,
        cells.raw_text,
        file.sender_id,
        file.file_name,
        file.received_at,
        file.is_demonstration
    from
        cells
    inner join submission_as_known(%(known_at)s::timestamptz) as file
        using (submission_id)
    where
        (%(known_at)s::timestamptz is null or cells.recorded_at <= %(known_at)s)
    order by
        submission_id,
        cells.item_id,
        cells.cell,
        cells.recorded_at desc
)

select * from final
