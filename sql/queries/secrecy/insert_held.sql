-- Note that refused files are held and not kept; doing it again changes nothing. Parameters: submission_ids, recorded_at.
insert into held_submission (
    submission_id,
    recorded_at
)
select
    submission_id,
    %(recorded_at)s
from
    unnest(%(submission_ids)s::bigint[]) as held (submission_id)
on conflict on constraint held_submission_pkey do nothing
