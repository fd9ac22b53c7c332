-- What bodies list in their reports by number, as known at a time: the lines of each body's report that stands for a
-- period, so that one which the next version of the report leaves out is gone. See merge.sql for the words with $$.
-- Grain: one row per body, period and number.
-- Parameters: last_day (periods that end after it are left out), known_at (null: all that is known).
with final as (
    select
        $newest_columns,
        reports.received_at,
        reports.is_demonstration
    from
        newest_$table(%(known_at)s::timestamptz) as newest
    inner join standing_report(%(known_at)s::timestamptz) as reports
        using (submission_id)
    where
        newest.period_end <= %(last_day)s
        and not newest.$ending
    order by
        newest.period_end,
        newest.period_kind,
        newest.agency_id,
        newest.number
)

select * from final
