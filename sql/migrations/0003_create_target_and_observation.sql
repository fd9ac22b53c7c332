-- What was planned and what came of it, each value with the cell it was read from. Append-only.

create table observation (
    observation_id bigint generated always as identity,
    submission_id bigint not null,
    agency_id text not null,
    indicator_id text not null,
    period_kind text not null,
    period_end date not null,
    value numeric not null,
    value_state text not null,
    raw_text text not null,
    printed_name text not null,
    form text not null,
    sheet text not null,
    cell text not null,
    is_retraction boolean not null,
    recorded_at timestamptz not null,
    constraint observation_pkey primary key (observation_id),
    constraint observation_version_key unique (submission_id, agency_id, indicator_id, period_kind, period_end, recorded_at),
    constraint observation_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint observation_value_state_check check (value_state in ('reported', 'zero'))
);
comment on table observation is 'One row per submission, body, indicator, period and change; a correction is a newer row.';
create index observation_of_record on observation (agency_id, indicator_id, period_end desc, recorded_at desc) include (value);
create index observation_of_period on observation (period_kind, period_end);

create table target (
    target_id bigint generated always as identity,
    submission_id bigint not null,
    agency_id text not null,
    indicator_id text not null,
    period_kind text not null,
    period_end date not null,
    value numeric not null,
    raw_text text not null,
    printed_name text not null,
    form text not null,
    sheet text not null,
    cell text not null,
    is_retraction boolean not null,
    recorded_at timestamptz not null,
    constraint target_pkey primary key (target_id),
    constraint target_version_key unique (submission_id, agency_id, indicator_id, period_kind, period_end, recorded_at),
    constraint target_submission_fkey foreign key (submission_id) references submission (submission_id)
);
comment on table target is 'One row per submission, body, indicator, period and change; a revised plan is a newer row.';
create index target_of_record on target (agency_id, indicator_id, period_end desc, recorded_at desc) include (value);
create index target_of_period on target (period_kind, period_end);
