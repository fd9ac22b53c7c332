-- Append the requests of some readings that are new or changed, and retract those they no longer hold.
-- Grain of the result: one row per change. Parameters: submission_ids, recorded_at. Reads temporary table staged_request.
with latest as (
    select distinct on (submission_id, agency_id, period_kind, period_end, number)
        request.*
    from
        request
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
        staged.kind,
        staged.task_id,
        staged.text,
        staged.decider,
        staged.proposed_due_on,
        staged.cost_of_delay,
        staged.sheet,
        staged.cell,
        false as is_retraction
    from
        staged_request as staged
    left join latest
        using (submission_id, agency_id, period_kind, period_end, number)
    where
        (
            latest.kind,
            latest.task_id,
            latest.text,
            latest.decider,
            latest.proposed_due_on,
            latest.cost_of_delay,
            latest.sheet,
            latest.cell,
            latest.is_retraction
        )
        is distinct from
        (
            staged.kind,
            staged.task_id,
            staged.text,
            staged.decider,
            staged.proposed_due_on,
            staged.cost_of_delay,
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
        latest.kind,
        latest.task_id,
        latest.text,
        latest.decider,
        latest.proposed_due_on,
        latest.cost_of_delay,
        latest.sheet,
        latest.cell,
        true as is_retraction
    from
        latest
    left join staged_request as staged
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

insert into request (
    submission_id,
    agency_id,
    period_kind,
    period_end,
    number,
    kind,
    task_id,
    text,
    decider,
    proposed_due_on,
    cost_of_delay,
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
