-- Note received files; the same bytes from the same sender change nothing. Gives what is new.
-- Grain of the result: one row per new submission. Parameters: recorded_at. Reads temporary table staged_submission.
insert into submission (
    sender_id,
    channel,
    file_name,
    sha256,
    size_bytes,
    received_at,
    recorded_at
)
select
    staged.sender_id,
    staged.channel,
    staged.file_name,
    staged.sha256,
    staged.size_bytes,
    staged.received_at,
    %(recorded_at)s
from
    staged_submission as staged
order by
    staged.position
on conflict on constraint submission_sender_sha256_key do nothing
returning
    submission_id,
    sender_id,
    sha256
