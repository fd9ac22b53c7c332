-- Every version of what some bodies reported of a task, oldest file first. Grain: one row per file, period and change.
-- Parameters: agency_ids, task_id, last_day (periods that end after it are left out), known_at (null: all that is known).
with final as (
    select
        task_report.agency_id,
        task_report.period_kind,
        task_report.period_end,
        task_report.state as task_state,
        task_report.done_pct,
        task_report.done_on,
        task_report.product,
        task_report.note,
        task_report.sheet,
        task_report.cell,
        task_report.is_retraction,
        task_report.recorded_at,
        submission_id,
        file.sender_id,
        file.file_name,
        file.sha256,
        file.received_at,
        file.state as file_state,
        file.is_demonstration
    from
        task_report
    inner join submission_as_known(%(known_at)s::timestamptz) as file
        using (submission_id)
    where
        task_report.agency_id = any(%(agency_ids)s)
        and task_report.task_id = %(task_id)s
        and task_report.period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or task_report.recorded_at <= %(known_at)s)
    order by
        task_report.period_end,
        file.received_at,
        submission_id,
        task_report.recorded_at
)

select * from final
