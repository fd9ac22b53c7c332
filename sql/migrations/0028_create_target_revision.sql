-- Targets are revised by documents: each revision is kept with its day beside what the resolution asked for, and each
-- score says what was asked first, what is asked now, and which of them it was held against.

create table indicator_target_revision (
    indicator_id text not null,
    revised_on date not null,
    year integer not null,
    operator text not null,
    value numeric,
    low numeric,
    high numeric,
    document text not null,
    approved_by text not null,
    is_approved boolean not null,
    is_ended boolean not null default false,
    recorded_at timestamptz not null,
    constraint indicator_target_revision_pkey primary key (indicator_id, revised_on, year, recorded_at),
    constraint indicator_target_revision_value_check check ((value is null) <> (low is null and high is null))
);
comment on table indicator_target_revision is
    'One row per indicator, day of revision, target year and catalogue version: all targets as a document states them anew.';
comment on column indicator_target_revision.is_approved is
    'Approved by the authority that issued the resolution: only then scores are held against it.';

alter table assignment_part
    add column target_original text,
    add column target_current text,
    add column revised_on date,
    add column ranking_since date;
comment on column assignment_part.target_original is 'As the resolution wrote it; null where it was never revised.';
comment on column assignment_part.target_current is 'As last revised, approved or not; null where it was never revised.';
comment on column assignment_part.revised_on is 'Day of the last revision in force on the last day of the period.';
comment on column assignment_part.ranking_since is
    'Day of the revision that target was taken from; null where that is the original.';

-- A body has all its assignments anew or none: what a purge took out of them must not come back from the base.
create or replace view assignment_score as
select
    scoring_run.scoring_run_id,
    part.item_kind,
    part.item_id,
    part.agency_id,
    part.resolution,
    part.parent_task,
    part.block,
    part.province,
    part.as_at,
    part.started_on,
    part.due_on,
    part.is_due_assumed,
    part.status,
    part.last_status,
    part.sort_key,
    part.flags,
    part.attainment_raw_pct,
    part.attainment_pct,
    part.expected_fraction,
    part.lag_days,
    part.overdue_days,
    part.missed,
    part.owed_total,
    part.progress_low,
    part.progress_high,
    part.timeliness_low,
    part.timeliness_high,
    part.value,
    part.value_on,
    part.baseline,
    part.target,
    part.target_low,
    part.target_high,
    part.task_state,
    part.done_pct,
    part.done_on,
    part.product,
    part.submission_id,
    part.sheet,
    part.cell,
    part.forecast_band,
    part.confidence,
    part.is_proxy,
    part.weight,
    part.target_original,
    part.target_current,
    part.revised_on,
    part.ranking_since
from
    scoring_run
inner join assignment_part as part
    using (scoring_run_id)
union all
select
    scoring_run.scoring_run_id,
    part.item_kind,
    part.item_id,
    part.agency_id,
    part.resolution,
    part.parent_task,
    part.block,
    part.province,
    part.as_at,
    part.started_on,
    part.due_on,
    part.is_due_assumed,
    part.status,
    part.last_status,
    part.sort_key,
    part.flags,
    part.attainment_raw_pct,
    part.attainment_pct,
    part.expected_fraction,
    part.lag_days,
    part.overdue_days,
    part.missed,
    part.owed_total,
    part.progress_low,
    part.progress_high,
    part.timeliness_low,
    part.timeliness_high,
    part.value,
    part.value_on,
    part.baseline,
    part.target,
    part.target_low,
    part.target_high,
    part.task_state,
    part.done_pct,
    part.done_on,
    part.product,
    part.submission_id,
    part.sheet,
    part.cell,
    part.forecast_band,
    part.confidence,
    part.is_proxy,
    part.weight,
    part.target_original,
    part.target_current,
    part.revised_on,
    part.ranking_since
from
    scoring_run
inner join assignment_part as part
    on part.scoring_run_id = scoring_run.base_run_id
where
    not exists (
        select
            1
        from
            bundle_part as own
        where
            own.scoring_run_id = scoring_run.scoring_run_id
            and own.agency_id = part.agency_id
    );
