-- What became of what was forecast: indicators with a figure of their deadline, tasks done or past their deadline.
-- Grain: one row per item and body. Parameters: last_day (months that end after it are left out), known_at (null: all).
with newest_run as (
    select distinct on (report, period_end)
        scoring_run_id,
        period_end
    from
        scoring_run
    where
        period_kind = 'month'
        and period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        report,
        period_end,
        known_at desc,
        scoring_run_id desc
),

resolved as (
    select
        assignment_score.item_kind,
        assignment_score.item_id,
        assignment_score.agency_id,
        assignment_score.due_on,
        assignment_score.status,
        assignment_score.attainment_raw_pct,
        newest_run.period_end
    from
        assignment_score
    inner join newest_run
        using (scoring_run_id)
    where
        not assignment_score.is_due_assumed
        and (
            (assignment_score.item_kind = 'indicator' and assignment_score.value_on >= assignment_score.due_on)
            or (assignment_score.item_kind = 'task' and assignment_score.status in ('DONE', 'DONE_LATE', 'OVERDUE'))
        )
),

final as (
    select distinct on (item_kind, item_id, agency_id)
        item_kind,
        item_id,
        agency_id,
        due_on,
        status,
        attainment_raw_pct,
        period_end as resolved_on
    from
        resolved
    order by
        item_kind,
        item_id,
        agency_id,
        period_end
)

select * from final
