-- What the rules made of targets and observations. One scoring run is one (period, known_at, rules, catalogue).

create table scoring_run (
    scoring_run_id bigint generated always as identity,
    report text not null,
    period_kind text not null,
    period_end date not null,
    known_at timestamptz not null,
    rules_version text not null,
    catalogue_sha256 text not null,
    recorded_at timestamptz not null,
    constraint scoring_run_pkey primary key (scoring_run_id),
    constraint scoring_run_key unique (report, period_kind, period_end, known_at, rules_version, catalogue_sha256)
);
comment on table scoring_run is 'One row per report, period, state of knowledge and version of the rules.';

create table score (
    scoring_run_id bigint not null,
    agency_id text not null,
    indicator_id text not null,
    observed numeric,
    planned numeric,
    attainment_raw_pct double precision,
    attainment_pct double precision,
    expected_fraction double precision,
    lag_days double precision,
    progress_score double precision,
    timeliness_score double precision,
    status text not null,
    flags text not null,
    constraint score_pkey primary key (scoring_run_id, agency_id, indicator_id),
    constraint score_run_fkey foreign key (scoring_run_id) references scoring_run (scoring_run_id)
);
comment on table score is 'One row per scoring run, body of the period and indicator.';

create table score_source (
    scoring_run_id bigint not null,
    agency_id text not null,
    indicator_id text not null,
    target_id bigint,
    observation_id bigint,
    constraint score_source_run_fkey foreign key (scoring_run_id, agency_id, indicator_id)
        references score (scoring_run_id, agency_id, indicator_id),
    constraint score_source_target_fkey foreign key (target_id) references target (target_id),
    constraint score_source_observation_fkey foreign key (observation_id) references observation (observation_id),
    constraint score_source_one_check check ((target_id is null) <> (observation_id is null))
);
comment on table score_source is 'One row per value that went into a score; a body that took over another in the period has several.';
create index score_source_of_score on score_source (scoring_run_id, agency_id, indicator_id);

create table node_score (
    scoring_run_id bigint not null,
    node_kind text not null,
    node_id text not null,
    indicator_id text not null,
    members_counted integer not null,
    members_total integer not null,
    observed numeric,
    planned numeric,
    attainment_raw_pct double precision,
    attainment_pct double precision,
    expected_fraction double precision,
    lag_days double precision,
    progress_score double precision,
    timeliness_score double precision,
    status text not null,
    flags text not null,
    constraint node_score_pkey primary key (scoring_run_id, node_kind, node_id, indicator_id),
    constraint node_score_run_fkey foreign key (scoring_run_id) references scoring_run (scoring_run_id),
    constraint node_score_kind_check check (node_kind in ('nation', 'province', 'central'))
);
comment on table node_score is 'One row per scoring run, node (the nation, a body of today) and indicator.';
