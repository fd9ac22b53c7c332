-- What bodies reported of indicators, as known at a time: of each item the latest submission that holds it; a retraction
-- uncovers what an earlier one said. Grain: one row per body, indicator and period.
-- Parameters: last_day (periods that end after it are left out), known_at (null: all that is known).
with newest as (
    select distinct on (submission_id, agency_id, indicator_id, period_kind, period_end)
        *
    from
        observation
    where
        period_end <= %(last_day)s
        and form = 'body_report'
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        submission_id,
        agency_id,
        indicator_id,
        period_kind,
        period_end,
        recorded_at desc
),

standing as (
    select distinct on (newest.agency_id, newest.indicator_id, newest.period_kind, newest.period_end)
        newest.agency_id,
        newest.indicator_id,
        newest.period_kind,
        newest.period_end,
        newest.value,
        newest.numerator,
        newest.denominator,
        newest.value_state,
        newest.explanation,
        newest.submission_id,
        newest.sheet,
        newest.cell,
        submission.received_at
    from
        newest
    inner join submission
        using (submission_id)
    where
        not newest.is_retraction
    order by
        newest.agency_id,
        newest.indicator_id,
        newest.period_kind,
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
        period_end,
        period_kind,
        indicator_id,
        agency_id
)

select * from final
