-- Files that were too large to be copied and whose senders were told. Grain: one row per file as it was.
-- Parameters: sender_ids.
with final as (
    select
        sender_id,
        file_name,
        size_bytes,
        modified_at
    from
        untaken_file
    where
        sender_id = any(%(sender_ids)s)
    order by
        sender_id,
        file_name,
        size_bytes,
        modified_at
)

select * from final
