-- Forecasts as they were first made for each month. Grain: one row per month, item and body.
-- Parameters: last_day (months that end after it are left out), known_at (null: all that is known).
with first_run as (
    select distinct on (report, period_end)
        scoring_run_id,
        period_end
    from
        scoring_run
    where
        period_kind = 'month'
        and period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
        and scoring_run_id in (select forecast.scoring_run_id from forecast)
    order by
        report,
        period_end,
        recorded_at,
        scoring_run_id
),

final as (
    select
        first_run.period_end,
        forecast.item_kind,
        forecast.item_id,
        forecast.agency_id,
        forecast.kind,
        forecast.method,
        forecast.way,
        forecast.made_on,
        forecast.due_on,
        forecast.chance_made,
        forecast.chance,
        forecast.status
    from
        forecast
    inner join first_run
        using (scoring_run_id)
    order by
        first_run.period_end,
        forecast.item_kind,
        forecast.item_id,
        forecast.agency_id
)

select * from final
