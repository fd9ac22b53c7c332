-- What became of contents that their senders returned to: it counts, or why not. Grain: one row per submission and return.
-- Parameters: submission_ids.
with counted as (
    select submission_id, received_at, is_retracted, is_closed from file_as_known(null)
    union all
    select submission_id, received_at, is_retracted, is_closed from answer_as_known(null, null)
),

comings as (
    select
        *
    from
        counted
    where
        submission_id = any(%(submission_ids)s::bigint[])
),

standing as (
    select submission_id, received_at from standing_file(null)
    union
    select submission_id, received_at from standing_answer(null, null)
),

final as (
    select
        comings.submission_id,
        comings.received_at as returned_at,
        case
            when bool_or(standing.submission_id is not null) then 'counts'
            when bool_and(comings.is_retracted) then 'retracted'
            when bool_and(comings.is_retracted or comings.is_closed) then 'closed'
            else 'superseded'
        end as outcome
    from
        comings
    left join standing
        using (submission_id, received_at)
    group by
        comings.submission_id,
        comings.received_at
)

select * from final order by submission_id, returned_at
