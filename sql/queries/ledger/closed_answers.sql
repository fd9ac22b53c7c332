-- What of some submissions came when its period was closed and does not count. Grain: one row per submission and period.
-- Parameters: submission_ids.
with closing as (
    select
        period_name,
        period_kind,
        period_end,
        max(closes_at) as closes_at
    from
        closing_as_known(null)
    group by
        period_name,
        period_kind,
        period_end
),

closed as (
    select
        file.submission_id,
        file.period_name,
        null as item_id
    from
        file_as_known(null) as file
    where
        file.submission_id = any(%(submission_ids)s::bigint[])
        and file.state in ('accepted', 'accepted_in_part')
    group by
        file.submission_id,
        file.period_name
    -- Whatever came once in time counts.
    having
        bool_and(file.is_closed)
    union all
    select
        answer.submission_id,
        closing.period_name,
        answer.item_id
    from
        answer_as_known(null, null) as answer
    inner join closing
        using (period_kind, period_end)
    where
        answer.submission_id = any(%(submission_ids)s::bigint[])
    group by
        answer.source,
        answer.submission_id,
        closing.period_name,
        answer.agency_id,
        answer.item_id
    having
        bool_and(answer.is_closed)
),

final as (
    select
        closed.submission_id,
        closed.period_name,
        coalesce(array_agg(closed.item_id order by closed.item_id) filter (where closed.item_id is not null), '{}')
            as item_ids
    from
        closed
    group by
        closed.submission_id,
        closed.period_name
    order by
        closed.submission_id,
        closed.period_name
)

select * from final
