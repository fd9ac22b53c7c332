-- Note a file that may bear a mark of secrecy; the same content of the same sender keeps its number.
-- Parameters: sender_id, received_at, content_mark, recorded_at.
insert into closed_file (
    sender_id,
    received_at,
    content_mark,
    recorded_at
)
values (
    %(sender_id)s,
    %(received_at)s,
    %(content_mark)s,
    %(recorded_at)s
)
on conflict on constraint closed_file_content_key do nothing
