-- Files turned away in a span of time, in order. Grain: one row per file.
-- Parameters: first_at, last_at (left out), sender_id (null: of anybody).
with final as (
    select
        sender_id,
        received_at,
        document_number
    from
        marked_refusal
    where
        received_at >= %(first_at)s
        and received_at < %(last_at)s
        and (%(sender_id)s::text is null or sender_id = %(sender_id)s)
    order by
        received_at,
        sender_id,
        document_number
)

select * from final
