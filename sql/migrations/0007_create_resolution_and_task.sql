-- Resolutions, tasks, assignments, targets, groups and communes as loaded: append-only, the newest row of an entry holds.

create table resolution (
    resolution_code text not null,
    number text not null,
    issued_on date not null,
    issued_on_confidence text not null,
    title_vi text not null,
    title_en text not null,
    steering text not null,
    focal_agency_id text not null,
    confidence text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint resolution_pkey primary key (resolution_code, recorded_at),
    constraint resolution_confidence_check check (confidence in ('high', 'medium', 'low'))
);
comment on table resolution is 'One row per resolution and catalogue version.';

create table task (
    task_id text not null,
    resolution_code text not null,
    parent_id text,
    lead_group_id text,
    name_vi text not null,
    name_en text not null,
    due_on date,
    is_due_assumed boolean not null,
    product text,
    coordinating_as_written text not null,
    weight numeric not null,
    assumed text not null,
    note text,
    source text not null,
    confidence text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint task_pkey primary key (task_id, recorded_at),
    constraint task_confidence_check check (confidence in ('high', 'medium', 'low'))
);
comment on table task is 'One row per task and catalogue version; a task given to a group has one child a member.';

create table assignment (
    task_id text not null,
    agency_id text not null,
    role text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint assignment_pkey primary key (task_id, agency_id, recorded_at),
    constraint assignment_role_check check (role in ('lead', 'coordinating'))
);
comment on table assignment is 'One row per task, body and catalogue version: who leads, who helps.';

create table indicator_target (
    indicator_id text not null,
    year integer not null,
    operator text not null,
    value numeric,
    low numeric,
    high numeric,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint indicator_target_pkey primary key (indicator_id, year, recorded_at),
    constraint indicator_target_value_check check ((value is null) <> (low is null and high is null))
);
comment on table indicator_target is 'One row per indicator, target year and catalogue version, as the resolution writes it.';

create table indicator_baseline (
    indicator_id text not null,
    value numeric not null,
    as_at date not null,
    source text not null,
    confidence text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint indicator_baseline_pkey primary key (indicator_id, recorded_at)
);
comment on table indicator_baseline is 'One row per indicator that has a baseline, and catalogue version.';

create table agency_group (
    group_id text not null,
    name_vi text not null,
    name_en text not null,
    source text not null,
    confidence text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint agency_group_pkey primary key (group_id, recorded_at)
);
comment on table agency_group is 'One row per group of bodies that documents name together, and catalogue version.';

create table agency_group_member (
    group_id text not null,
    agency_id text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint agency_group_member_pkey primary key (group_id, agency_id, recorded_at)
);
comment on table agency_group_member is 'One row per group, member and catalogue version.';

create table commune (
    commune_code text not null,
    name_vi text not null,
    kind text not null,
    province_id text not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint commune_pkey primary key (commune_code, recorded_at),
    constraint commune_kind_check check (kind in ('commune', 'ward', 'special_zone'))
);
comment on table commune is 'One row per commune, ward or special zone, and catalogue version.';
