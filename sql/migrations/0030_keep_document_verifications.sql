-- What a named person found of the document that proves a thing to be done: its legal day counts only once it was verified.
-- Append-only; the newest decision on a document holds.

create table document_verification (
    document_verification_id bigint generated always as identity,
    agency_id text not null,
    item_id text not null,
    document text not null,
    document_key text not null,
    verdict text not null,
    issued_on date,
    source text not null,
    author text not null,
    recorded_at timestamptz not null,
    constraint document_verification_pkey primary key (document_verification_id),
    constraint document_verification_version_key unique (agency_id, item_id, document_key, recorded_at),
    constraint document_verification_verdict_check check (verdict in ('valid', 'invalid', 'withdrawn')),
    constraint document_verification_issued_on_check check ((issued_on is not null) = (verdict = 'valid')),
    constraint document_verification_document_check check (document_key ~ '\d'),
    constraint document_verification_source_check check (source ~ '\S'),
    constraint document_verification_author_check check (author ~ '\S')
);
comment on table document_verification is 'One row per body, item, document and decision of a named person about it.';
comment on column document_verification.document_key is 'The number without blanks and capitals: two writings of one number are one document.';
comment on column document_verification.verdict is
    'valid: it was issued on issued_on; invalid: it is no proof; withdrawn: the decision before no longer holds.';

create function newest_document_verification(seen_until timestamptz)
returns setof document_verification
language sql stable
as $$
    select distinct on (agency_id, item_id, document_key)
        *
    from
        document_verification
    where
        seen_until is null
        or recorded_at <= seen_until
    order by
        agency_id, item_id, document_key,
        recorded_at desc
$$;
comment on function newest_document_verification is
    'The newest row known at a time (null: of all), ended ones too. One row per agency_id, item_id, document_key.';

-- The day that counts of what is done, beside the day that was told.
alter table assignment_part add column met_on date;
comment on column assignment_part.met_on is
    'Of a product that is done the day that counts: the told legal day once verified, never before it was first reported.';

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
    part.ranking_since,
    part.met_on
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
    part.ranking_since,
    part.met_on
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
