-- The files behind an edition: those of its period, and those that rows of it were read from. Grain: one row per file.
-- Parameters: submission_ids, period_name, known_at (null: all that is known).
select
    submission_id,
    sender_id,
    file_name,
    sha256,
    state,
    periods,
    received_at,
    is_demonstration
from
    submission_as_known(%(known_at)s::timestamptz)
where
    state is not null
    and (submission_id = any(%(submission_ids)s::bigint[]) or %(period_name)s = any(periods))
order by
    sender_id,
    file_name,
    sha256
