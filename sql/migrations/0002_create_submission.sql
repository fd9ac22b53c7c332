-- What was received, where it stands, and what is wrong with it.

create table submission (
    submission_id bigint generated always as identity,
    sender_id text not null,
    channel text not null,
    file_name text not null,
    sha256 text not null,
    size_bytes bigint not null,
    received_at timestamptz not null,
    recorded_at timestamptz not null,
    constraint submission_pkey primary key (submission_id),
    constraint submission_sender_sha256_key unique (sender_id, sha256),
    constraint submission_sha256_check check (sha256 ~ '^[0-9a-f]{64}$')
);
comment on table submission is 'One row per file and sender; different senders do send identical files.';

create table submission_state (
    submission_id bigint not null,
    state text not null,
    periods text[] not null,
    document text,
    catalogue_sha256 text,
    recorded_at timestamptz not null,
    constraint submission_state_pkey primary key (submission_id, recorded_at),
    constraint submission_state_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint submission_state_state_check check (state in ('received', 'accepted', 'accepted_in_part', 'rejected'))
);
comment on table submission_state is 'One row per change of a submission''s state; the newest holds.';
comment on column submission_state.catalogue_sha256 is 'The catalogue it was read under; null while it is only received.';

create view standing_submission as
select distinct on (submission_id)
    submission.submission_id,
    submission.sender_id,
    submission.file_name,
    submission.sha256,
    submission.received_at,
    submission_state.state,
    submission_state.periods,
    submission_state.document,
    submission_state.catalogue_sha256
from
    submission
inner join submission_state
    using (submission_id)
order by
    submission_id,
    submission_state.recorded_at desc;
comment on view standing_submission is 'One row per submission with its newest state; a submission is received with its first.';

create table finding (
    finding_id bigint generated always as identity,
    submission_id bigint not null,
    scope text not null,
    check_code text not null,
    severity text not null,
    sheet text,
    cell text,
    raw_value text,
    details jsonb not null,
    text_vi text not null,
    action_vi text not null,
    fingerprint text not null,
    is_withdrawn boolean not null,
    recorded_at timestamptz not null,
    constraint finding_pkey primary key (finding_id),
    constraint finding_version_key unique (submission_id, scope, fingerprint, recorded_at),
    constraint finding_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint finding_severity_check check (severity in ('block', 'warn', 'note'))
);
comment on table finding is 'One row per problem and change of it: raised, or withdrawn when a later reading no longer sees it.';
comment on column finding.scope is 'What raised it: the reading of the file, or the comparison of a period.';
