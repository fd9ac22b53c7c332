-- The files of a period as they stood at a time. Grain: one row per submission.
-- Parameters: period, known_at (null: as they stand).
with standing as (
    select distinct on (submission_id)
        submission.sender_id,
        submission.file_name,
        submission.sha256,
        submission_state.state,
        submission_state.document,
        submission_state.periods
    from
        submission
    inner join submission_state
        using (submission_id)
    where
        %(known_at)s::timestamptz is null
        or submission_state.recorded_at <= %(known_at)s
    order by
        submission_id,
        submission_state.recorded_at desc
),

final as (
    select
        sender_id,
        file_name,
        sha256,
        state,
        document
    from
        standing
    where
        %(period)s = any(periods)
    order by
        file_name,
        sha256
)

select * from final
