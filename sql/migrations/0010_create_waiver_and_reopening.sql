-- What people decide about the ledger, and who did what. Append-only, all three.

create table waiver (
    waiver_id bigint generated always as identity,
    agency_id text not null,
    item_kind text not null,
    item_id text not null,
    period_name text not null,
    reason text not null,
    author text not null,
    is_withdrawn boolean not null,
    recorded_at timestamptz not null,
    constraint waiver_pkey primary key (waiver_id),
    constraint waiver_version_key unique (period_name, agency_id, item_kind, item_id, recorded_at),
    constraint waiver_reason_check check (reason ~ '\S'),
    constraint waiver_author_check check (author ~ '\S')
);
comment on table waiver is 'One row per obligation and decision about it: waived, or the waiver withdrawn; the newest holds.';

create table reopening (
    reopening_id bigint generated always as identity,
    agency_id text not null,
    period_name text not null,
    reason text not null,
    author text not null,
    recorded_at timestamptz not null,
    constraint reopening_pkey primary key (reopening_id),
    constraint reopening_version_key unique (period_name, agency_id, recorded_at),
    constraint reopening_reason_check check (reason ~ '\S'),
    constraint reopening_author_check check (author ~ '\S')
);
comment on table reopening is 'One row per body, period and decision to take its corrections again from then on.';

create table journal (
    journal_id bigint generated always as identity,
    author text not null,
    action text not null,
    subject jsonb not null,
    reason text not null,
    recorded_at timestamptz not null,
    constraint journal_pkey primary key (journal_id),
    constraint journal_author_check check (author ~ '\S'),
    constraint journal_reason_check check (reason ~ '\S')
);
comment on table journal is 'One row per act of a person: who did what to what, why and when.';
