-- What a run of a period reads: files of that period, and files not yet read under this catalogue.
-- Grain: one row per submission, in order of receipt. Parameters: period, catalogue_sha256.
with newest_state as (
    select distinct on (submission_id)
        submission_id,
        state,
        periods,
        catalogue_sha256
    from
        submission_state
    order by
        submission_id,
        recorded_at desc
),

final as (
    select
        submission.submission_id,
        submission.sender_id,
        submission.file_name,
        submission.sha256,
        submission.received_at
    from
        submission
    left join newest_state
        using (submission_id)
    where
        newest_state.catalogue_sha256 is distinct from %(catalogue_sha256)s
        or %(period)s = any(newest_state.periods)
        or newest_state.periods = '{}'
    order by
        submission.received_at,
        submission.file_name,
        submission.submission_id
)

select * from final
