-- Note a file that bore a mark of secrecy; the same arrival again changes nothing.
-- Parameters: sender_id, received_at, document_number (null: none seen), recorded_at.
insert into marked_refusal (
    sender_id,
    received_at,
    document_number,
    recorded_at
)
values (
    %(sender_id)s,
    %(received_at)s,
    %(document_number)s,
    %(recorded_at)s
)
on conflict on constraint turned_away_key do nothing
