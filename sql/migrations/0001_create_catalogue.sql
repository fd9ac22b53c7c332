-- The catalogue as loaded: append-only, one row per entry and version; the newest row of an entry is the one that holds.

create table agency (
    agency_id text not null,
    kind text not null,
    block text,
    official_code text,
    name_vi text not null,
    short_vi text not null,
    name_en text,
    name_norm text not null,
    valid_from date,
    valid_to date,
    source text not null,
    confidence text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint agency_pkey primary key (agency_id, recorded_at),
    constraint agency_confidence_check check (confidence in ('high', 'medium', 'low'))
);
comment on table agency is 'One row per body and catalogue version.';
comment on column agency.name_norm is 'Folded in Python: no wheel of PostgreSQL brings ICU.';

create table agency_succession (
    predecessor_id text not null,
    successor_id text not null,
    effective_on date not null,
    source text not null,
    confidence text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint agency_succession_pkey primary key (predecessor_id, recorded_at)
);
comment on table agency_succession is 'One row per ended body and catalogue version.';

create table indicator (
    indicator_id text not null,
    name_vi text not null,
    name_en text not null,
    unit text not null,
    kind text not null,
    direction text not null,
    min_step numeric not null,
    aggregation text not null,
    frequency text not null,
    trajectory text not null,
    source text not null,
    confidence text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint indicator_pkey primary key (indicator_id, recorded_at)
);
comment on table indicator is 'One row per indicator and catalogue version.';

create table load_step (
    recorded_at timestamptz not null,
    what text not null,
    constraint load_step_pkey primary key (recorded_at)
);
comment on table load_step is
    'One row per serialised load that changed something; its time stamps the rows, so no load appears under an earlier time.';
