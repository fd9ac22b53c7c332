-- What was known of a period at a time: the newest row of each submission, then the latest submission that holds one.
-- A retraction uncovers what an earlier submission said. Of forms only: bodies' own reports are kpi_values_as_known.
-- Grain: one row per role, body and indicator. Parameters: period_kind, period_end, known_at (null: all that is known).
with versions as (
    select
        'target' as role,
        target_id as value_id,
        submission_id,
        agency_id,
        indicator_id,
        value,
        printed_name,
        form,
        sheet,
        cell,
        is_retraction,
        recorded_at
    from
        target
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        'observation' as role,
        observation_id as value_id,
        submission_id,
        agency_id,
        indicator_id,
        value,
        printed_name,
        form,
        sheet,
        cell,
        is_retraction,
        recorded_at
    from
        observation
    where
        period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and form <> 'body_report'
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
),

newest as (
    select distinct on (role, submission_id, agency_id, indicator_id)
        *
    from
        versions
    order by
        role,
        submission_id,
        agency_id,
        indicator_id,
        recorded_at desc
),

final as (
    select distinct on (newest.role, newest.agency_id, newest.indicator_id)
        newest.role,
        newest.value_id,
        newest.submission_id,
        newest.agency_id,
        newest.indicator_id,
        newest.value,
        newest.printed_name,
        newest.form,
        newest.sheet,
        newest.cell,
        submission.file_name,
        submission.sha256
    from
        newest
    inner join submission
        using (submission_id)
    where
        not newest.is_retraction
    order by
        newest.role,
        newest.agency_id,
        newest.indicator_id,
        submission.received_at desc,
        newest.submission_id desc
)

select * from final
