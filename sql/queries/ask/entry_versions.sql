-- When an indicator's or a task's entry, its targets, their revisions and its baseline were loaded, oldest first. Grain: one row per version.
-- Parameters: item_id, known_at (null: all that is known).
with versions as (
    select
        'indicator' as part,
        indicator_id as item_id,
        name_vi as what,
        source,
        confidence,
        is_ended,
        recorded_at
    from
        indicator
    union all
    select
        'target' as part,
        indicator_id as item_id,
        concat_ws(' ', year::text, operator, value::text, low::text, high::text) as what,
        null as source,
        null as confidence,
        is_ended,
        recorded_at
    from
        indicator_target
    union all
    select
        'revision' as part,
        indicator_id as item_id,
        concat_ws(' ', revised_on::text, year::text, operator, value::text, low::text, high::text, document) as what,
        approved_by as source,
        case when is_approved then 'approved' else 'not approved' end as confidence,
        is_ended,
        recorded_at
    from
        indicator_target_revision
    union all
    select
        'baseline' as part,
        indicator_id as item_id,
        concat_ws(' ', as_at::text, value::text) as what,
        source,
        confidence,
        is_ended,
        recorded_at
    from
        indicator_baseline
    union all
    select
        'task' as part,
        task_id as item_id,
        concat_ws(' ', due_on::text, case when is_due_assumed then 'assumed' end) as what,
        source,
        confidence,
        is_ended,
        recorded_at
    from
        task
),

final as (
    select
        part,
        what,
        source,
        confidence,
        is_ended,
        recorded_at
    from
        versions
    where
        item_id = %(item_id)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        recorded_at,
        part,
        what
)

select * from final
