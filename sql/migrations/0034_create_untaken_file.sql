-- Files so large that they were not even copied: noted once, so that their sender is told once.

create table untaken_file (
    sender_id text not null,
    file_name text not null,
    size_bytes bigint not null,
    modified_at timestamptz not null,
    received_at timestamptz not null,
    recorded_at timestamptz not null,
    constraint untaken_file_pkey primary key (sender_id, file_name, size_bytes, modified_at)
);
comment on table untaken_file is
    'One row per sender, file name, size and time of change of a file that was too large to be copied.';
