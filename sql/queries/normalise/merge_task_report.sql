-- Append the reports of tasks of some readings that are new or changed, and retract those they no longer hold.
-- Grain of the result: one row per change. Parameters: submission_ids, recorded_at. Reads temporary table staged_task_report.
with latest as (
    select distinct on (submission_id, agency_id, task_id, period_kind, period_end)
        task_report.*
    from
        task_report
    where
        submission_id = any(%(submission_ids)s)
    order by
        submission_id,
        agency_id,
        task_id,
        period_kind,
        period_end,
        recorded_at desc
),

changed as (
    select
        staged.submission_id,
        staged.agency_id,
        staged.task_id,
        staged.period_kind,
        staged.period_end,
        staged.state,
        staged.done_pct,
        staged.done_on,
        staged.product,
        staged.note,
        staged.evidence,
        staged.schedule,
        staged.sheet,
        staged.cell,
        false as is_retraction
    from
        staged_task_report as staged
    left join latest
        using (submission_id, agency_id, task_id, period_kind, period_end)
    where
        (
            latest.state,
            latest.done_pct,
            latest.done_on,
            latest.product,
            latest.note,
            latest.evidence,
            latest.schedule,
            latest.sheet,
            latest.cell,
            latest.is_retraction
        )
        is distinct from
        (
            staged.state,
            staged.done_pct,
            staged.done_on,
            staged.product,
            staged.note,
            staged.evidence,
            staged.schedule,
            staged.sheet,
            staged.cell,
            false
        )
),

retracted as (
    select
        latest.submission_id,
        latest.agency_id,
        latest.task_id,
        latest.period_kind,
        latest.period_end,
        latest.state,
        latest.done_pct,
        latest.done_on,
        latest.product,
        latest.note,
        latest.evidence,
        latest.schedule,
        latest.sheet,
        latest.cell,
        true as is_retraction
    from
        latest
    left join staged_task_report as staged
        using (submission_id, agency_id, task_id, period_kind, period_end)
    where
        staged.agency_id is null
        and not latest.is_retraction
),

final as (
    select * from changed
    union all
    select * from retracted
)

insert into task_report (
    submission_id,
    agency_id,
    task_id,
    period_kind,
    period_end,
    state,
    done_pct,
    done_on,
    product,
    note,
    evidence,
    schedule,
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
    final.task_id,
    final.agency_id
