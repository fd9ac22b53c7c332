-- Files asked for by number. Grain: one row per submission, in order of receipt. Parameters: submission_ids.
with final as (
    select
        submission_id,
        sender_id,
        file_name,
        sha256,
        received_at
    from
        submission
    where
        submission_id = any(%(submission_ids)s)
    order by
        received_at,
        file_name,
        submission_id
)

select * from final
