-- Note that nothing of purged submissions lies on disk any more, and how much went. Parameters: submission_ids, removed.
update tombstone
set
    removed = removed || %(removed)s::jsonb,
    to_remove = null
where
    submission_id = any(%(submission_ids)s)
    and to_remove is not null
