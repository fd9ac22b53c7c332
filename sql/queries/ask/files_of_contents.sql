-- The submissions that brought some contents. Grain: one row per submission. Parameters: contents (sha256).
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
        sha256 = any(%(contents)s::text[])
    order by
        submission_id
)

select * from final
