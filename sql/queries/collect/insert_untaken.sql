-- Note a file that was too large to be copied; again changes nothing.
-- Parameters: sender_id, file_name, size_bytes, modified_at, received_at, recorded_at.
insert into untaken_file (
    sender_id,
    file_name,
    size_bytes,
    modified_at,
    received_at,
    recorded_at
)
values (
    %(sender_id)s,
    %(file_name)s,
    %(size_bytes)s,
    %(modified_at)s,
    %(received_at)s,
    %(recorded_at)s
)
on conflict on constraint untaken_file_pkey do nothing
