-- Files that speak of a period, read before. Grain: one row per submission, in order of receipt.
-- Parameters: period, sender_id (null asks for every sender).
with final as (
    select
        submission_id,
        sender_id,
        file_name,
        sha256,
        received_at
    from
        standing_submission
    where
        %(period)s = any(periods)
        and (
            %(sender_id)s::text is null
            or sender_id = %(sender_id)s
        )
    order by
        received_at,
        file_name,
        submission_id
)

select * from final
