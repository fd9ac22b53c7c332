-- What every file that counts said of tasks, those that a later file replaced too (answer_as_known has the rule).
-- Grain: one row per submission, body, task and period. Parameters: known_at (null: all that is known).
with final as (
    select
        answer.agency_id,
        answer.item_id,
        answer.period_end,
        task_report.state,
        task_report.done_on,
        task_report.product,
        answer.submission_id,
        answer.received_at
    from
        answer_as_known(%(known_at)s::timestamptz, null) as answer
    inner join task_report
        on task_report.task_report_id = answer.row_id
    where
        answer.source = 'task_report'
        and not answer.is_retracted
        and not answer.is_closed
    order by
        answer.agency_id,
        answer.item_id,
        answer.period_end,
        answer.received_at,
        answer.submission_id
)

select * from final
