-- Who took back what of some submissions, as known at a time. Grain: one row per decision.
-- Parameters: submission_ids, known_at (null: all that is known).
with final as (
    select
        submission_id,
        item_kind,
        item_id,
        is_withdrawn,
        reason,
        author,
        recorded_at
    from
        retraction
    where
        submission_id = any(%(submission_ids)s::bigint[])
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        recorded_at
)

select * from final
