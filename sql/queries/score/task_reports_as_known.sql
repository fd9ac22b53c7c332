-- What leads reported of their tasks and what of it stands, as known at a time (standing_answer has the rule).
-- Grain: one row per body, task and period. done_since: when the first of the files came that say done, with day and
-- product, and since then without a break; null where the standing one does not.
-- Parameters: last_day (periods that end after it are left out), known_at (null: all that is known).
with told as (
    select
        answer.agency_id,
        task_report.task_id,
        answer.period_kind,
        answer.period_end,
        answer.received_at,
        task_report.state = 'done' and task_report.done_on is not null and task_report.product ~ '\d' as is_done
    from
        answer_as_known(%(known_at)s::timestamptz, %(last_day)s::date) as answer
    inner join task_report
        on task_report.task_report_id = answer.row_id
    where
        answer.source = 'task_report'
        and not answer.is_retracted
        and not answer.is_closed
),

last_open as (
    select
        told.*,
        max(told.received_at) filter (where not told.is_done) over (
            partition by told.agency_id, told.task_id, told.period_kind, told.period_end
        ) as last_open_at
    from
        told
),

claimed as (
    select
        agency_id,
        task_id,
        period_kind,
        period_end,
        min(received_at) as done_since
    from
        last_open
    where
        is_done
        and (last_open_at is null or received_at > last_open_at)
    group by
        agency_id,
        task_id,
        period_kind,
        period_end
),

final as (
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
        standing.received_at,
        claimed.done_since
    from
        standing_answer(%(known_at)s::timestamptz, %(last_day)s::date) as standing
    inner join task_report
        on task_report.task_report_id = standing.row_id
    left join claimed
        on
            claimed.agency_id = standing.agency_id
            and claimed.task_id = task_report.task_id
            and claimed.period_kind = standing.period_kind
            and claimed.period_end = standing.period_end
    where
        standing.source = 'task_report'
    order by
        standing.period_end,
        standing.period_kind,
        task_report.task_id,
        standing.agency_id
)

select * from final
