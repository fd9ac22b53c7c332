-- What can be taken back of a submission: all of it (item report), and each item it answers; and what is taken back.
-- Grain: one row per item; none where there is no such submission. Parameters: submission_id.
with items as (
    select
        'report' as item_kind,
        'report' as item_id
    from
        submission
    where
        submission_id = %(submission_id)s
    union
    select
        item_kind,
        item_id
    from
        answer_as_known(null, null)
    where
        submission_id = %(submission_id)s
),

retracted as (
    select
        item_kind,
        item_id,
        true as is_retracted
    from
        retraction_as_known(null)
    where
        submission_id = %(submission_id)s
),

final as (
    select
        item_kind,
        item_id,
        coalesce(retracted.is_retracted, false) as is_retracted
    from
        items
    left join retracted
        using (item_kind, item_id)
    order by
        item_kind,
        item_id
)

select * from final
