-- Where files of the inbox wait inside their transaction; `submission_id` is null while it is only asked for.
create temporary table staged_arrival (
    position integer not null,
    sender_id text not null,
    file_name text not null,
    size_bytes bigint not null,
    modified_at timestamptz not null,
    received_at timestamptz not null,
    submission_id bigint
) on commit drop
