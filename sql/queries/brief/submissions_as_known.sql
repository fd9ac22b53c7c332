-- The files behind an edition: those of its period, and those that rows of it were read from. Grain: one row per file.
-- Parameters: submission_ids, period_name, known_at (null: all that is known).
with newest as (
    select distinct on (submission_id)
        *
    from
        submission_state
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        submission_id,
        recorded_at desc
),

final as (
    select
        submission_id,
        submission.sender_id,
        submission.file_name,
        submission.sha256,
        newest.state,
        newest.periods,
        submission.received_at,
        newest.is_demonstration
    from
        newest
    inner join submission
        using (submission_id)
    where
        submission_id = any(%(submission_ids)s::bigint[])
        or %(period_name)s = any(newest.periods)
    order by
        submission.sender_id,
        submission.file_name,
        submission.sha256
)

select * from final
