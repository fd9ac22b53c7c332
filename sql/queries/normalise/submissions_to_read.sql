-- What a run of a period reads: files of that period, and files not yet read under this catalogue.
-- Grain: one row per submission, in order of receipt. Parameters: period, catalogue_sha256.
with final as (
    select
        submission_id,
        sender_id,
        file_name,
        sha256,
        received_at
    from
        standing_submission
    where
        catalogue_sha256 is distinct from %(catalogue_sha256)s
        or %(period)s = any(periods)
        or periods = '{}'
    order by
        received_at,
        file_name,
        submission_id
)

select * from final
