-- Every version of what some bodies reported of an indicator or a task, oldest file first, with its file.
-- Grain: one row per file, period and change. See merge.sql for the words with $$; $$item is the column that names the item.
-- Parameters: agency_ids, item_id, last_day (periods that end after it are left out), known_at (null: all that is known).
with final as (
    select
        $version_columns,
        version.$ending,
        version.recorded_at,
        file.sender_id,
        file.file_name,
        file.sha256,
        file.received_at,
        file.state as file_state,
        file.is_demonstration
    from
        $table as version
    inner join submission_as_known(%(known_at)s::timestamptz) as file
        using (submission_id)
    where
        version.agency_id = any(%(agency_ids)s)
        and version.$item = %(item_id)s
        and version.period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or version.recorded_at <= %(known_at)s)
    order by
        version.period_end,
        file.received_at,
        version.submission_id,
        version.recorded_at
)

select * from final
