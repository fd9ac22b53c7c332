-- All that files ever said of a body's items for a period, version by version, as known at a time: its own reports, and
-- forms of others where it reported nothing of the item itself.
-- Grain: one row per submission, item, version and time it came, in the order in which it became known.
-- Parameters: agency_id, period_kind, period_end, known_at (null: all that is known).
with reported as (
    select distinct
        agency_id,
        indicator_id,
        period_kind,
        period_end
    from
        observation
    where
        form = 'body_report'
        and agency_id = %(agency_id)s
        and period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
),

versions as (
    select
        submission_id,
        agency_id,
        'indicator' as item_kind,
        indicator_id as item_id,
        value,
        value_state as state,
        explanation as note,
        null::date as done_on,
        '' as product,
        sheet,
        cell,
        period_kind,
        period_end,
        is_retraction,
        recorded_at
    from
        observation
    where
        form = 'body_report'
        or (agency_id, indicator_id, period_kind, period_end) not in (
            select
                agency_id,
                indicator_id,
                period_kind,
                period_end
            from
                reported
        )
    union all
    select
        submission_id,
        agency_id,
        'task' as item_kind,
        task_id as item_id,
        done_pct as value,
        state,
        note,
        done_on,
        product,
        sheet,
        cell,
        period_kind,
        period_end,
        is_retraction,
        recorded_at
    from
        task_report
),

closed as (
    select distinct
        submission_id,
        item_kind,
        item_id,
        received_at
    from
        answer_as_known(%(known_at)s::timestamptz, %(period_end)s::date)
    where
        agency_id = %(agency_id)s
        and period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and is_closed
),

final as (
    select
        versions.submission_id,
        submission.file_name,
        coming.came_at as received_at,
        versions.item_kind,
        versions.item_id,
        versions.value,
        versions.state,
        versions.note,
        versions.done_on,
        versions.product,
        versions.sheet,
        versions.cell,
        versions.is_retraction,
        greatest(versions.recorded_at, coming.recorded_at) as recorded_at
    from
        versions
    inner join submission
        using (submission_id)
    inner join coming_as_known(%(known_at)s::timestamptz) as coming
        using (submission_id)
    left join closed
        on
            closed.submission_id = versions.submission_id
            and closed.item_kind = versions.item_kind
            and closed.item_id = versions.item_id
            and closed.received_at = coming.came_at
    where
        versions.agency_id = %(agency_id)s
        and versions.period_kind = %(period_kind)s
        and versions.period_end = %(period_end)s
        and (%(known_at)s::timestamptz is null or versions.recorded_at <= %(known_at)s)
        and closed.submission_id is null
    order by
        greatest(versions.recorded_at, coming.recorded_at),
        coming.came_at,
        versions.submission_id,
        versions.item_id,
        versions.recorded_at
)

select * from final
