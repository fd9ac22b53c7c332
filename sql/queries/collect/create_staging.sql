-- Where received files wait inside their transaction; `position` keeps the order in which they were met.
create temporary table staged_submission (
    position integer not null,
    sender_id text not null,
    channel text not null,
    file_name text not null,
    sha256 text not null,
    size_bytes bigint not null,
    received_at timestamptz not null
) on commit drop
