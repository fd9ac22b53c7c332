-- Append the obstacles of some readings that are new or changed, and retract those they no longer hold.
-- Grain of the result: one row per change. Parameters: submission_ids, recorded_at. Reads temporary table staged_obstacle.
with latest as (
    select distinct on (submission_id, agency_id, period_kind, period_end, number)
        obstacle.*
    from
        obstacle
    where
        submission_id = any(%(submission_ids)s)
    order by
        submission_id,
        agency_id,
        period_kind,
        period_end,
        number,
        recorded_at desc
),

changed as (
    select
        staged.submission_id,
        staged.agency_id,
        staged.period_kind,
        staged.period_end,
        staged.number,
        staged.task_id,
        staged.kind,
        staged.text,
        staged.resolver,
        staged.is_resolved,
        staged.sheet,
        staged.cell,
        false as is_retraction
    from
        staged_obstacle as staged
    left join latest
        using (submission_id, agency_id, period_kind, period_end, number)
    where
        (
            latest.task_id,
            latest.kind,
            latest.text,
            latest.resolver,
            latest.is_resolved,
            latest.sheet,
            latest.cell,
            latest.is_retraction
        )
        is distinct from
        (
            staged.task_id,
            staged.kind,
            staged.text,
            staged.resolver,
            staged.is_resolved,
            staged.sheet,
            staged.cell,
            false
        )
),

retracted as (
    select
        latest.submission_id,
        latest.agency_id,
        latest.period_kind,
        latest.period_end,
        latest.number,
        latest.task_id,
        latest.kind,
        latest.text,
        latest.resolver,
        latest.is_resolved,
        latest.sheet,
        latest.cell,
        true as is_retraction
    from
        latest
    left join staged_obstacle as staged
        using (submission_id, agency_id, period_kind, period_end, number)
    where
        staged.agency_id is null
        and not latest.is_retraction
),

final as (
    select * from changed
    union all
    select * from retracted
)

insert into obstacle (
    submission_id,
    agency_id,
    period_kind,
    period_end,
    number,
    task_id,
    kind,
    text,
    resolver,
    is_resolved,
    sheet,
    cell,
    is_retraction,
    recorded_at
)
select
    final.*,
    %(recorded_at)s
from
    final
order by
    final.submission_id,
    final.period_end,
    final.number,
    final.agency_id
