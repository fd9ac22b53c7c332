-- What named persons accepted of files although it says otherwise of what is closed; the newest decision holds.
-- Grain: one row per submission and item that is accepted.
with newest as (
    select distinct on (subject ->> 'submission_id', subject ->> 'item_id')
        (subject ->> 'submission_id')::bigint as submission_id,
        subject ->> 'item_id' as item_id,
        action,
        reason,
        author
    from
        journal
    where
        action in ('accept', 'withdraw acceptance')
    order by
        subject ->> 'submission_id',
        subject ->> 'item_id',
        recorded_at desc,
        journal_id desc
),

final as (
    select
        submission_id,
        item_id,
        reason,
        author
    from
        newest
    where
        action = 'accept'
    order by
        submission_id,
        item_id
)

select * from final
