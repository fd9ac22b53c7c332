-- Which items of some periods have an answer of their own, as known at a time: when it came first, and what it says now.
-- Grain: one row per body, item and period. Parameters: period_names, kinds and ends (of these periods: said beside their
-- names, so that only their answers are looked at), known_at (null: all that is known).
with periods as (
    select distinct
        period_name,
        period_kind,
        period_end
    from
        closing
    where
        period_name = any(%(period_names)s)
),

standing as (
    select
        answer.*,
        periods.period_name
    from
        standing_answer(%(known_at)s::timestamptz, null) as answer
    inner join periods
        using (period_kind, period_end)
    where
        answer.source in ('body_report', 'form', 'task_report')
        and answer.period_kind = any(%(kinds)s)
        and answer.period_end = any(%(ends)s::date[])
),

-- A body's own report goes before what a form says of it.
final as (
    select distinct on (standing.agency_id, standing.item_kind, standing.item_id, standing.period_name)
        standing.agency_id,
        standing.item_kind,
        standing.item_id,
        standing.period_name,
        standing.first_received_at as received_at,
        standing.received_at as standing_received_at,
        standing.submission_id,
        observation.value_state,
        task_report.state as task_state,
        task_report.done_on,
        task_report.product
    from
        standing
    left join observation
        on
            standing.source <> 'task_report'
            and observation.observation_id = standing.row_id
    left join task_report
        on
            standing.source = 'task_report'
            and task_report.task_report_id = standing.row_id
    order by
        standing.agency_id,
        standing.item_kind,
        standing.item_id,
        standing.period_name,
        standing.source
)

select * from final
