-- The requests that bodies report, as known at a time: those of each body's report that stands for a period, so
-- one that the next version of the report leaves out is gone. Grain: one row per body, period and number.
-- Parameters: last_day (periods that end after it are left out), known_at (null: all that is known).
with final as (
    select
        newest.agency_id,
        newest.period_kind,
        newest.period_end,
        newest.number,
        newest.kind,
        newest.task_id,
        newest.text,
        newest.decider,
        newest.proposed_due_on,
        newest.cost_of_delay,
        newest.submission_id,
        newest.sheet,
        newest.cell,
        reports.received_at,
        reports.is_demonstration
    from
        newest_request(%(known_at)s::timestamptz) as newest
    inner join standing_report(%(known_at)s::timestamptz) as reports
        using (submission_id)
    where
        newest.period_end <= %(last_day)s
        and not newest.is_retraction
    order by
        newest.period_end,
        newest.period_kind,
        newest.agency_id,
        newest.number
)

select * from final
