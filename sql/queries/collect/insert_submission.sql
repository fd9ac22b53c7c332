-- Note a received file; the same bytes from the same sender change nothing. Gives the new submission_id, or no row.
-- Parameters: sender_id, channel, file_name, sha256, size_bytes, received_at, recorded_at.
insert into submission (
    sender_id,
    channel,
    file_name,
    sha256,
    size_bytes,
    received_at,
    recorded_at
)
values (
    %(sender_id)s,
    %(channel)s,
    %(file_name)s,
    %(sha256)s,
    %(size_bytes)s,
    %(received_at)s,
    %(recorded_at)s
)
on conflict on constraint submission_sender_sha256_key do nothing
returning
    submission_id
