-- Files that may bear a mark of secrecy: nobody reads them until a named person has looked. Nothing of their name, hash or
-- content stands here; the bytes lie closed in the state folder and are moved on, or removed, by the decision.

create table closed_file (
    closed_number bigint generated always as identity,
    sender_id text not null,
    received_at timestamptz not null,
    content_mark text not null,
    recorded_at timestamptz not null,
    constraint closed_file_pkey primary key (closed_number),
    constraint closed_file_content_key unique (sender_id, content_mark)
);
comment on table closed_file is 'One row per sender and content that may bear a mark of secrecy.';
comment on column closed_file.content_mark is
    'HMAC of the content''s sha256 under a key that lies in the state folder alone: it knows the content again, and tells nothing.';

create table closed_decision (
    closed_number bigint not null,
    decision text not null,
    author text not null,
    reason text not null,
    recorded_at timestamptz not null,
    constraint closed_decision_pkey primary key (closed_number),
    constraint closed_decision_file_fkey foreign key (closed_number) references closed_file (closed_number),
    constraint closed_decision_decision_check check (decision in ('release', 'turn-away')),
    constraint closed_decision_author_check check (author ~ '\S'),
    constraint closed_decision_reason_check check (reason ~ '\S')
);
comment on table closed_decision is
    'One row per closed file that a named person looked at. A decision is final: what was released goes by a purge.';
