-- What a run reads: files that nobody read yet, refused ones under another catalogue than the one they were read under,
-- and files asked for by number. What was accepted is final: no change of the catalogue brings it here.
-- Grain: one row per submission. Parameters: catalogue_sha256, submission_ids.
select
    submission_id
from
    standing_submission
where
    state = 'received'
    or (
        state = 'rejected'
        and catalogue_sha256 is distinct from %(catalogue_sha256)s
    )
    or submission_id = any(%(submission_ids)s)
