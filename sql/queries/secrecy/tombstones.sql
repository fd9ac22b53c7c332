-- What was purged. Grain: one row per purged submission. Parameters: none.
with final as (
    select
        submission_id,
        sender_id,
        content_mark,
        reason,
        ordered_by,
        removed,
        to_remove,
        recorded_at
    from
        tombstone
    order by
        submission_id
)

select * from final
