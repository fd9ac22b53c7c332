-- Values of daily indicators on some days, as known at a time: of each item the latest submission that holds it.
-- Grain: one row per body, indicator and day. Parameters: days, known_at (null: all that is known).
with newest as (
    select distinct on (submission_id, agency_id, indicator_id, period_end)
        *
    from
        observation
    where
        period_kind = 'day'
        and period_end = any(%(days)s::date[])
        and form = 'body_report'
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        submission_id,
        agency_id,
        indicator_id,
        period_end,
        recorded_at desc
),

standing as (
    select distinct on (newest.agency_id, newest.indicator_id, newest.period_end)
        newest.agency_id,
        newest.indicator_id,
        newest.period_end,
        newest.value,
        newest.numerator,
        newest.denominator,
        newest.submission_id,
        newest.sheet,
        newest.cell
    from
        newest
    inner join submission
        using (submission_id)
    where
        not newest.is_retraction
    order by
        newest.agency_id,
        newest.indicator_id,
        newest.period_end,
        submission.received_at desc,
        newest.submission_id desc
),

final as (
    select
        *
    from
        standing
    order by
        indicator_id,
        agency_id,
        period_end
)

select * from final
