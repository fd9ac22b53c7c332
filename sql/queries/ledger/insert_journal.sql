-- Note who did what to what and why. Parameters: author, action, subject (JSON), reason, recorded_at.
insert into journal (
    author,
    action,
    subject,
    reason,
    recorded_at
)
values (
    %(author)s,
    %(action)s,
    %(subject)s::jsonb,
    %(reason)s,
    %(recorded_at)s
)
