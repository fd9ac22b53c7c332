-- Note what a named person decided of a closed file; what was decided before stands.
-- Parameters: closed_number, decision, author, reason, recorded_at.
insert into closed_decision (
    closed_number,
    decision,
    author,
    reason,
    recorded_at
)
values (
    %(closed_number)s,
    %(decision)s,
    %(author)s,
    %(reason)s,
    %(recorded_at)s
)
on conflict on constraint closed_decision_pkey do nothing
