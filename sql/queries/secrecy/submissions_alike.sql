-- A submission and all others with the same content: the same secret under another name or sender.
-- Grain: one row per submission. Parameters: submission_id.
with final as (
    select
        alike.submission_id,
        alike.sender_id,
        alike.file_name,
        alike.sha256
    from
        submission
    inner join submission as alike
        using (sha256)
    where
        submission.submission_id = %(submission_id)s
    order by
        alike.submission_id
)

select * from final
