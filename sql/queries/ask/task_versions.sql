-- Every version of what some bodies reported of a task, oldest file first. Grain: one row per file, period and change.
-- Parameters: agency_ids, task_id, last_day (periods that end after it are left out), known_at (null: all that is known).
with states as (
    select distinct on (submission_id)
        submission_id,
        state,
        is_demonstration
    from
        submission_state
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        submission_id,
        recorded_at desc
),

final as (
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
        submission.sender_id,
        submission.file_name,
        submission.sha256,
        submission.received_at,
        states.state as file_state,
        states.is_demonstration
    from
        task_report
    inner join submission
        using (submission_id)
    left join states
        using (submission_id)
    where
        task_report.agency_id = any(%(agency_ids)s)
        and task_report.task_id = %(task_id)s
        and task_report.period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or task_report.recorded_at <= %(known_at)s)
    order by
        task_report.period_end,
        submission.received_at,
        submission_id,
        task_report.recorded_at
)

select * from final
