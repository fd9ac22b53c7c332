-- Note that a submission is purged, and what of it still lies on disk.
-- Parameters: submission_id, sender_id, content_mark, reason, ordered_by, removed, to_remove (JSON), recorded_at.
insert into tombstone (
    submission_id,
    sender_id,
    content_mark,
    reason,
    ordered_by,
    removed,
    to_remove,
    recorded_at
)
values (
    %(submission_id)s,
    %(sender_id)s,
    %(content_mark)s,
    %(reason)s,
    %(ordered_by)s,
    %(removed)s::jsonb,
    %(to_remove)s::jsonb,
    %(recorded_at)s
)
