-- What a run reads: files that nobody read yet, refused ones under another catalogue than the one they were read under,
-- and files asked for by number. What was accepted is final: no change of the catalogue brings it here.
-- Grain: one row per submission. Parameters: catalogue_sha256, submission_ids.
with waiting as (
    select
        submission_id
    from
        unsettled_submission
    where
        state = 'received'
        or catalogue_sha256 is distinct from %(catalogue_sha256)s
),

-- One that has no state yet is not known to anybody.
asked as (
    select
        submission_state.submission_id
    from
        submission_state
    where
        submission_state.submission_id = any(%(submission_ids)s)
),

final as (
    select submission_id from waiting
    union
    select submission_id from asked
)

select * from final
