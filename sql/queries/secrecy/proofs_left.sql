-- What reports that are here say beside tasks and figures of some bodies, where a document may be named.
-- Grain: one row per body, item and text. Parameters: agency_ids.
with final as (
    select
        agency_id,
        task_id as item_id,
        product as words
    from
        task_report
    where
        agency_id = any(%(agency_ids)s)
        and product <> ''
    union
    select
        agency_id,
        indicator_id,
        explanation
    from
        observation
    where
        agency_id = any(%(agency_ids)s)
        and explanation <> ''
)

select * from final
