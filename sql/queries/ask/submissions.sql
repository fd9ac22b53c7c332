-- The files of a period as they stand. Grain: one row per submission. Parameters: period.
with newest_state as (
    select distinct on (submission_id)
        submission_id,
        state,
        periods,
        document
    from
        submission_state
    order by
        submission_id,
        recorded_at desc
),

final as (
    select
        submission.sender_id,
        submission.file_name,
        submission.sha256,
        newest_state.state,
        newest_state.document
    from
        submission
    inner join newest_state
        using (submission_id)
    where
        %(period)s = any(newest_state.periods)
    order by
        submission.file_name,
        submission.sha256
)

select * from final
