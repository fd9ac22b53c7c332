-- What leads reported of their tasks and what of it stands, as known at a time (standing_answer has the rule).
-- Grain: one row per body, task and period.
-- Parameters: last_day (periods that end after it are left out), known_at (null: all that is known).
with final as (
    select
        standing.agency_id,
        task_report.task_id,
        standing.period_kind,
        standing.period_end,
        task_report.state,
        task_report.done_pct,
        task_report.done_on,
        task_report.product,
        task_report.note,
        standing.submission_id,
        task_report.sheet,
        task_report.cell,
        standing.received_at
    from
        standing_answer(%(known_at)s::timestamptz, %(last_day)s::date) as standing
    inner join task_report
        on task_report.task_report_id = standing.row_id
    where
        standing.source = 'task_report'
    order by
        standing.period_end,
        standing.period_kind,
        task_report.task_id,
        standing.agency_id
)

select * from final
