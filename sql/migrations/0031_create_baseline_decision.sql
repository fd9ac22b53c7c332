-- The first due figure of an indicator without a baseline of the catalogue freezes at its cut-off; only a named person lets
-- a later telling of that very figure take its place.

create table baseline_decision (
    baseline_decision_id bigint generated always as identity,
    agency_id text not null,
    indicator_id text not null,
    submission_id bigint not null,
    reason text not null,
    author text not null,
    is_withdrawn boolean not null,
    recorded_at timestamptz not null,
    constraint baseline_decision_pkey primary key (baseline_decision_id),
    constraint baseline_decision_version_key unique (agency_id, indicator_id, recorded_at),
    constraint baseline_decision_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint baseline_decision_reason_check check (reason ~ '\S'),
    constraint baseline_decision_author_check check (author ~ '\S')
);
comment on table baseline_decision is
    'One row per body, indicator and decision: the first due figure as this submission tells it is the baseline, or no '
    'longer; the newest holds.';

create function newest_baseline_decision(seen_until timestamptz)
returns setof baseline_decision
language sql stable
as $$
    select distinct on (agency_id, indicator_id)
        *
    from
        baseline_decision
    where
        seen_until is null
        or recorded_at <= seen_until
    order by
        agency_id,
        indicator_id,
        recorded_at desc
$$;
comment on function newest_baseline_decision is
    'The newest row known at a time (null: of all), ended ones too. One row per agency_id, indicator_id.';
