-- What people decide about names that no alias knows. Append-only.

create table name_decision (
    name_decision_id bigint generated always as identity,
    name_key text not null,
    written_name text not null,
    agency_id text,
    reason text not null,
    author text not null,
    recorded_at timestamptz not null,
    constraint name_decision_pkey primary key (name_decision_id),
    constraint name_decision_version_key unique (name_key, recorded_at),
    constraint name_decision_reason_check check (reason ~ '\S'),
    constraint name_decision_author_check check (author ~ '\S')
);
comment on table name_decision is 'One row per written name and decision about it; the newest holds.';
comment on column name_decision.name_key is 'The name folded in Python, as names are compared.';
comment on column name_decision.agency_id is 'The body that is meant; null where it is no body.';
