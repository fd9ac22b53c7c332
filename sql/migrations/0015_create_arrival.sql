-- Which file of the inbox became which submission, so that an unchanged file is passed by and each sender gets a receipt.

create table arrival (
    arrival_id bigint generated always as identity,
    sender_id text not null,
    file_name text not null,
    size_bytes bigint not null,
    modified_at timestamptz not null,
    submission_id bigint not null,
    version integer not null,
    received_at timestamptz not null,
    told_state text,
    recorded_at timestamptz not null,
    constraint arrival_pkey primary key (arrival_id),
    constraint arrival_file_key unique (sender_id, file_name, size_bytes, modified_at),
    constraint arrival_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint arrival_version_check check (version >= 1)
);
comment on table arrival is
    'One row per sender, file name, size and time of change; the same content again leads to the submission it was before. '
    'A file that bears a mark of secrecy leaves no row.';
comment on column arrival.modified_at is 'By the clock of whoever keeps the inbox.';
comment on column arrival.version is 'Of the contents that its sender sent under this name, the how manieth this was.';
comment on column arrival.told_state is 'What the receipt last said of the submission; null until one is laid.';

create index arrival_submission_idx on arrival (submission_id);
-- A receipt is open until it says more than that the file was received.
create index arrival_open_receipt_idx on arrival (arrival_id) where told_state is null or told_state = 'received';
